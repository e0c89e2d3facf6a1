"""Read a column of dates or times, of any type or written as text, as timestamps."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from mlp.core.errors import InputError
from mlp.data.dates import date_format, date_text
from mlp.data.kinds import is_text

US = pa.timestamp("us")
GAPS = pa.array(csv.ConvertOptions().null_values)  # NA and the like, as in a column of numbers
FIRST, LAST = -62_135_596_800, 253_402_300_799  # seconds since 1970 of the years 1 to 9999
HOUR_ALONE = ["hour"]  # the parts that a time of day has


def times(
    name: str, column: pa.ChunkedArray, form: str | None, parts: Sequence[str] = (), first: int = 0
) -> pa.ChunkedArray:
    """Return a column as timestamp[us] in UTC, with null for a gap.

    A time with a zone becomes that of UTC, and one without a zone stays as it is. A time of day,
    which has no date, is that of 1970-01-01.

    Parameters
    ----------
    name : str
    column : pa.ChunkedArray
    form : str, optional
        How texts are written: see `mlp.data.dates.date_format`. Without it, as in ISO 8601.
    parts : sequence of str
        The features to make of it. Times of day are allowed where the hour is the only one.
    first : int
        The number of the first row, for the sentence.

    Raises
    ------
    InputError
        If the column holds no dates, or a row no date.
    """
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if form and pa.types.is_floating(column.type):
        column = _whole(column)
    kind = column.type
    if is_text(kind) or (form and pa.types.is_integer(kind)):
        return _of_texts(name, column.cast(pa.string()), form, parts, first)
    rule = _rule(form, parts)
    if pa.types.is_time(kind) and list(parts) == HOUR_ALONE:
        return column.cast(pa.time64("us"), safe=False).cast(pa.int64()).cast(US)
    if not (pa.types.is_timestamp(kind) or pa.types.is_date(kind) or pa.types.is_null(kind)):
        raise InputError(f"column '{name}' should hold {rule}; it holds {kind}.")
    seconds = column.cast(pa.timestamp("s"), safe=False).cast(pa.int64())
    is_wrong = pc.or_(pc.less(seconds, FIRST), pc.greater(seconds, LAST))
    _check(name, column, is_wrong, rule, first)
    return column.cast(US, safe=False)


def present(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts with null for NA and the like."""
    is_gap = pc.is_in(pc.utf8_trim(texts, " \t"), GAPS)
    return pc.if_else(is_gap, pa.scalar(None, pa.string()), texts)


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return floats as integers, as pandas stores integers with gaps, if all of them are whole."""
    is_gap = pc.is_nan(column)
    try:
        return pc.if_else(is_gap, pa.scalar(None, column.type), column).cast(pa.int64())
    except pa.ArrowInvalid:
        return column


def _of_texts(
    name: str, texts: pa.ChunkedArray, form: str | None, parts: Sequence[str], first: int
) -> pa.ChunkedArray:
    texts = present(texts)
    if form is None and (quick := _without_zone(texts)) is not None:
        return quick
    pattern = date_format.pattern(form) if form else date_format.ISO
    values = _each(texts, pattern)
    if not form and list(parts) == HOUR_ALONE:
        values = pc.coalesce(values, _each(texts, date_format.TIME_OF_DAY))
    is_wrong = pc.and_(pc.is_null(values), pc.is_valid(texts))
    _check(name, texts, is_wrong, _rule(form, parts), first)
    return values


def _each(texts: pa.ChunkedArray, pattern: str) -> pa.ChunkedArray:
    """Return the time of each text; equal texts, of which dates have many, are read once."""
    chunks = [chunk.dictionary_encode() for chunk in texts.chunks]
    times = [date_text.read(chunk.dictionary, pattern).take(chunk.indices) for chunk in chunks]
    return pa.chunked_array(times, US)


def _without_zone(texts: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Return times as Arrow reads them, in a fiftieth of the time, or None unless it reads all."""
    try:
        values = texts.cast(US)
    except pa.ArrowInvalid:
        return None
    first = pc.min(values.cast(pa.int64())).as_py()
    return values if first is None or first >= FIRST * 1_000_000 else None


def _rule(form: str | None, parts: Sequence[str]) -> str:
    if form:
        return f"a date written {form}"
    if list(parts) == HOUR_ALONE:
        return "a time such as 10:30 or 2026-01-31T10:30"
    return "a date such as 2026-01-31 or 2026-01-31T10:30"


def _check(
    name: str, column: pa.ChunkedArray, is_wrong: pa.ChunkedArray, rule: str, first: int
) -> None:
    row = pc.index(is_wrong, True).as_py()
    if row >= 0:
        value = column[row].cast(pa.string()).as_py()
        raise InputError(
            f"column '{name}', row {first + row} holds '{value}'; it should be {rule}."
        )
