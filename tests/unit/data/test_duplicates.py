"""Rows that are the same, and rows that contradict each other."""

import numpy as np
import pyarrow as pa

from mlp.data import duplicates


def chunked(values: object) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values)])


def test_equal_rows_have_equal_hashes_and_others_do_not() -> None:
    columns = {
        "x": chunked([0.0, -0.0, 1.0, np.nan, None, 0.0]),
        "y": chunked(["a", "a", "a", "b", "b", None]),
    }
    hashes = duplicates.row_hashes(columns).tolist()
    assert hashes[0] == hashes[1]  # -0 is 0
    assert hashes[3] == hashes[4]  # a gap is a gap
    assert len(set(hashes)) == 4


def test_hashes_do_not_collide_on_small_numbers() -> None:
    grid = np.array(np.meshgrid(range(100), range(100))).reshape(2, -1).astype(float)
    hashes = duplicates.row_hashes({"x": chunked(grid[0]), "y": chunked(grid[1])})
    assert len(np.unique(hashes)) == 10_000


def test_repeated_and_contradicting_rows() -> None:
    """Of 1a 1a 1b, one row repeats another and all three contradict each other; 2a, 3b do neither."""
    features = duplicates.row_hashes({"x": chunked([1.0, 1.0, 1.0, 2.0, 3.0])})
    labels = duplicates.row_hashes({"label": chunked(["a", "a", "b", "a", "b"])})
    assert duplicates.repeated(features, labels) == (1, 3)
