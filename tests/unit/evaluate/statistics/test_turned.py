"""The rows that turned, one by one and by groups, by hand."""

import numpy as np
import pytest

from mlp.evaluate.statistics import turned
from mlp.evaluate.statistics.turned import Turned


def test_signs_of_groups_by_hand() -> None:
    """Work out groups that lost 2 and 1 rows, and one that won 1.

    Of the eight choices of signs one loses 4 rows and two lose 3, as many as were lost.
    """
    losses = np.array([2, 1, 0, -1])
    assert turned.sign_flips(losses, one_sided=True) == 3 / 8
    assert turned.sign_flips(losses) == turned.sign_flips(-losses) == 6 / 8
    assert turned.sign_flips(-losses, one_sided=True) == 7 / 8  # all but the loss of no row
    assert turned.sign_flips(np.array([0, 0])) == 1.0


def test_rows_are_counted_alone_and_by_groups() -> None:
    was, now = (
        np.array([True, True, True, False, False]),
        np.array([False, False, True, True, False]),
    )
    assert turned.of(was, now) == Turned(2, 1)
    grouped = turned.of(was, now, np.array([0, 0, 1, 2, 2]))
    assert (grouped.broken, grouped.fixed) == (2, 1)
    assert grouped.losses is not None
    assert grouped.losses.tolist() == [2, 0, -1]


def test_both_sides_are_asked_for_unless_one_is() -> None:
    """Of five rows all broken 1/32 is on one side; of groups that lost 2 and 1 rows, 1/4."""
    rows, groups = Turned(5, 0), Turned(3, 0, np.array([2, 1]))
    for found, chance in ((rows, 1 / 32), (groups, 1 / 4)):
        assert found.p_value(one_sided=True) == found.least(one_sided=True) == chance
        assert found.p_value() == found.least() == pytest.approx(2 * chance)
