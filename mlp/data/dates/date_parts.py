"""Take times apart into numbers that a network can learn from."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

US_OF_HOUR, US_OF_DAY = 3_600_000_000, 86_400_000_000
Part: TypeAlias = Callable[[pa.ChunkedArray], Any]


def _hour(times: pa.ChunkedArray) -> Any:
    us = times.cast(pa.int64())
    # Arrow's division cuts towards zero, so a time before 1970 needs the floor.
    into_day = pc.subtract(us, pc.multiply(_day_number(times), US_OF_DAY))
    return pc.divide(into_day.cast(pa.float64()), float(US_OF_HOUR))


def _elapsed(times: pa.ChunkedArray) -> Any:
    return pc.divide(times.cast(pa.int64()).cast(pa.float64(), safe=False), float(US_OF_DAY))


def _day_number(times: pa.ChunkedArray) -> Any:
    return times.cast(pa.date32(), safe=False).cast(pa.int32()).cast(pa.int64())


PARTS: dict[str, Part] = {
    "year": pc.year,  # such as 2026
    "month": pc.month,  # 1 to 12
    "day": pc.day,  # of the month, 1 to 31
    "weekday": lambda times: pc.day_of_week(times, count_from_zero=False),  # Monday 1 to Sunday 7
    "yearday": pc.day_of_year,  # 1 to 366
    "hour": _hour,  # since midnight, 0 to below 24, with its fraction: 10.5 is 10:30
    "elapsed": _elapsed,  # days since 1970-01-01, with their fraction
}


def part(times: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Return one of `PARTS` of timestamp[us] in UTC, as float64; a gap is null."""
    return PARTS[name](times).cast(pa.float64())
