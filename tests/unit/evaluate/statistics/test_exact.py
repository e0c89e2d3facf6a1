"""The exact tests are those of scipy.stats, which a stage need not import."""

import numpy as np
import pytest
from scipy.stats import binomtest, fisher_exact

from mlp.evaluate.statistics import exact


@pytest.mark.parametrize(("broken", "fixed"), [(5, 0), (0, 5), (3, 1), (40, 61), (900, 1100)])
def test_mcnemar_is_the_binomial_test(broken: int, fixed: int) -> None:
    rows = broken + fixed
    two, one = (
        binomtest(broken, rows, 0.5, alternative=a).pvalue for a in ("two-sided", "greater")
    )
    assert exact.mcnemar(broken, fixed) == pytest.approx(two, rel=1e-12)
    assert exact.mcnemar(broken, fixed, one_sided=True) == pytest.approx(one, rel=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_fisher_is_that_of_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.integers(1, 2000, 2)
    right = rng.integers(0, rows + 1)
    table = np.array([right, rows - right]).T
    assert exact.fisher(right, rows) == pytest.approx(fisher_exact(table).pvalue, rel=1e-9)
    greater = fisher_exact(table, alternative="greater").pvalue
    assert exact.fisher(right, rows, one_sided=True) == pytest.approx(greater, rel=1e-9)


def test_equal_groups_have_a_p_value_of_1_whatever_the_rounding() -> None:
    """Of 14 rows, the probabilities add up to a little more."""
    assert exact.fisher((7, 7), (14, 14)) == 1.0
    assert exact.mcnemar(7, 7) == 1.0


def test_fisher_by_hand() -> None:
    """The lady tasting tea: 3 of 4 right and 1 of 4; 17 of the 70 tables are as extreme or more."""
    assert exact.fisher((3, 1), (4, 4), one_sided=True) == pytest.approx(17 / 70)
    assert exact.fisher((3, 1), (4, 4)) == pytest.approx(34 / 70)
