"""How many independent rows grouped rows are worth, by hand."""

import numpy as np
import pytest

from mlp.core.files import Rows
from mlp.evaluate.statistics import design
from mlp.evaluate.statistics.wilson import wilson

ALIKE = np.array([1.0, 1.0, 0.0, 0.0])
UNLIKE = np.array([1.0, 0.0, 1.0, 0.0])


@pytest.mark.parametrize("groups", [np.array([0, 0, 1, 1]), np.array([0, 0, 2, 2])])
def test_two_groups_of_equal_rows_are_worth_one_row(groups: Rows) -> None:
    """Work out the variance of the mean: of rows 0.25 / 4, and of groups (1 + 1) 2 / 1 / 4².

    So four rows are worth 4 x 0.0625 / 0.25. That no row is of group 1 changes nothing.
    """
    assert design.independent_rows(ALIKE, groups) == 1.0
    widened = (1.959964 / 12.706205) ** 2  # by Student's t with one degree of freedom
    assert design.effective_rows(ALIKE, groups) == pytest.approx(widened, rel=1e-5)


def test_three_groups_by_hand() -> None:
    """Work out sizes 2, 2 and 1 with sums 2, 1 and 0 around 0.6 a row: 0.8, -0.2 and -0.6."""
    values, groups = np.array([1.0, 1.0, 1.0, 0.0, 0.0]), np.array([0, 0, 1, 1, 2])
    together = (0.64 + 0.04 + 0.36) * 3 / 2 / 25
    assert design.independent_rows(values, groups) == pytest.approx(0.24 / together)


def test_groups_that_are_equal_are_worth_all_their_rows() -> None:
    assert design.independent_rows(UNLIKE, np.array([0, 0, 1, 1])) == 4.0


def test_one_group_is_one_row() -> None:
    assert design.independent_rows(UNLIKE, np.zeros(4, dtype=int)) == 1.0
    assert design.effective_rows(UNLIKE, np.zeros(4, dtype=int)) == 1.0


def test_no_row_and_no_group() -> None:
    assert design.independent_rows(np.ones(0), np.zeros(0, dtype=int)) == 0.0
    assert design.effective_rows(ALIKE, None) == 4.0


def test_an_interval_is_wilsons_of_the_rows_that_groups_are_worth() -> None:
    assert design.interval(ALIKE, None) == wilson(2, 4)
    assert design.interval(UNLIKE, np.zeros(4, dtype=int)) == wilson(0.5, 1)
