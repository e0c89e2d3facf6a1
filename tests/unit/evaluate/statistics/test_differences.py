"""Differences of metrics of numbers (statistics/metrics/regression.py), worked by hand."""

import numpy as np

from mlp.core import residuals
from mlp.evaluate.statistics import differences


def test_exchanged_squares_by_hand() -> None:
    """Errors 1 and 3 become 2 and 3: squares rise by 3 and 0, absolute errors by 1 and 0."""
    rows, actual = np.arange(2), np.zeros(2)
    old, new = (
        residuals.predictions(rows, actual, np.array(predicted, dtype=np.float64))
        for predicted in ([1, 3], [2, 3])
    )
    found = differences.of(old, new)
    none, first = [False, False], [True, False]
    expected = {"rmse": 3 / 2, "mae": 1 / 2, "r2": -3 / 2}
    for name, change in expected.items():
        assert found[name].exchanged(np.array([none, first])).tolist() == [change, -change]
    assert (found["rmse"].old, found["rmse"].new) == (np.sqrt(10 / 2), np.sqrt(13 / 2))
