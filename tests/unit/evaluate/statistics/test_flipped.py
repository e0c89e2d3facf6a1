"""The paired test of losses: worked by hand, its level under heavy tails, and its power."""

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import pytest

from mlp.core.files import Floats
from mlp.evaluate.statistics import flipped

NORMAL = NormalDist()
DRAWS = 4000


def test_by_hand() -> None:
    """The gains 3, 4 and 0: 7 over the root of 9 + 16 is 1.4, above which a normal variable is 0.0808."""
    gain = np.array([3.0, 4.0, 0.0])
    assert flipped.p_value(gain) == pytest.approx(0.0808, abs=1e-4)
    assert flipped.p_value(-gain) == pytest.approx(1 - 0.0808, abs=1e-4)


def test_the_rows_of_a_group_count_as_one() -> None:
    """Of the groups 3 + 1 and 2 - 5 the sums are 4 and -3: 1 over 5 is 0.2."""
    gain = np.array([3.0, 2.0, 1.0, -5.0])
    by_group = flipped.p_value(gain, np.array([0, 1, 0, 1]))
    assert by_group == pytest.approx(NORMAL.cdf(-0.2))
    assert flipped.p_value(gain, np.arange(4)) == flipped.p_value(gain)
    once, copied = np.array([1.0, 2.0, 1.0]), np.repeat([1.0, 2.0, 1.0], 9)
    assert flipped.p_value(copied, np.repeat(np.arange(3), 9)) == pytest.approx(
        flipped.p_value(once)
    )
    assert flipped.p_value(copied) < flipped.p_value(once)


def test_the_unit_and_the_order_of_rows_do_not_matter() -> None:
    gain = np.random.default_rng(0).normal(0.1, 1, 50)
    assert flipped.p_value(1e12 * gain) == pytest.approx(flipped.p_value(gain))
    assert flipped.p_value(gain[::-1]) == pytest.approx(flipped.p_value(gain))
    assert flipped.p_value(gain) != flipped.p_value(gain + 0.1)


def test_no_difference_shows_nothing() -> None:
    assert flipped.p_value(np.zeros(5)) == 1.0
    balanced = flipped.p_value(np.array([1.0, -1.0]))
    assert balanced == 0.5
    for unknown in (math.nan, math.inf, 1e300):  # the last overflows where it is squared
        assert flipped.p_value(np.array([1.0, unknown])) == 1.0


def test_one_huge_error_makes_it_blunt_and_never_sure() -> None:
    """Whatever the size of one gain, its ratio is at most 1, far from any level in use."""
    gain = np.array([1e9, *np.ones(8)])
    assert flipped.p_value(gain) == pytest.approx(NORMAL.cdf(-1), abs=1e-3)
    assert flipped.p_value(np.ones(9)) == pytest.approx(NORMAL.cdf(-3))


Draw = Callable[[np.random.Generator, int], Floats]


def of_squares(rng: np.random.Generator, rows: int) -> Floats:
    """Return the gain of one of two equally good predictions, with errors of which a part is shared."""
    shared = rng.standard_t(3, size=rows)
    errors = shared + rng.normal(0, 0.5, (2, rows))
    gain: Floats = errors[0] ** 2 - errors[1] ** 2
    return gain


def of_a_mean(rng: np.random.Generator, rows: int) -> Floats:
    """Return the gain over a mean of a prediction that is no better, being too bold by half.

    Its distance d from the mean has the target's distance e = d/2 + noise, so that the mean of
    e² - (e - d)² = 2 e d - d² is 0. It is not symmetric.
    """
    distance = rng.standard_t(4, size=rows)
    target = distance / 2 + rng.standard_t(4, size=rows)
    gain: Floats = 2 * target * distance - distance**2
    return gain


NULL: dict[str, Draw] = {
    "normal": lambda rng, rows: rng.normal(size=rows),
    "two degrees": lambda rng, rows: rng.standard_t(2, size=rows),
    "Cauchy": lambda rng, rows: rng.standard_cauchy(size=rows),
    "squared errors": of_squares,
    "a bold prediction": of_a_mean,
}


@pytest.mark.parametrize("rows", [45, 110, 450])
@pytest.mark.parametrize("name", NULL)
def test_it_keeps_its_level(name: str, rows: int) -> None:
    rng = np.random.default_rng(0)
    found = np.array([flipped.p_value(NULL[name](rng, rows)) for _ in range(DRAWS)])
    for level in (0.01, 0.025):
        margin = 3 * math.sqrt(level * (1 - level) / DRAWS)
        assert (found <= level).mean() <= level + margin


def test_rows_of_groups_keep_the_level_and_rows_alone_would_not() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(45), 10)
    shares = np.zeros(2)
    for _ in range(DRAWS):
        gain = rng.normal(size=45)[groups] + rng.normal(size=450)
        shares += [flipped.p_value(gain, groups) <= 0.025, flipped.p_value(gain) <= 0.025]
    by_group, by_row = shares / DRAWS
    assert by_group <= 0.025 + 3 * math.sqrt(0.025 * 0.975 / DRAWS)
    assert by_row > 0.1


def test_its_power_is_that_of_a_z_test() -> None:
    """A mean of 0.3 in 100 rows of deviation 1 is 3 standard errors: 3 - 1.96 is passed by 85 %."""
    rng = np.random.default_rng(0)
    found = [flipped.p_value(rng.normal(0.3, 1, 100)) for _ in range(DRAWS)]
    assert np.mean(np.array(found) <= 0.025) == pytest.approx(NORMAL.cdf(3 - 1.96), abs=0.04)
