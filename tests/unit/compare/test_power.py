"""The drop that the paired test detects, by hand and by simulation."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from mlp.compare import power
from mlp.evaluate.statistics import exact, turned


def test_detectable_drop_by_hand() -> None:
    # Without other discordant rows, 5 broken ones are needed (1/32 <= 0.05, 1/16 > 0.05). Of 450
    # rows that each break with chance d, 5 or more do so with chance 0.8 at d = 0.01489.
    found = power.detectable_drop(450, 0, 0.05, one_sided=True)
    assert found == pytest.approx(0.01489, abs=1e-5)
    chance = sum(math.comb(450, k) * 0.01489**k * (1 - 0.01489) ** (450 - k) for k in range(5, 30))
    assert chance == pytest.approx(0.8, abs=0.001)
    # On two sides 6 are needed: 2/64 <= 0.05, 2/32 > 0.05.
    assert power.detectable_drop(450, 0, 0.05, one_sided=False) == pytest.approx(
        power.detectable_drop(450, 0, 1 / 64, one_sided=True)
    )


@pytest.mark.parametrize("rows", [45, 100, 450, 2000])
@pytest.mark.parametrize("churn", [0.02, 0.1])
@pytest.mark.parametrize("one_sided", [True, False])
def test_detectable_drop_is_seen_four_times_of_five(
    *, rows: int, churn: float, one_sided: bool
) -> None:
    """Half of the churn is fixed, and the other half broken, besides the drop."""
    rng = np.random.default_rng(0)
    discordant = round(rows * churn)
    drop = power.detectable_drop(rows, discordant, 0.05, one_sided=one_sided)
    assert drop is not None
    half = discordant / rows / 2
    drawn = rng.multinomial(rows, [half + drop, half, 1 - 2 * half - drop], size=5000)
    counts, times = np.unique(drawn[:, :2], axis=0, return_counts=True)
    seen = [
        broken > fixed and exact.mcnemar(int(broken), int(fixed), one_sided=one_sided) <= 0.05
        for broken, fixed in counts
    ]
    assert np.average(seen, weights=times) == pytest.approx(0.8, abs=0.03)


def test_more_rows_see_a_smaller_drop_and_more_churn_hides_a_larger_one() -> None:
    drops = [
        power.detectable_drop(rows, discordant, 0.05, one_sided=True)
        for rows, discordant in [(1797, 25), (450, 6), (450, 40), (450, 200)]
    ]
    assert None not in drops
    assert drops == sorted(drops, key=lambda drop: drop or 0)


def test_four_rows_see_nothing() -> None:
    assert power.detectable_drop(4, 0, 0.05, one_sided=True) is None
    assert power.detectable_drop(5, 0, 0.05, one_sided=False) is None
    assert power.detectable_drop(0, 0, 0.05, one_sided=True) is None
    assert power.detectable_drop(5, 0, 0.05, one_sided=True) == pytest.approx(0.8**0.2, abs=1e-6)


def test_the_drop_of_groups_that_turn_as_a_whole_is_seen_four_times_of_five() -> None:
    """60 groups of 5 rows, of which 3 turned for the better and 3 for the worse."""
    rng, codes = np.random.default_rng(0), np.repeat(np.arange(60), 5)
    was, now = (
        pd.Series(~np.isin(codes, turned_groups)) for turned_groups in ([0, 1, 2], [3, 4, 5])
    )
    drop = power.seen(was, now, codes, 0.05, one_sided=True)
    assert drop is not None
    assert drop > 2 * (power.seen(was, now, None, 0.05, one_sided=True) or 1)
    drawn = rng.choice([5, -5, 0], (3000, 60), p=[0.05 + drop, 0.05, 0.9 - drop])
    seen = [turned.sign_flips(losses, one_sided=True) <= 0.05 for losses in drawn]
    assert np.mean(seen) == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize("significance", [0.5, 0.05, 0.02, 0.01, 0.001])
def test_the_critical_number_of_broken_rows_is_exact(significance: float) -> None:
    for rows in range(1, 60):
        tails = [
            Fraction(sum(math.comb(rows, k) for k in range(broken, rows + 1)), 2**rows)
            for broken in range(rows + 2)
        ]
        above = [broken for broken, tail in enumerate(tails) if tail > Fraction(str(significance))]
        assert power.critical(np.array([rows]), significance) == max(above)
