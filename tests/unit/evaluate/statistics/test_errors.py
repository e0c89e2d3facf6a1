"""The intervals of the scores of predicted numbers."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from mlp.core.files import Floats, Rows
from mlp.core.residuals import METRICS, scores
from mlp.evaluate.statistics import errors

LEAST = 0.93
SAMPLES = 400
MARGIN = 3 * math.sqrt(0.95 * 0.05 / SAMPLES)  # of such a simulation
TRUTH = 1_000_000
RESIDUALS: dict[str, Callable[[np.random.Generator, Floats], Floats]] = {
    "normal": lambda rng, x: rng.normal(0, 0.7, len(x)),
    "weak": lambda rng, x: rng.normal(0, 5, len(x)),
    "laplace": lambda rng, x: rng.laplace(0, 0.5, len(x)),
    "t of 5": lambda rng, x: rng.standard_t(5, len(x)) / 2,
    "skewed": lambda rng, x: rng.exponential(1, len(x)) - 1,
    "uneven": lambda rng, x: rng.normal(0, 0.5, len(x)) * np.exp(x / 2),
}


def test_by_hand() -> None:
    """Work out four rows, of which the errors are -1, 1, -1 and 1.

    All squares are 1, so nothing tells that MSE and MAE could be otherwise: both are 1. The target
    is 0, 0, 4, 4, so its variance is 4 and R² 1 - 1/4, of which nothing varies either.
    """
    actual, predicted = np.array([0.0, 0.0, 4.0, 4.0]), np.array([1.0, -1.0, 5.0, 3.0])
    found = errors.intervals(actual, predicted)
    assert all(found[name] == (1.0, 1.0) for name in METRICS[:3])
    assert found["r2"] == (0.75, 0.75)


def test_the_lower_side_by_hand() -> None:
    """Work out the errors 1 and 3: the mean is 2, and they are half of it apart from it.

    The standard deviation is 1/sqrt(2) of the mean and the error of the mean half of it; t at one
    degree of freedom is 12.7062, so the bound is 2 exp(-6.3531).
    """
    low, _ = errors.intervals(np.array([1.0, 3.0]), np.zeros(2))["mae"]
    assert low == pytest.approx(2 * math.exp(-6.3531), rel=1e-4)


def test_the_root_of_squares_by_hand() -> None:
    """Work out the errors 1 and 3: their squares are 5 in the mean, and 0.8 of it apart from it.

    So the error of the logarithm of their mean is 0.8, and that of the root half of it.
    """
    low, high = errors.intervals(np.array([1.0, 3.0]), np.zeros(2))["rmse"]
    assert low == pytest.approx(math.sqrt(5) * math.exp(-12.7062 * 0.8 / 2), rel=1e-4)
    # With one more of each, their error is 0.8 x sqrt(4/3) / 2.
    assert high == pytest.approx(math.sqrt(5) * math.exp(12.7062 * 0.461880 / 2), rel=1e-4)


def test_the_upper_side_by_hand() -> None:
    """Work out the errors 1 and 3 with one more of each: deviations ±0.5 of the mean.

    Their standard deviation is sqrt(1/3), the error of the mean half of it, 0.2887. Four values
    leave one degree of freedom at most, so the bound is 2 exp(12.7062 x 0.2887).

    Of eleven errors of 1 and one of 13 the mean is 2 too, and with one more of each deviations are
    -0.5 (12) and 5.5 (2), with mean 5/14. Their kurtosis is 1 / (1/7 x 6/7) - 3 = 5.1667, which leaves
    2 x 14 / 4.1667 = 7 degrees, t 2.3646. The variance is 36 x 6/49 x 14/13 = 4.7473, the error
    sqrt(4.7473 / 14) = 0.5823, and the bound 2 exp(0.3571 + 2.3646 x 0.5823).
    """
    _, high = errors.intervals(np.array([1.0, 3.0]), np.zeros(2))["mae"]
    assert high == pytest.approx(2 * math.exp(12.7062 * 0.288675), rel=1e-4)
    _, high = errors.intervals(np.array([1.0] * 11 + [13.0]), np.zeros(12))["mae"]
    assert high == pytest.approx(2 * math.exp(0.357143 + 2.364624 * 0.582313), rel=1e-4)


def test_the_share_that_is_explained_by_hand() -> None:
    """Work out the targets 0, 0, 0 and 4 with errors of 1: R² is 1 - 1/3.

    Squares from the mean are 1, 1, 1 and 9, so the logarithm of their mean varies by -2/3, -2/3, -2/3
    and 2, and that of the errors not at all. With one more of each extreme: mean -2/9 of six, variance
    9.4815 / 5, error sqrt(9.4815 / 30) = 0.562183; 3 degrees of freedom, t 3.182446.
    """
    actual = np.array([0.0, 0, 0, 4])
    found = errors.intervals(actual, actual + np.array([1, -1, 1, -1]))["r2"]
    left = math.exp(2 / 9 + 3.182446 * 0.562183)
    assert found == pytest.approx((1 - left / 3, 1 - 1 / left / 3), rel=1e-4)
    # Where the mean is predicted, errors vary as the target does.
    assert errors.intervals(actual, np.ones(4))["r2"] == (0.0, 0.0)


def test_the_median_by_hand() -> None:
    """Of 20 rows its number is 10 ± 1.96 x sqrt(20) / 2, from 5.6 to 14.4: the 6th and the 15th."""
    errors_of_rows = np.arange(1.0, 21)
    found = errors.intervals(errors_of_rows, np.zeros(20))["median_absolute_error"]
    assert found == (6.0, 15.0)
    # Of three rows no two numbers are surely on either side of it.
    assert errors.intervals(np.arange(3.0), np.zeros(3))["median_absolute_error"] == (0.0, 2.0)


def test_rows_that_say_nothing() -> None:
    nan = pytest.approx((math.nan, math.nan), nan_ok=True)
    numbers = np.arange(5.0)
    for found in (
        errors.intervals(numbers, np.full(5, math.nan)),
        errors.intervals(numbers, np.full(5, 1e200)),
        errors.intervals(numbers[:1], numbers[:1]),
        errors.intervals(numbers, numbers, np.zeros(5, dtype=np.int64)),
    ):
        assert all(found[name] == nan for name in METRICS)
    assert errors.intervals(np.ones(5), numbers)["r2"] == nan
    assert errors.intervals(numbers, numbers)["r2"] == (1.0, 1.0)
    large = np.full(5, 1e200)
    assert errors.intervals(large, large)["mae"] == (0.0, 0.0)
    assert np.isfinite(errors.intervals(numbers * 1e120, np.zeros(5))["mae"]).all()
    assert errors.intervals(np.ones(2), np.zeros(2))["mae"] == (1.0, 1.0)


def test_one_row_a_group_is_a_row() -> None:
    rng = np.random.default_rng(0)
    actual, predicted = rng.normal(size=(2, 50))
    alone = errors.intervals(actual, predicted)
    grouped = errors.intervals(actual, predicted, np.arange(50))
    for name in ("rmse", "mae", "r2"):
        assert grouped[name] == pytest.approx(alone[name])


def test_equal_rows_of_a_group_are_one() -> None:
    actual = np.array([2.0] * 11 + [14.0])
    alone = errors.intervals(actual, np.ones(12))
    groups = np.repeat(np.arange(12), 5)
    grouped = errors.intervals(np.repeat(actual, 5), np.ones(60), groups)
    for name in ("rmse", "mae", "r2"):
        assert grouped[name] == pytest.approx(alone[name])


def shares(
    truth: dict[str, float], drawn: Callable[[], tuple[Floats, Floats, Rows | None]]
) -> dict[str, float]:
    """Return the share of samples in which each interval covers the truth."""
    inside = dict.fromkeys(METRICS, 0)
    for _ in range(SAMPLES):
        found = errors.intervals(*drawn())
        for name, (low, high) in found.items():
            inside[name] += low <= truth[name] <= high
    return {name: number / SAMPLES for name, number in inside.items()}


@pytest.mark.slow
@pytest.mark.parametrize("rows", [45, 100, 450, 2000])
@pytest.mark.parametrize("kind", RESIDUALS)
def test_coverage(kind: str, rows: int) -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=TRUTH)
    actual = x + RESIDUALS[kind](rng, x)

    def drawn() -> tuple[Floats, Floats, None]:
        chosen = rng.integers(0, TRUTH, rows)
        return actual[chosen], x[chosen], None

    least = {"rmse": 0.9} if kind == "skewed" and rows == 45 else {}
    for name, share in shares(scores(actual, x), drawn).items():
        assert share >= least.get(name, LEAST) - MARGIN, name


@pytest.mark.slow
@pytest.mark.parametrize("groups", [20, 60])
def test_coverage_by_groups(groups: int) -> None:
    """Groups of 1 to 9 rows share half of the variance of their errors, and its size."""
    rng = np.random.default_rng(2)

    def draw(number: int) -> tuple[Floats, Floats, Rows]:
        group = np.repeat(np.arange(number), rng.integers(1, 10, number))
        predicted = rng.normal(size=number)[group] + rng.normal(size=len(group)) / 2
        sizes = rng.lognormal(0, 0.4, number)[group]
        error = sizes * (rng.normal(size=number)[group] + rng.normal(size=len(group)))
        return predicted + error / 2, predicted, group

    truth = scores(*draw(TRUTH // 10)[:2])
    for name, share in shares(truth, lambda: draw(groups)).items():
        assert share >= LEAST - MARGIN, name
    # Rows that are taken as if they were independent would claim too much.
    blind = shares(truth, lambda: (*draw(groups)[:2], None))
    assert blind["mae"] < LEAST - MARGIN
