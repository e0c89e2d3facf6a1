"""The mean of a score, and what a wrong row may cost, by hand."""

import math

import numpy as np
import pytest

from mlp.evaluate.statistics import means

LIMIT = -math.log(np.finfo(float).eps)


def test_an_interval_by_hand() -> None:
    """Work out ten rows of 0.5, with one more of 0 and one of 2: their mean is 7/12.

    Squares from it are 10 x 0.0069444 + 0.3402778 + 2.0069444 = 2.4166667, so the error is
    sqrt(2.4166667 x 12 / 11) / 12 = 0.1353074; 9 degrees of freedom, t 2.2621572.
    """
    found = means.interval("brier_score", np.full(10, 0.5))
    assert found == pytest.approx((7 / 12 - 2.2621572 * 0.1353074, 7 / 12 + 2.2621572 * 0.1353074))


@pytest.mark.parametrize(
    ("losses", "cost"),
    [
        ([0.1, 0.1, 0.2], -math.log(1 - math.exp(-0.1))),  # the middle row, were it wrong
        ([0.1, 0.1, 3.0], 3.0),  # the largest loss seen
        ([0.0, 0.0, 1.0], LIMIT),  # a sure row leaves nothing to other labels
        ([0.1, 0.1, 50.0], LIMIT),
    ],
)
def test_what_a_wrong_row_may_cost(losses: list[float], cost: float) -> None:
    assert means.worst("log_loss", np.array(losses)) == pytest.approx(cost)
    assert means.worst("log_loss", np.array(losses[:1]), np.array(losses[1:])) == pytest.approx(
        cost
    )
    assert means.flip("log_loss", np.array(losses)) == pytest.approx(cost / 2)
    assert means.worst("brier_score", np.array(losses)) == 2.0
