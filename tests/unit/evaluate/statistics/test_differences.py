"""Differences of metrics of numbers (statistics/metrics/regression.py), worked by hand."""

import numpy as np
import pytest
from populations import table

from mlp.core import residuals
from mlp.core.files import Labels, Table
from mlp.evaluate.statistics import differences


def test_exchanged_squares_by_hand() -> None:
    """Errors 1 and 3 become 2 and 3: squares rise by 3 and 0, absolute errors by 1 and 0."""
    rows, actual = np.arange(2), np.full(2, 10.0)
    old, new = (
        residuals.predictions(rows, actual, np.array(predicted, dtype=np.float64))
        for predicted in ([11, 13], [12, 13])
    )
    found = differences.of(old, new)
    none, first = [False, False], [True, False]
    expected = {"rmse": 3 / 2, "mae": 1 / 2, "r2": -3 / 2}
    for name, change in expected.items():
        assert found[name].exchanged(np.array([none, first])).tolist() == [change, -change]
    assert (found["rmse"].old, found["rmse"].new) == (np.sqrt(10 / 2), np.sqrt(13 / 2))


def test_losses_of_rows_where_both_sides_have_them() -> None:
    labels = np.array(["a", "b"], dtype=object)
    old, new = (
        table(labels, labels, np.array([0.5, 0.75])),
        table(labels, labels, np.array([0.25, 0.75])),
    )
    found = differences.of(old, new)["brier_score"]
    assert (found.old, found.new, found.estimate.value) == (0.625, 0.5, -0.125)
    without = {name: column for name, column in old.items() if name != "brier_score"}
    for sides in ((without, new), (new, without)):
        assert "brier_score" not in differences.of(*sides)


def numbers(predicted: tuple[float, ...], **more: Labels) -> Table:
    """Return predictions of rows whose actual value is 0."""
    rows = len(predicted)
    return {**residuals.predictions(np.arange(rows), np.zeros(rows), np.array(predicted)), **more}


def test_without_words_a_difference_is_asked_for_on_both_sides() -> None:
    """Work out two rows of four exchanges, of which two are as far from 0 as what is seen.

    The squared errors rise by 3 and 3: the mean changes are 3, 0, 0 and -3.
    """
    change = differences.of(numbers((1.0, 1.0)), numbers((2.0, 2.0)))["rmse"]
    assert change.p_value() == change.p_value(-1) == pytest.approx(1 / 2, abs=0.02)
    assert change.p_value(one_sided=True) == pytest.approx(1 / 4, abs=0.02)
    assert change.p_value(-1, one_sided=True) == 1.0


def test_groups_are_those_of_now_or_else_of_before() -> None:
    without, ones = numbers((1.0, 1.0, 1.0)), (1.0, 1.0, 1.0)
    now, before = (
        numbers(ones, group=np.array(names, dtype=object)) for names in (["b", "a", "b"], ["a"] * 3)
    )
    assert differences.groups_of(without, without) is None
    for old in (without, before):
        assert differences.groups_of(old, now).tolist() == [1, 0, 1]
    assert differences.groups_of(now, without).tolist() == [1, 0, 1]
