"""The search: what it draws, what it keeps, and how it fails."""

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from project import ROOT, on_terminal
from samples import mixed, numeric
from scipy.stats import kstest
from sklearn.datasets import make_classification

from mlp import random_search, space, trials
from mlp.command import InputError
from mlp.search_params import Search

FEATURES, CLASSES = make_classification(150, 6, n_classes=3, n_informative=4, random_state=0)
LABELS = np.array(["a", "b", "c"], dtype=object)[CLASSES]
SECTION: dict[str, Any] = {
    "n_iter": 4,
    "cv": 3,
    "scoring": "accuracy",
    "seed": 0,
    "fixed": {"random_state": 0, "max_iter": 20, "solver": "sgd"},
    "space": {
        "hidden_layer_sizes": [[4], [4, 4]],
        "scale": ["none", "minmax", "standard"],
        "alpha": {"loguniform": [1e-5, 1.0]},
        "learning_rate_init": {"uniform": [0.01, 0.02]},
        "batch_size": {"randint": [10, 20]},
    },
}


def search(**changes: Any) -> tuple[dict[str, Any], pd.DataFrame]:
    return random_search.search(Search.model_validate(SECTION | changes), numeric(FEATURES, LABELS))


@pytest.fixture(scope="module")
def found() -> tuple[dict[str, Any], pd.DataFrame]:
    return search()


def test_trials_have_a_row_a_candidate_and_no_duration(
    found: tuple[dict[str, Any], pd.DataFrame],
) -> None:
    table = found[1]
    scores = ["candidate", "rank", "mean_score", "sd_score", "fold_1", "fold_2", "fold_3"]
    assert list(table.columns) == scores + sorted(SECTION["space"])
    assert table["candidate"].tolist() == [1, 2, 3, 4]
    assert table["mean_score"].tolist() == pytest.approx(
        table[["fold_1", "fold_2", "fold_3"]].mean(axis=1).tolist()
    )


def test_the_winner_is_the_first_in_rank_with_plain_values(
    found: tuple[dict[str, Any], pd.DataFrame],
) -> None:
    best, table = found
    winner = table.sort_values("rank").iloc[0]
    assert winner["mean_score"] == table["mean_score"].max()
    assert {name: best[name] for name in SECTION["fixed"]} == SECTION["fixed"]
    assert best["scale"] == winner["scale"]
    assert best["alpha"] == winner["alpha"]
    assert str(best["hidden_layer_sizes"]) == winner["hidden_layer_sizes"]
    assert {type(value) for value in best.values()} <= {int, float, str, bool, list}


def test_the_first_candidates_stay_when_more_are_drawn(
    found: tuple[dict[str, Any], pd.DataFrame],
) -> None:
    more = search(n_iter=6)[1]
    arguments = sorted(SECTION["space"])
    assert more[arguments].head(4).equals(found[1][arguments])


def test_another_seed_draws_other_candidates(found: tuple[dict[str, Any], pd.DataFrame]) -> None:
    assert search()[1].equals(found[1])
    assert not search(seed=1)[1]["alpha"].equals(found[1]["alpha"])


def test_a_failing_candidate_is_kept_without_a_score(capsys: pytest.CaptureFixture[str]) -> None:
    wild = SECTION["space"] | {"learning_rate_init": [0.01, 0.02, 1e200]}
    table = search(space=wild, n_iter=6)[1]
    failed = table["learning_rate_init"] == 1e200
    assert 0 < failed.sum() < 6
    assert table["mean_score"].isna().tolist() == failed.tolist()
    assert table.loc[failed, "rank"].min() > table.loc[~failed, "rank"].max()
    assert f"{failed.sum()} of 6 candidates failed" in capsys.readouterr().err


def test_no_candidate_left_is_refused() -> None:
    wild = SECTION["space"] | {"learning_rate_init": [1e200]}
    sentence = r"^search: no candidate could be trained: ValueError: Solver produced non-finite.*$"
    with pytest.raises(InputError, match=sentence):
        search(space=wild)


def test_more_folds_than_rows_of_a_class_is_refused() -> None:
    params = Search.model_validate(SECTION)
    few = np.where(np.arange(150) < 2, "rare", LABELS).astype(object)
    with pytest.raises(
        InputError, match=r"search\.cv is 3, but class rare has 2 in the train split"
    ):
        random_search.search(params, numeric(FEATURES, few))


def test_a_table_with_texts_and_gaps_is_searched_like_any_other() -> None:
    params = Search.model_validate(SECTION)
    best, table = random_search.search(params, mixed(150))
    assert best["scale"] in {"none", "minmax", "standard"}
    assert set(table["scale"]) <= {"none", "minmax", "standard"}
    assert table["mean_score"].notna().all()


@pytest.mark.parametrize(
    ("value", "low", "high", "uniform"),
    [
        ({"loguniform": [1e-4, 1.0]}, 1e-4, 1.0, lambda x: (np.log10(x) + 4) / 4),
        ({"uniform": [2.0, 3.0]}, 2.0, 3.0, lambda x: x - 2),
    ],
)
def test_distributions(value: Any, low: float, high: float, uniform: Any) -> None:
    """Drawn numbers stay in bounds, and are uniform once the scale is undone."""
    drawn = space.distributions({"x": value})["x"].rvs(500, random_state=0)
    assert low <= drawn.min() < drawn.max() <= high
    assert kstest(uniform(drawn), "uniform").pvalue > 0.01


def test_randint_draws_integers_below_high() -> None:
    drawn = space.distributions({"x": {"randint": [3, 6]}})["x"].rvs(200, random_state=0)
    assert set(drawn.tolist()) == {3, 4, 5}


def test_a_list_is_a_choice() -> None:
    assert space.distributions({"x": [[1], [2, 3]]}) == {"x": [[1], [2, 3]]}


TRIALS = pd.DataFrame(
    {
        "candidate": [1, 2, 3, 4],
        "rank": [2, 4, 1, 3],
        "mean_score": [0.5, np.nan, 0.7, 0.4],
        "sd_score": [0.1, np.nan, 0.05, 0.2],
    }
)


def test_summary() -> None:
    best = {"alpha": 0.000123456789, "hidden_layer_sizes": [5], "solver": "sgd"}
    assert trials.summary(TRIALS, best) == {
        "cv_score": 0.7,
        "cv_score_sd": 0.05,
        "candidate": 3,
        "candidates": 4,
        "failed": 1,
        "best": {"alpha": 0.000123457, "hidden_layer_sizes": [5], "solver": "sgd"},
    }


def test_progress_keeps_the_best_so_far() -> None:
    best = trials.progress(TRIALS)["best_so_far"]
    assert best.tolist()[0] == 0.5
    assert best.tolist()[2:] == [0.7, 0.7]


SMALL_SEARCH = f"""
import stages
import numpy as np
from mlp import random_search
from mlp.dataset import Columns, Dataset
from mlp.search_params import Search
features = np.random.default_rng(0).normal(size=(60, 6))
labels = np.array(["a", "b"] * 30, dtype=object)
dataset = Dataset(features, labels, None, None, Columns("label", list("abcdef"), [], "none"))
random_search.search(Search.model_validate({SECTION!r}), dataset)
"""


def test_progress_is_lines_in_a_log() -> None:
    argv = [sys.executable, "-c", SMALL_SEARCH]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "out of  12" in done.stdout + done.stderr
    assert "━" not in done.stdout
    assert "Warning" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal")
def test_progress_is_a_bar_on_a_terminal() -> None:
    shown = on_terminal([sys.executable, "-c", SMALL_SEARCH], ROOT)
    assert "━" in shown
    assert "100%" in shown
    assert "[Parallel" not in shown
