"""Warn of dates that are stored as whole numbers, such as 20260131."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import quoted
from mlp.data.dates import date_format, date_text

FIRST, LAST = 1900_01_01, 2100_12_31


def warnings(numbers: Mapping[str, pa.ChunkedArray]) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence if columns of floats hold dates alone."""
    names = [name for name, column in numbers.items() if _are_dates(column)]
    if names:
        example = f"{pc.min(numbers[names[0]]).as_py():.0f}"
        sentence = (
            f"the numbers of {quoted(names)} look like dates, such as {example}; to make features "
            'of them, set load.dates, and load.date_formats to "%Y%m%d".'
        )
        yield "dates_as_numbers", sentence


def _are_dates(column: pa.ChunkedArray) -> bool:
    extremes = pc.min_max(column).as_py()
    if not FIRST <= (extremes["min"] or 0) <= (extremes["max"] or 0) <= LAST:
        return False
    values = pc.unique(column).drop_null()
    whole = values.cast(pa.int64(), safe=False)
    if not pc.all(pc.equal(whole.cast(values.type, safe=False), values)).as_py():
        return False
    times = date_text.read(whole.cast(pa.string()), date_format.pattern("%Y%m%d"))
    return bool(times.null_count == 0)
