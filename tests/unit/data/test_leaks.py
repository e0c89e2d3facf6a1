"""Columns that predict the target on their own."""

import numpy as np
import pyarrow as pa
import pytest

from mlp.data import leaks


def chunked(values: object) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values)])


@pytest.mark.parametrize(
    ("values", "is_leak"),
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
def test_leaks(values: list[object], is_leak: bool) -> None:  # noqa: FBT001 - drawn by name
    labels = chunked(["a", "b"] * 20)
    assert list(leaks.find({"x": chunked(values)}, labels)) == (["x"] if is_leak else [])


def test_few_rows_can_be_separated_by_chance() -> None:
    labels = chunked(["a", "b"] * 5)
    assert list(leaks.find({"x": chunked([0.0, 1.0] * 5)}, labels)) == []


def test_a_leak_in_the_sample_alone_does_not_count() -> None:
    """Every value but one predicts the label; the sample of 2000 rows can miss it."""
    labels = np.array(["a", "b"] * 50_000)
    values = (labels == "b").astype(float)
    assert list(leaks.find({"x": chunked(values)}, chunked(labels))) == ["x"]
    values[99_001] = 0
    assert list(leaks.find({"x": chunked(values)}, chunked(labels))) == []
