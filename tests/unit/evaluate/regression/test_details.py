"""The errors by fifth of the prediction, and the largest: worked by hand, and the test of a bias."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from mlp.core import residuals
from mlp.core.files import Arrays, Floats
from mlp.core.predictions import GROUP
from mlp.evaluate.regression import details

DRAWS = 400


def table(predicted: Floats, residual: Floats) -> Arrays:
    rows = np.arange(100, 100 + len(predicted))
    return residuals.predictions(rows, predicted + residual, predicted)


def test_fifths_by_hand() -> None:
    """Of 0 to 9, whose quantiles are 1.8, 3.6, 5.4 and 7.2, each fifth has two."""
    residual = np.array([3.0, 4.0, 1.0, -1.0, 2.0, 2.0, 0.0, 0.0, -6.0, 8.0])
    found = details.parts(table(np.arange(10.0), residual))
    assert [(row["part"], row["low"], row["high"], row["rows"]) for row in found["rows"]] == [
        ("lowest", 0, 1, 2), ("second", 2, 3, 2), ("middle", 4, 5, 2), ("fourth", 6, 7, 2),
        ("highest", 8, 9, 2),
    ]  # fmt: skip
    assert [row["mean_residual"] for row in found["rows"]] == [3.5, 0, 2, 0, 1]
    #   roots of (9 + 16) / 2, 1, 4, 0 and (36 + 64) / 2
    assert [row["rmse"] for row in found["rows"]] == pytest.approx([12.5**0.5, 1, 2, 0, 50**0.5])
    assert [row["mae"] for row in found["rows"]] == [3.5, 1, 2, 0, 7]
    (sentence,) = found["sentences"]
    assert sentence == (
        "Errors are largest in the highest fifth of the predictions, 8 to 9: RMSE 7.071, and 0 in "
        "the fourth one."
    )


def test_few_predictions_have_no_fifths() -> None:
    nothing = {"sentences": [], "rows": []}
    assert details.parts(table(np.array([1.0, 2, 3, 4] * 5), np.ones(20))) == nothing
    assert details.parts(table(np.full(20, math.nan), np.ones(20))) == nothing
    some = np.append(np.arange(10.0), math.nan)
    assert sum(row["rows"] for row in details.parts(table(some, np.ones(11)))["rows"]) == 10


def test_equal_predictions_stay_together() -> None:
    """Of 20 rows, 12 have the prediction 5: no fifth parts them."""
    predicted = np.sort(np.append(np.arange(1.0, 9.0), np.full(12, 5.0)))
    rows = details.parts(table(predicted, np.zeros(20)))["rows"]
    assert sum(row["low"] <= 5 <= row["high"] for row in rows) == 1
    assert sum(row["rows"] for row in rows) == 20


def test_a_bias_is_said_where_there_is_one() -> None:
    rng = np.random.default_rng(0)
    predicted = np.arange(500.0)
    bias = np.where(predicted < 100, 2.0, 0.0) - np.where(predicted >= 400, 2.0, 0.0)
    first, *biased = details.parts(table(predicted, bias + rng.normal(size=500)))["sentences"]
    assert first.startswith("Errors are largest in the")
    assert [sentence.split(",")[0] for sentence in biased] == [
        "In the lowest fifth the predictions are too low",
        "In the highest fifth the predictions are too high",
    ]
    assert "p < 0.0001 after Holm's correction" in biased[0]


def test_copies_of_rows_prove_no_bias() -> None:
    """Groups of 20 rows with the same residual are 25 rows, of which five are in each fifth."""
    rng = np.random.default_rng(2)
    residual = np.repeat(rng.normal(size=25), 20)
    rows = table(np.arange(500.0), residual)
    grouped = rows | {GROUP: np.repeat(np.arange(25), 20).astype(str).astype(object)}
    assert len(details.parts(rows)["sentences"]) > 1
    assert len(details.parts(grouped)["sentences"]) == 1


Draw = Callable[[np.random.Generator, int], Floats]
RESIDUALS: dict[str, Draw] = {
    "normal": lambda rng, rows: rng.normal(size=rows),
    "heavy": lambda rng, rows: rng.standard_t(3, size=rows),
    "skewed": lambda rng, rows: rng.exponential(size=rows) - 1,
    "very skewed": lambda rng, rows: rng.lognormal(0, 0.8, rows) - math.exp(0.32),
}


@pytest.mark.parametrize("rows", [45, 110, 450])
@pytest.mark.parametrize("name", RESIDUALS)
def test_no_bias_is_seldom_called_one(name: str, rows: int) -> None:
    """Five tests together, at 5 %: a plain t test would fail for 27 % of 45 very skewed residuals."""
    rng = np.random.default_rng(0)
    false = 0
    for _ in range(DRAWS):
        found = details.parts(table(rng.normal(size=rows), RESIDUALS[name](rng, rows)))
        false += len(found["sentences"]) > 1
    assert false / DRAWS <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / DRAWS)


@pytest.mark.parametrize("name", RESIDUALS)
def test_a_bias_of_one_deviation_is_seen(name: str) -> None:
    rng = np.random.default_rng(0)
    predicted, seen = np.arange(110.0), 0
    for _ in range(DRAWS // 4):
        residual = RESIDUALS[name](rng, 110)
        shifted = residual + np.where(predicted < 22, residual.std(), 0)
        seen += len(details.parts(table(predicted, shifted))["sentences"]) > 1
    assert seen / (DRAWS // 4) >= (0.55 if name == "heavy" else 0.8)


def test_errors_of_any_size_prove_no_bias() -> None:
    for huge in (1e200, 1e308):
        with np.errstate(over="ignore", invalid="ignore"):
            found = details.parts(table(np.arange(20.0), np.append(np.ones(19), huge)))
        assert len(found["sentences"]) == 1


def test_the_largest_errors_come_first_and_those_without_a_number_before_them() -> None:
    found = details.errors(table(np.array([1.0, 2, 3, 4]), np.array([1.0, -3, math.nan, 3])), 3)
    assert [row["row"] for row in found] == [102, 101, 103]
    assert found[1] == {"row": 101, "actual": -1, "predicted": 2, "residual": -3}
    assert details.probes({"inputs_r2": 0.5, "inputs_variance": 0.9}) == {"inputs": 0.5}
