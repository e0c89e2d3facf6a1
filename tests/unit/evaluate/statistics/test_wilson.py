"""Wilson's interval by hand."""

import math

import pytest
from scipy.stats import binomtest

from mlp.evaluate.statistics.wilson import wilson


def test_by_hand() -> None:
    """Work out k = 8 of n = 10 with z = 1.959964.

    center = (k + z2/2) / (n + z2) = (8 + 1.920729) / 13.841459 = 0.716740
    half = z / (n + z2) * sqrt(k (n - k) / n + z2 / 4)
         = 0.141601 * sqrt(1.6 + 0.960365) = 0.226577
    """
    low, high = wilson(8, 10)
    assert low == pytest.approx(0.716740 - 0.226577, abs=1e-5)
    assert high == pytest.approx(0.716740 + 0.226577, abs=1e-5)


def test_stays_between_0_and_1() -> None:
    assert wilson(0, 5)[0] == 0
    assert wilson(5, 5)[1] == 1


def test_more_trials_give_a_narrower_interval() -> None:
    widths = [high - low for low, high in (wilson(n // 2, n) for n in (10, 100, 1000))]
    assert widths == sorted(widths, reverse=True)


def test_no_trial_says_nothing() -> None:
    assert all(math.isnan(bound) for bound in wilson(0, 0))


@pytest.mark.parametrize(
    ("successes", "trials"), [(0, 5), (5, 5), (1, 3), (52, 450), (7, 1_000_000)]
)
def test_wilson_is_what_scipy_gives(successes: int, trials: int) -> None:
    expected = binomtest(successes, trials).proportion_ci(0.95, method="wilson")
    assert wilson(successes, trials) == pytest.approx((expected.low, expected.high), abs=1e-12)
