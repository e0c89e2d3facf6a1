"""The gate judges networks that predict numbers: of files, and of repeated trainings."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlp.compare import regression as compared
from mlp.core import residuals
from mlp.core.files import Floats
from mlp.evaluate.statistics import differences, wording
from mlp.evidence import averages
from mlp.evidence.averages import Averages
from mlp.evidence.pools import Pool
from mlp.evidence.run import Run
from mlp.gate import calibration, calibration_page, regression, rules
from mlp.gate.calibration import ALL
from mlp.gate.network import Network
from mlp.gate.own_table import Calibrated
from mlp.gate.params import Gate, check_task
from mlp.gate.thresholds import FAIL, PASS, UNSURE, Verdict
from mlp.gate.trial import Judged
from mlp.report.document import to_text

ROWS = 120
ACTUAL: Floats = np.random.default_rng(0).normal(100, 20, ROWS)
TEST = {"direction": "lower", "significance": 0.03}


def gate(question: str = "file", **rest: Any) -> Gate:
    asked = {"model": "mlp", "evidence": "test", "question": question, "repeats": 5}
    return Gate.model_validate(asked | rest)


def network(predicted: Floats, repeats: Averages | str = "none", **metrics: Any) -> Network:
    rows = np.arange(len(predicted))
    table = pd.DataFrame(residuals.predictions(rows, ACTUAL[: len(predicted)], predicted))
    scores = residuals.scores(ACTUAL[: len(predicted)], predicted)
    return Network({**scores, "mean_rmse": 20.0, **metrics}, table, repeats)


def noisy(size: float, seed: int) -> Floats:
    return ACTUAL + np.random.default_rng(seed).normal(0, size, ROWS)


def repeats(size: float, seed: int) -> Averages:
    runs = [Run(noisy(size, seed + i), {}, 3, converged=True) for i in range(5)]
    return averages.of(runs, np.arange(ROWS), ACTUAL, None)


def outcomes(verdicts: Any) -> dict[str, str]:
    return {verdict.rule: verdict.outcome for verdict in verdicts}


METRICS = {
    "rmse": TEST | {"max": 10, "max_drop": 1},
    "mae": TEST | {"max_drop_relative": 0.1},
    "median_absolute_error": TEST,
    "r2": {"direction": "higher", "significance": 0.03, "min": 0.8},
}


@pytest.mark.parametrize("question", ["file", "configuration"])
def test_a_loss_fails_every_rule_and_a_gain_none(question: str) -> None:
    asked = gate(question, metrics=METRICS)
    good = network(noisy(5, 1), repeats(5, 10))
    bad = network(noisy(15, 2), repeats(15, 20))
    for now, was, outcome in ((bad, good, FAIL), (good, bad, PASS), (good, good, PASS)):
        found = [*rules.absolute(asked, now, now), *rules.against(asked, now, was, "main")]
        assert len(found) == 8
        assert set(outcomes(found).values()) == {outcome}


@pytest.mark.parametrize("question", ["file", "configuration"])
def test_what_is_not_a_number_fails_closed(question: str) -> None:
    asked = gate(question, metrics=METRICS)
    good = network(noisy(5, 1), repeats(5, 10))
    runs = [Run(np.full(ROWS, np.nan), {}, 3, converged=False)] * 5
    broken = network(np.full(ROWS, np.nan), averages.of(runs, np.arange(ROWS), ACTUAL, None))
    now = [*rules.absolute(asked, broken, good), *rules.against(asked, broken, good, "main")]
    assert set(outcomes(now).values()) == {FAIL}
    later = outcomes(rules.against(asked, good, broken, "main"))
    assert set(later.values()) == {UNSURE}


def test_it_can_be_shown_not_to_be_worse() -> None:
    rule = {"direction": "lower", "not_worse_than": 2, "confidence": 0.95}
    for question in ("file", "configuration"):
        asked = gate(question, metrics={"rmse": rule})
        now, was = network(noisy(5, 1), repeats(5, 10)), network(noisy(5, 2), repeats(5, 20))
        assert outcomes(rules.against(asked, now, was, "main")) == {"rmse not_worse_than": PASS}


@pytest.mark.parametrize(
    ("metric", "rule", "value", "outcome", "words"),
    [
        ("rmse", {"max": {"mean": -5}}, 15.0, PASS, "15.000000 <= 15.000000 (mean 20.000000 - 5)"),
        ("rmse", {"max": {"mean": -5}}, 15.1, FAIL, "15.100000 > 15.000000 (mean 20.000000 - 5)"),
        ("rmse", {"max": {"linear": 0.5}}, 9.5, PASS, "9.500000 <= 9.500000 (linear 9.000000 + 0.5)"),
        ("mae", {"max": {"linear": 0}}, 9.1, FAIL, "9.100000 > 9.000000 (linear 9.000000 + 0)"),
        ("r2", {"min": {"linear": 0.5}}, 9.5, PASS, "9.500000 >= 9.500000 (linear 9.000000 + 0.5)"),
    ],
)  # fmt: skip
def test_bounds_over_the_table(
    metric: str, rule: dict[str, Any], value: float, outcome: str, words: str
) -> None:
    direction = "higher" if metric == "r2" else "lower"
    asked = gate(metrics={metric: {"direction": direction} | rule})
    now = network(ACTUAL, **{metric: value})
    linear = network(ACTUAL, **{metric: 9.0})
    (found,) = rules.absolute(asked, now, linear)
    assert found == Verdict(f"{metric} {next(iter(rule))}", outcome, words)


def test_beats() -> None:
    """Work out errors of 1 and of 2 in all rows: squares 1 and 4.

    The gain of a row is 3, so the statistic is the root of 120 rows, 10.95.
    """
    asked = gate(beats=["linear", "mean"])
    good, bad = network(ACTUAL + 1), network(ACTUAL + 2)
    linear, mean = rules.absolute(asked, good, bad)
    assert linear == Verdict(
        "beats linear", PASS, "rmse 1.000000, and 2.000000 of linear (paired, one-sided p < 0.0001)"
    )
    assert mean == Verdict(
        "beats mean", PASS, "rmse 1.000000, and 20.000000 of predicting the mean"
    )
    # Where one row alone differs, by 3, the statistic is 3 / 3 = 1, and 0.1587 of a normal is above.
    nearly, _ = rules.absolute(asked, good, network(ACTUAL + np.where(np.arange(ROWS) == 0, 2, 1)))
    assert "one-sided p = 0.1587" in nearly.reason
    lost, guess = rules.absolute(asked, network(ACTUAL + 30), good)
    assert (lost.outcome, guess.outcome) == (FAIL, FAIL)
    _, guess = rules.absolute(asked, network(ACTUAL + 1, mean_rmse=1.0), bad)
    assert guess.outcome == FAIL  # to be as good is not to beat
    equal, _ = rules.absolute(asked, good, good)
    assert equal.outcome == FAIL


def test_to_beat_a_poor_linear_proves_little() -> None:
    asked = gate(beats=["linear"])
    for rmse in (20.0, 25.0):
        (found,) = rules.absolute(asked, network(ACTUAL + 1), network(ACTUAL + 25, rmse=rmse))
        assert found.reason.endswith("linear is poor: its rmse is no less than that of the mean")
    broken = network(np.full(ROWS, np.nan), diverged=True)
    (found,) = rules.absolute(asked, network(ACTUAL + 1), broken)
    assert found.outcome == PASS
    assert found.reason.endswith("linear is poor: its training diverged")
    (found,) = rules.absolute(asked, broken, network(ACTUAL + 1))
    assert found == Verdict("beats linear", FAIL, "rmse is nan, not a number")


@pytest.mark.parametrize(
    ("task", "rest", "words"),
    [
        ("regression", {"metrics": {"accuracy": {"direction": "higher", "min": 0.9}}},
         "gate.metrics.accuracy is no score of a regression (load.task); it should be one of rmse, mae"),
        ("classification", {"metrics": {"rmse": TEST}},
         "gate.metrics.rmse is no score of a classification (load.task)"),
        ("regression", {"beats": ["majority"]},
         "gate.beats names majority, which is no floor of a regression (load.task); use mean"),
        ("classification", {"beats": ["mean"]}, "use majority"),
        ("regression", {"significance": 0.01},
         "gate.significance judges labels, and load.task is regression; use gate.metrics.rmse.significance"),
        ("regression", {"classes": {"min_support": 5, "min_recall": 0.5}}, "gate.classes judges labels"),
    ],
)  # fmt: skip
def test_rules_of_the_other_task_are_refused(task: str, rest: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match="gate") as raised:
        check_task(gate(**rest), task)
    assert words in str(raised.value)


def test_rules_of_the_task_are_accepted() -> None:
    check_task(gate(metrics=METRICS, beats=["linear", "mean"]), "regression")
    check_task(gate(beats=["linear", "majority"], significance=0.01), "classification")


@pytest.mark.parametrize(
    "rule",
    [
        {"mae": {"direction": "lower", "max": {"mean": -1}}},
        {"r2": {"direction": "higher", "min": {"mean": 0.1}}},
        {"r2": {"direction": "higher", "max": 1.5}},
        {"rmse": {"direction": "higher", "max": 1.5}},
    ],
)
def test_bounds_without_a_meaning_are_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        gate(metrics=rule)


def test_what_would_be_seen() -> None:
    """Nothing is said where no prediction changed, nor after a difference that is shown."""
    asked = gate(metrics={"rmse": {"direction": "lower", "significance": 0.05}})
    now, was = network(noisy(5, 1)), network(noisy(5, 2))
    change = differences.of(was.predictions, now.predictions)["rmse"]
    for baselines, level in ((1, 0.05), (2, 0.025)):
        rise = wording.number(compared.detectable(change, 1 - level) or math.nan)
        (sentence,) = regression.seen(asked, now, was, "main", baselines)
        assert sentence == (
            f"With 120 test rows a rise of rmse by {rise} since main would be seen by exchange at "
            f"level {level}, one-sided (80 % power)."
        )
    table = now.predictions.assign(group=np.repeat(np.arange(60), 2).astype(str))
    (sentence,) = regression.seen(asked, Network(now.metrics, table), was, "main", 1)
    assert sentence.startswith("With 120 test rows in 60 groups a rise of rmse by ")
    assert list(regression.seen(asked, now, now, "main", 1)) == []
    untested = gate(metrics={"rmse": {"direction": "lower", "max": 10}})
    assert list(regression.seen(untested, now, was, "main", 1)) == []
    for size in (np.nan, 1e300):
        broken = network(np.full(ROWS, size))
        assert list(regression.seen(gate(metrics=METRICS), broken, was, "main", 1)) == []
    assert list(regression.seen(asked, network(noisy(9, 3)), was, "main", 1)) == []
    both = gate("configuration", metrics=METRICS)
    old = network(noisy(5, 1), repeats(5, 10))
    (seen,) = rules.notes(both, network(noisy(5, 2), repeats(5, 20)), old, "main", 1)
    assert seen.startswith("With 5 + 5 trainings since main these losses would be seen")


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_the_unit_of_the_target_does_not_matter(unit: float) -> None:
    metrics = {"rmse": {"direction": "lower", "max_drop_relative": 0.1, "max": {"linear": 0.0}}}
    asked = gate(metrics=metrics)
    now, was = ({"rmse": value * unit} for value in (1.2, 1.0))
    for new, old, outcome in ((now, was, FAIL), (was, now, PASS)):
        sides = [network(ACTUAL, **side) for side in (new, old)]
        found = [*rules.absolute(asked, *sides), *rules.against(asked, *sides, "main")]
        assert set(outcomes(found).values()) == {outcome}
    worse = regression.is_worse(ACTUAL * unit, ACTUAL * unit, (ACTUAL + 1) * unit)
    assert set(worse.values()) == {True}


def test_a_file_is_worse_by_one_row_or_by_all() -> None:
    """Where one row of ten alone is worse, the statistic is 1 and p 0.1587; of ten it is 3.16."""
    right, one = np.zeros(10), np.eye(1, 10)[0]
    for was, now, outcome in (
        (right, one, [True, False]),
        (one, right, [False, False]),
        (right, right, [False, False]),
        (right, right + 1, [True, True]),
    ):
        found = regression.is_worse(right, was, now)
        assert [found[regression.NAIVE], found[regression.PAIRED]] == outcome


def test_a_calibration() -> None:
    """Seeds alone fail rarely, networks that are far worse always."""
    asked = gate("configuration", metrics={name: METRICS[name] for name in ("rmse", "mae")})
    whole = [Run(noisy(5, i), {}, 3, converged=True) for i in range(30)]
    worse = [[Run(noisy(10, 100 + i), {}, 3, converged=True) for i in range(5)]]
    judged = Judged(np.arange(ROWS), ACTUAL, None)
    pool = Pool(whole, {"half": worse, "noise": worse})
    found = calibration.calibrate(pool, judged, 5, asked, draws=60)
    assert found.tests[ALL]["seed"].value <= 0.1
    assert found.tests[ALL]["half"].value == 1
    assert list(found.files) == ["rmse must not rise", "squared errors at 0.05"]
    assert 0.3 <= found.files["rmse must not rise"].value <= 0.7
    calibrated = Calibrated("regression", asked, 30, 1, ROWS, found)
    words = " ".join(to_text(calibration_page.document(calibrated)).split())
    assert "20% of the targets to learn from are replaced" in words
    assert math.isclose(found.converged, 1)
