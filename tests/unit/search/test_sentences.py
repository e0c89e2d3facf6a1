"""The result of a search in words: the margin, its noise, and the important arguments."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlp.search import importance, sentences
from mlp.search.t_test import corrected_t_test
from mlp.search.trials import runner_up

SUMMARY: dict[str, Any] = {
    "cv_score": 0.9688,
    "cv_score_sd": 0.0036,
    "candidate": 11,
    "candidates": 20,
    "failed": 0,
    "scoring": "accuracy",
    "runner_up": {"candidate": 7, "difference": 0.0015, "p_value": 0.891},
    "importance": None,
    "best": {"alpha": 0.1, "hidden_layer_sizes": [100], "solver": "sgd"},
}


def test_the_corrected_t_test_by_hand() -> None:
    """Differences 0.01, 0.02, 0.06 of three folds: mean 0.03, variance 0.0007.

    t = 0.03 / sqrt((1/3 + 1/2) 0.0007) = 1.24212 with 2 degrees of freedom. There
    p = 1 - t / sqrt(t^2 + 2) = 1 - 1.24212 / 1.88223 = 0.34008.
    """
    assert corrected_t_test([0.01, 0.02, 0.06], 1 / 2) == pytest.approx(0.34008, abs=1e-5)
    assert corrected_t_test([-0.01, -0.02, -0.06], 1 / 2) == pytest.approx(0.34008, abs=1e-5)


def test_folds_that_all_differ_alike() -> None:
    assert corrected_t_test([0.0, 0.0], 1 / 2) == 1
    assert corrected_t_test([0.25, 0.25], 1 / 2) is None
    one_row = [0.973274 - 0.971047, 0.977728 - 0.975501, 0.979955 - 0.977728]
    assert len(set(one_row)) > 1  # by their last digits
    assert corrected_t_test(one_row, 1 / 2) is None


def test_the_correction_finds_fewer_differences() -> None:
    plain = corrected_t_test([0.01, 0.02, 0.06], 0)
    assert plain < corrected_t_test([0.01, 0.02, 0.06], 1 / 2)


def test_the_runner_up_is_of_the_last_rung() -> None:
    table = pd.DataFrame(
        {
            "candidate": [1, 2, 3, 1, 3],
            "rung": [1, 1, 1, 2, 2],
            "rank": [np.nan, 3, np.nan, 2, 1],
            "mean_score": [0.5, 0.99, 0.6, 0.7, 0.8],
            "fold_1": [0.5, 0.99, 0.6, 0.6, 0.8],
            "fold_2": [0.5, 0.99, 0.6, 0.8, 0.8],
        }
    )
    second = runner_up(table, 1.0)
    assert second is not None
    assert second["candidate"] == 1
    assert second["difference"] == pytest.approx(0.1)
    assert runner_up(table.head(3).assign(mean_score=[0.5, np.nan, np.nan]), 1.0) is None


def trials(score: Any, n: int = 60) -> pd.DataFrame:
    generator = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "alpha": generator.uniform(size=n),
            "activation": generator.choice(["relu", "tanh"], n),
            "batch_size": generator.integers(1, 100, n),
        }
    )
    return table.assign(rung=1, mean_score=score(table, generator))


def test_importance_is_of_the_arguments_that_the_score_depends_on() -> None:
    """The score is 1 for relu, else 0, plus alpha / 10: variances 1/4 and 1/1200."""
    table = trials(lambda t, _: (t["activation"] == "relu") + t["alpha"] / 10)
    result = importance.of_arguments(table, ["alpha", "activation", "batch_size"])
    assert result is not None
    assert result["r2"] > 0.9
    assert next(iter(result["arguments"])) == "activation"
    share = {name: argument["share"] for name, argument in result["arguments"].items()}
    assert (
        share["activation"] > 1
    )  # a shuffled choice is wrong as often as right: twice the variance
    assert abs(share["batch_size"]) < 0.05
    assert result == importance.of_arguments(table, ["batch_size", "activation", "alpha"])


def test_noise_makes_no_argument_important(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 40 searches whose scores are drawn at random, at most 5 % and three standard errors."""
    monkeypatch.setattr(importance, "TREES", 5)
    monkeypatch.setattr(importance, "REPEATS", 5)
    found = []
    for seed in range(40):
        scores = np.random.default_rng(seed).uniform(size=30)
        table = trials(lambda *_, scores=scores: scores, n=30)
        result = importance.of_arguments(table, ["alpha", "activation", "batch_size"])
        assert result is not None
        told = sentences.sentences(SUMMARY | {"importance": result | {"r2": 0.1}})[2]
        found.append(told.startswith("The score depends most on"))
    assert np.mean(found) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 40)


def test_p_values_of_arguments_by_hand() -> None:
    """With 4 degrees of freedom t = 3.747 has 1 % above it, and t = 2.132 has 5 %."""
    mean, error = np.array([2.132, 3.747, 0.0, -1.0]), np.array([1.0, 1.0, 0.0, 0.5])
    found = importance._p_values(mean, error)  # noqa: SLF001 - the correction is its own
    assert found == pytest.approx([3 * 0.05, 4 * 0.01, 1, 1], abs=0.0005)


def test_too_few_candidates_and_equal_scores_have_no_importance() -> None:
    names = ["alpha", "activation", "batch_size"]
    few = trials(lambda t, _: t["alpha"], n=importance.FEWEST - 1)
    assert importance.of_arguments(few, names) is None
    assert importance.of_arguments(trials(lambda *_: 0.5), names) is None


def test_codes_are_numbers_or_places_in_order() -> None:
    assert importance.codes(pd.Series([3, 1])).tolist() == [3, 1]
    assert importance.codes(pd.Series([True, False])).tolist() == [1, 0]
    assert importance.codes(pd.Series(["[100]", "[50]", "[50]"])).tolist() == [1, 0, 0]


def test_a_margin_within_the_noise_is_said() -> None:
    winner, margin = sentences.sentences(SUMMARY, ["alpha", "hidden_layer_sizes"])
    assert winner == (
        "Candidate 11 of 20 is the best combination: accuracy 0.9688 in cross-validation (standard "
        "deviation over the folds 0.0036), with alpha 0.1, hidden_layer_sizes [100]."
    )
    assert margin == (
        "It is 0.0015 ahead of the runner-up, candidate 7, no more than the folds differ by chance "
        "(corrected resampled t test, p = 0.89): the two cannot be told apart."
    )


def test_a_margin_beyond_the_noise_is_said() -> None:
    sure = SUMMARY | {"runner_up": {"candidate": 7, "difference": 0.1, "p_value": 0.012}}
    assert sentences.sentences(sure)[1] == (
        "It is 0.1000 ahead of the runner-up, candidate 7, more than the folds differ by chance "
        "(corrected resampled t test, p = 0.012)."
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"runner_up": None}, "No other candidate was trained to the end"),
        (
            {"runner_up": {"candidate": 7, "difference": 0.0022, "p_value": None}},
            "It is 0.0022 ahead of the runner-up, candidate 7, by the same in every fold, which no ",
        ),
        ({"failed": 3}, "3 candidates could not be trained; the trials say why."),
        (
            {"importance": {"r2": -0.1, "arguments": {}}},
            "There are too few candidates to tell which arguments matter.",
        ),
        (
            {
                "importance": {
                    "r2": 0.43,
                    "arguments": {
                        "alpha": {"share": 0.5, "standard_error": 0.1, "p_value": 0.01},
                        "tol": {"share": 0.1, "standard_error": 0.04, "p_value": 0.06},
                    },
                }
            },
            "The score depends most on alpha (0.50 ± 0.10): the share of its variance that a ",
        ),
    ],
)
def test_other_sentences(changes: dict[str, Any], sentence: str) -> None:
    texts = sentences.sentences(SUMMARY | changes)
    assert any(text.startswith(sentence) for text in texts)
