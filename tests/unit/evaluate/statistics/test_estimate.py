"""A mean with its error, and the bounds that follow, worked by hand."""

import math

import numpy as np
import pytest

from mlp.evaluate.statistics import estimate
from mlp.evaluate.statistics.estimate import Estimate


def test_a_mean_of_rows() -> None:
    """Work out 0, 0, 1, 1 with 1 and -1 more: mean 2/6, and squares that sum to 30/9.

    Times 6/5 that is 4, so the error is 2/6, with 3 degrees of freedom, t 3.182446.
    """
    found = estimate.of_mean(np.array([0.0, 0, 1, 1]), (1.0, -1.0))
    assert (found.value, found.df, found.rows) == (0.5, 3, 4)
    assert (found.center, found.error) == pytest.approx((1 / 3, 1 / 3))
    assert found.interval() == pytest.approx(((1 - 3.182446) / 3, (1 + 3.182446) / 3))
    assert found.negated().interval() == pytest.approx(((-1 - 3.182446) / 3, (3.182446 - 1) / 3))
    assert found.negated().value == -0.5


def test_a_mean_of_groups() -> None:
    """Work out 0, 0, 1 and 1 as groups of three rows and of one.

    Their sums are 1 and 1, with two groups of two rows more 2 and -2: mean 2/8. Less a quarter for
    each row they are 0.25, 0.75, 1.5 and -2.5, with squares that sum to 9.125, times 4/3.
    """
    found = estimate.of_mean(np.array([0.0, 0, 1, 1]), (1.0, -1.0), np.array([0, 0, 0, 1]))
    assert (found.value, found.center, found.df, found.rows) == (0.5, 0.25, 1, 4)
    assert found.error == pytest.approx(math.sqrt(9.125 * 4 / 3) / 8)


def test_how_many_rows_would_do() -> None:
    """The bound is 0.03 + 1.644854 x 0.01, so 0.026449 above the value.

    It falls with the root of the rows: to 0.0164 above it with (0.026449 / 0.0164)² = 2.6008 times
    as many.
    """
    found = Estimate(0.02, 0.03, 0.01, None, 100)
    assert found.upper(0.95) == pytest.approx(0.04644854)
    assert found.rows_for(0.0364, 0.95) == 261
    assert found.rows_for(0.02, 0.95) is None
    assert found.rows_for(0.01, 0.95) is None
    assert Estimate(0.02, -0.03, 0.01, None, 100).rows_for(0.03, 0.95) == 0
