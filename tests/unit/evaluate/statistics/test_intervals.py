"""The 95 % intervals cover the truth in at least 93 % of samples, few rows or many.

Three hundred samples show a coverage to four points; with ``-m long`` there are four thousand.
"""

import math

import numpy as np
import pytest
from populations import labels, scores, table
from sklearn.metrics import f1_score

from mlp.evaluate.statistics import means, paired
from mlp.evaluate.statistics.macro_f1 import MacroF1

LEAST = 0.93
ROWS = [45, 100, 450, 2000]
FEW, MANY = 300, 4000  # samples
LONG = [pytest.mark.long, pytest.mark.timeout(3600)]
SIZES = [
    *((rows, FEW) for rows in (45, 450)),
    *(pytest.param(rows, MANY, marks=LONG) for rows in ROWS),
]
MARGIN = 3 * math.sqrt(0.95 * 0.05 / FEW)  # of a simulation with few samples


def least(samples: int) -> float:
    return LEAST if samples == MANY else 0.95 - MARGIN


def covered(interval: tuple[float, float], truth: float) -> bool:
    return interval[0] <= truth <= interval[1]


def test_bonett_and_price_by_hand() -> None:
    """Work out 4 broken and 10 fixed rows of 45.

    p1 = 5/47 = 0.106383, p2 = 11/47 = 0.234043; their difference is 0.127660, and its error
    sqrt((0.340426 - 0.016297) / 47) = 0.083045; times 1.959964, 0.162764.
    """
    found = paired.accuracy(4, 10, 45)
    assert found.value == pytest.approx(6 / 45)
    assert found.interval() == pytest.approx((0.127660 - 0.162764, 0.127660 + 0.162764), abs=1e-6)


def test_the_gain_of_rows_counts_those_that_changed() -> None:
    was, now = np.array([1.0, 1, 0, 0, 0, 1, 0]), np.array([0.0, 1, 1, 1, 0, 1, 0])
    assert paired.gain(was, now) == paired.accuracy(1, 2, 7)


def test_an_upper_bound_is_at_most_1() -> None:
    """Work out one row, which was broken: 1/3 + 1.644854 sqrt((1 - 1/9) / 3) would be 1.2287."""
    assert paired.upper(1, 0, 1, 0.95) == 1.0
    # 10 of 45: the mean is -(0.127660), its error 0.083045.
    assert paired.upper(4, 10, 45, 0.95) == pytest.approx(-0.127660 + 1.644854 * 0.083045, abs=1e-6)


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize(
    ("discordance", "effect"), [(0.02, 0), (0.02, 0.01), (0.02, 0.02), (0.1, 0), (0.1, 0.01), (0.1, 0.03)]
)  # fmt: skip
def test_accuracy(rows: int, discordance: float, effect: float) -> None:
    rng = np.random.default_rng(0)
    chances = [(discordance + effect) / 2, (discordance - effect) / 2, 1 - discordance]
    drawn, times = np.unique(rng.multinomial(rows, chances, 20_000), axis=0, return_counts=True)
    inside = [covered(paired.accuracy(b, f, rows).interval(), -effect) for b, f, _ in drawn]
    assert np.average(inside, weights=times) >= LEAST
    below = [paired.upper(b, f, rows, 0.95) >= effect for b, f, _ in drawn]
    assert np.average(below, weights=times) >= LEAST


@pytest.mark.parametrize(("rows", "samples"), SIZES)
@pytest.mark.parametrize("metric", ["brier_score", "log_loss"])
@pytest.mark.parametrize("kind", [(8, 2.2, 0.3), (2, 2.2, 0.3), (25, 1.4, 0.6)])
@pytest.mark.parametrize("shift", [0.0, 0.2])
def test_means(
    rows: int, samples: int, metric: str, kind: tuple[float, float, float], shift: float
) -> None:
    """Networks of which 1.4 to 13 % of the rows differ; the shift is worth 1 to 4 points."""
    rng = np.random.default_rng(1)
    old, new = scores(*kind, shift)[metric]
    truth, alone = float((new - old).mean()), float(new.mean())
    inside, single = [], []
    for drawn in rng.integers(0, len(old), (samples, rows)):
        before, after = old[drawn], new[drawn]
        found = paired.mean(after - before, means.flip(metric, before, after))
        inside.append(covered(found.interval(), truth))
        single.append(covered(means.interval(metric, after), alone))
    assert np.mean(inside) >= least(samples)
    assert np.mean(single) >= least(samples)


def truth_of_f1(chances: np.ndarray) -> float:
    """Return the macro F1 of the chances of actual and predicted labels."""
    total = chances.sum(axis=0) + chances.sum(axis=1)
    return float(np.mean(2 * np.diag(chances) / total))


@pytest.mark.parametrize(("rows", "samples"), SIZES)
@pytest.mark.parametrize("shares", [[0.5, 0.5], [0.1] * 10, [0.7, 0.2, 0.1]])
@pytest.mark.parametrize(("discordance", "effect"), [(0.02, 0.01), (0.1, 0.03)])
def test_macro_f1(
    rows: int, samples: int, shares: list[float], discordance: float, effect: float
) -> None:
    rng = np.random.default_rng(0)
    chances = labels(shares, discordance, effect, 0.93)
    alone = truth_of_f1(chances.sum(axis=1))
    truth = alone - truth_of_f1(chances.sum(axis=2))
    inside, single = [], []
    for counts in rng.multinomial(rows, chances.ravel(), samples):
        kinds = np.repeat(np.arange(chances.size), counts)
        actual, old, new = np.array(np.unravel_index(kinds, chances.shape)).astype(object)
        f1 = MacroF1(table(actual, old, 0.0), table(actual, new, 0.0))
        inside.append(covered(f1.difference().interval(), truth))
        single.append(covered(f1.interval(), alone))
    assert np.mean(inside) >= least(samples)
    assert np.mean(single) >= least(samples)


def test_macro_f1_is_that_of_scikit_learn_and_inside_its_interval() -> None:
    rng = np.random.default_rng(0)
    actual, old, new = (rng.choice(list("abcd"), 60).astype(object) for _ in range(3))
    f1 = MacroF1(table(actual, old, 0.0), table(actual, new, 0.0))
    assert f1.before == pytest.approx(f1_score(list(actual), list(old), average="macro"))
    assert f1.after == pytest.approx(f1_score(list(actual), list(new), average="macro"))
    assert f1.difference().value == pytest.approx(f1.after - f1.before)
    assert covered(f1.interval(), f1.after)


def test_how_many_rows_would_do() -> None:
    """Of 100 rows 2 are broken: the bound falls with the square root of their number."""
    worse = paired.accuracy(0, 2, 100)  # seen from the other side: a worsening of 0.02
    assert worse.rows_for(0.02, 0.95) is None
    assert worse.rows_for(worse.upper(0.95), 0.95) == pytest.approx(100, abs=1)
    room = worse.upper(0.95) - 0.02
    assert worse.rows_for(0.02 + room / 2, 0.95) == pytest.approx(400, abs=1)


def test_two_rows_are_needed() -> None:
    assert all(math.isnan(end) for end in means.interval("brier_score", np.ones(1)))
    assert all(math.isfinite(end) for end in means.interval("brier_score", np.ones(2)))


def test_a_mean_stays_within_its_limits() -> None:
    assert means.interval("brier_score", np.full(3, 0.01))[0] == 0
    assert means.interval("brier_score", np.full(3, 1.99))[1] == 2
