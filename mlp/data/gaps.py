"""Mark what load.missing declares to be a gap."""

from collections.abc import Collection, Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from mlp.data.kinds import is_number, is_text


def marked(column: pa.ChunkedArray, missing: Sequence[str]) -> pa.ChunkedArray:
    """Return a column with null in place of the declared texts, and of numbers written so.

    Spaces around a text do not matter. In a column of numbers, -999 declares -999.0 too. A column
    of another kind is returned as it is.

    Parameters
    ----------
    column : ChunkedArray
    missing : sequence of str
        See `Load.missing`.
    """
    if is_text(column.type):
        texts = column.cast(pa.string())
        is_gap = pc.is_in(pc.utf8_trim_whitespace(texts), pa.array(missing, pa.string()))
        return _without(texts, is_gap)
    numbers = [value for text in missing if (value := _number(text)) is not None]
    if not numbers or not is_number(column.type) or pa.types.is_boolean(column.type):
        return column
    is_gap = pc.is_in(column.cast(pa.float64(), safe=False), pa.array(numbers, pa.float64()))
    return _without(column, is_gap)


def in_table(table: pa.Table, missing: Sequence[str]) -> pa.Table:
    """Return a table with null in place of what is declared, in every column: see `marked`."""
    if not missing:
        return table
    columns = [marked(column, missing) for column in table.columns]
    return pa.table(columns, names=table.column_names)


def without_blanks(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts with null in place of those that are empty or hold spaces alone."""
    return _without(texts, pc.equal(pc.utf8_trim_whitespace(texts), ""))


def without_texts(values: Iterable[object], missing: Collection[str]) -> list[object]:
    """Return values of any kind with None in place of the declared texts."""
    return [None if isinstance(v, str) and v.strip() in missing else v for v in values]


def _without(column: pa.ChunkedArray, is_gap: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column with null in some rows; itself if there are none, to save memory."""
    if not pc.any(is_gap).as_py():
        return column
    return pc.if_else(is_gap, pa.scalar(None, column.type), column)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
