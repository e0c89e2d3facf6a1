"""The error of a difference of macro F1, and its interval, worked by hand."""

import math

import numpy as np
import pytest
from populations import table

from mlp.core.files import Arrays
from mlp.evaluate.statistics.macro_f1 import MacroF1
from mlp.evaluate.statistics.wilson import wilson


def said(actual: str, predicted: str) -> Arrays:
    """Return predictions of a letter a row."""
    columns = [np.array(list(text), dtype=object) for text in (actual, predicted)]
    return table(*columns, 0.0)


def test_a_difference_by_hand() -> None:
    """Work out rows a, a, b, b of which the second was right and now is taken for b.

    F1 was 1 and is 2/3 of a and 4/5 of b. A row adds (2 hits - F1 x (actual + predicted)) / total of
    each label, times 4 rows over 2 labels: the totals are 3 and 5, so 2/3 x 2/3 = 4/9 of the first,
    -2/3 x 2/3 - 4/5 x 2/5 = -172/225 of the second, and 2/5 x 2/5 = 4/25 of the others. Before, all
    are right and add nothing. Two rows more weigh 1 each, since the classes are equal.
    """
    f1 = MacroF1(said("aabb", "aabb"), said("aabb", "abbb"))
    squares = (4 / 9) ** 2 + (172 / 225) ** 2 + 2 * (4 / 25) ** 2
    found = f1.difference()
    assert found.value == pytest.approx((2 / 3 + 4 / 5) / 2 - 1)
    assert (found.error, found.df) == (pytest.approx(math.sqrt(squares + 2) / 4), 3)
    # As two groups of two rows: the sums are 4/9 - 172/225 = -8/25 and 8/25, and each of the two more
    # is of two rows.
    found = f1.difference(np.array([0, 0, 1, 1]))
    squares = 2 * (8 / 25) ** 2 + 2 * 2**2
    assert (found.error, found.df) == (pytest.approx(math.sqrt(squares) / 4), 1)


def test_two_equal_predictions_differ_by_what_is_added_alone() -> None:
    same = MacroF1(said("aabb", "abbb"), said("aabb", "abbb"))
    assert same.difference().value == 0
    assert same.difference().error == pytest.approx(math.sqrt(2) / 4)


def test_a_label_of_one_side_alone_has_no_part_in_the_other() -> None:
    """Work out rows a, a, b, b of which the third was taken for c and now is right.

    The F1 of a was 1, of b 2/3 and of c 0. A row adds (2 hits - F1 x (actual + predicted)) / total of
    each label, times 4/3: the totals of b and c are 3 and 1, so -2/3 x 4/9 of the third row, and
    2/3 x 4/9 of the fourth. Now all are right and add nothing.
    """
    found = MacroF1(said("aabb", "aacb"), said("aabb", "aabb")).difference()
    assert found.value == pytest.approx(1 - (1 + 2 / 3 + 0) / 3)
    assert found.error == pytest.approx(math.sqrt(2 * (8 / 27) ** 2 + 2) / 4)


def test_an_interval_by_hand() -> None:
    """Work out the rows above: F1 is 11/15, and its variance 0.8331 / 16 = 0.05207.

    A share has that variance in 11/15 x 4/15 / 0.05207 = 3.7557 rows, of which two labels leave
    half. By Wilson, with z² / n = 3.8415 / 1.8779 = 2.0457, the middle is (0.7333 + 1.0228) / 3.0457
    = 0.5766, and half the width sqrt(0.7333 x 0.2667 x 2.0457 + 2.0457² / 4) / 3.0457 = 0.3949.
    """
    low, high = MacroF1(said("aabb", "aabb"), said("aabb", "abbb")).interval()
    assert (low, high) == pytest.approx((0.5766 - 0.3949, 0.5766 + 0.3949), abs=2e-4)


def test_as_many_labels_as_rows_leave_one_of_them() -> None:
    alone = MacroF1(said("ab", "ab"), said("ab", "ab"))
    assert alone.interval() == wilson(1, 1)


def test_unequal_classes_weigh_more() -> None:
    """Of 3 rows a and 1 row b, all right, a row weighs (4/3 + 4/1) / 2² = 4/3 in the mean square."""
    same = MacroF1(said("aaab", "aaab"), said("aaab", "aaab"))
    assert same.difference().error == pytest.approx(math.sqrt(2 * 4 / 3) / 4)
    # Of 3, 2 and 1 rows of three classes: (6/3 + 6/2 + 6/1) / 3² = 11/9.
    three = MacroF1(said("aaabbc", "aaabbc"), said("aaabbc", "aaabbc"))
    assert three.difference().error == pytest.approx(math.sqrt(2 * 11 / 9) / 6)
    # 4 rows are worth 3, of which two labels leave half: (1 + 2.5610 / 2 ± 1.2805) / 3.5610.
    assert same.interval() == pytest.approx((1 / (1 + 3.8415 / 1.5), 1.0), abs=1e-4)
