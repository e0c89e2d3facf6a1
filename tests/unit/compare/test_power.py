"""The drop that the paired test detects, by hand and by simulation."""

import math
from fractions import Fraction

import numpy as np
import pytest

from mlp.compare import power
from mlp.evaluate.statistics import exact


def test_detectable_drop_by_hand() -> None:
    # Without other discordant rows, 5 broken ones are needed (1/32 <= 0.05, 1/16 > 0.05). Of 450
    # rows that each break with chance d, 5 or more do so with chance 0.8 at d = 0.01489.
    assert power.detectable_drop(450, 0, 0.05) == pytest.approx(0.01489, abs=1e-5)
    chance = sum(math.comb(450, k) * 0.01489**k * (1 - 0.01489) ** (450 - k) for k in range(5, 30))
    assert chance == pytest.approx(0.8, abs=0.001)


@pytest.mark.parametrize("discordant", [13, 40, 90])
def test_detectable_drop_is_seen_four_times_of_five(discordant: int) -> None:
    rows, rng = 450, np.random.default_rng(0)
    drop = power.detectable_drop(rows, discordant, 0.05)
    share = max(discordant / rows, drop)
    chances = [(share + drop) / 2, (share - drop) / 2, 1 - share]
    seen = [
        exact.mcnemar(int(broken), int(fixed), one_sided=True) <= 0.05
        for broken, fixed, _ in rng.multinomial(rows, chances, size=3000)
    ]
    assert np.mean(seen) == pytest.approx(0.8, abs=4 * math.sqrt(0.8 * 0.2 / 3000))


def test_more_rows_see_a_smaller_drop_and_more_noise_hides_a_larger_one() -> None:
    assert power.detectable_drop(1797, 25, 0.05) < power.detectable_drop(450, 6, 0.05)
    assert power.detectable_drop(450, 40, 0.05) > power.detectable_drop(450, 6, 0.05)


def test_four_rows_see_nothing() -> None:
    assert power.detectable_drop(4, 0, 0.05) == 1
    assert power.detectable_drop(0, 0, 0.05) == 1


@pytest.mark.parametrize("significance", [0.5, 0.05, 0.02, 0.01, 0.001])
def test_the_critical_number_of_broken_rows_is_exact(significance: float) -> None:
    for rows in range(1, 60):
        tails = [
            Fraction(sum(math.comb(rows, k) for k in range(broken, rows + 1)), 2**rows)
            for broken in range(rows + 2)
        ]
        above = [broken for broken, tail in enumerate(tails) if tail > Fraction(str(significance))]
        assert power.critical(np.array([rows]), significance) == max(above)
