"""What is odd about data: rows that are the same, and columns that tell the label."""

import numpy as np
import pyarrow as pa
import pytest

from mlp.data import suspicions


def chunked(values: object) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values)])


def test_equal_rows_have_equal_hashes_and_others_do_not() -> None:
    columns = {
        "x": chunked([0.0, -0.0, 1.0, np.nan, None, 0.0]),
        "y": chunked(["a", "a", "a", "b", "b", None]),
    }
    hashes = suspicions.row_hashes(columns).tolist()
    assert hashes[0] == hashes[1]  # -0 is 0
    assert hashes[3] == hashes[4]  # a gap is a gap
    assert len(set(hashes)) == 4


def test_hashes_do_not_collide_on_small_numbers() -> None:
    grid = np.array(np.meshgrid(range(100), range(100))).reshape(2, -1).astype(float)
    hashes = suspicions.row_hashes({"x": chunked(grid[0]), "y": chunked(grid[1])})
    assert len(np.unique(hashes)) == 10_000


def test_repeated_and_contradicting_rows() -> None:
    """1a 1a 1b repeats one row, and three contradict each other; 2a 3b are alone."""
    features = suspicions.row_hashes({"x": chunked([1.0, 1.0, 1.0, 2.0, 3.0])})
    labels = suspicions.row_hashes({"label": chunked(["a", "a", "b", "a", "b"])})
    assert suspicions.repeated(features, labels) == (1, 3)


@pytest.mark.parametrize(
    ("values", "leaks"),
    [
        ([float(i % 2) for i in range(40)], True),  # the label as a number
        (["yes", "no"] * 20, True),  # in other words
        ([float(i % 4) for i in range(40)], True),  # each of four values has one label
        ([i % 2 + i / 100 for i in range(40)], True),  # ranges that do not meet
        ([float(i % 3) for i in range(40)], False),
        ([float(i) for i in range(40)], False),  # unique values say nothing
        ([f"word {i}" for i in range(40)], False),
        ([None] + [float(i % 2) for i in range(1, 40)], True),  # a gap is a value
    ],
)
def test_leaks(values: list[object], leaks: bool) -> None:  # noqa: FBT001 - drawn by name
    labels = chunked(["a", "b"] * 20)
    assert list(suspicions.leaks({"x": chunked(values)}, labels)) == (["x"] if leaks else [])


def test_few_rows_are_told_apart_by_chance() -> None:
    labels = chunked(["a", "b"] * 5)
    assert list(suspicions.leaks({"x": chunked([0.0, 1.0] * 5)}, labels)) == []


def test_a_leak_that_only_the_sample_shows_is_none() -> None:
    """Every value but one tells the label; the sample of 2000 rows can miss it."""
    labels = np.array(["a", "b"] * 50_000)
    values = (labels == "b").astype(float)
    assert list(suspicions.leaks({"x": chunked(values)}, chunked(labels))) == ["x"]
    values[99_001] = 0
    assert list(suspicions.leaks({"x": chunked(values)}, chunked(labels))) == []
