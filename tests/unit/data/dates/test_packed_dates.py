"""Whole numbers that are all dates get a warning, and others do not."""

from typing import Any

import pyarrow as pa
import pytest

from mlp.data.dates import packed_dates


@pytest.mark.parametrize(
    ("values", "are_dates"),
    [
        ([20260131, 20251224, None], True),
        ([19000101, 21001231], True),
        ([20260131, 20260231], False),
        ([20260131, 20260132], False),
        ([20260131, 20260131.5], False),
        ([20260131, 20260201, 0], False),
        ([2026, 2025], False),
        ([None, None], False),
    ],
)
def test_dates_as_numbers(values: list[Any], *, are_dates: bool) -> None:
    column = pa.chunked_array([pa.array(values, pa.float64())])
    assert bool(dict(packed_dates.warnings({"x": column}))) == are_dates
