"""Keep integers beyond 2^53, which float64 rounds, or refuse them."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from mlp.core.errors import InputError
from mlp.data.csv_format import Format

EXACT = 2**53  # integers up to it are exact as float64
DIGITS = r"^\s*[+-]?\d{16,}\s*$"
IDENTIFIES = (
    "add it to load.drop if it identifies something (split.group can still name it), or subtract "
    "what the numbers have in common"
)


def check(name: str, column: pa.ChunkedArray, way_out: str = IDENTIFIES) -> None:
    """Raise InputError if float64 would round a number beyond 2^53.

    Parameters
    ----------
    name : str
        The column, as a sentence names it.
    column : ChunkedArray of int or decimal
    way_out : str
    """
    size = pc.abs(column.cast(pa.float64(), safe=False))
    wide = column.filter(pc.greater_equal(size, EXACT))
    if (value := _rounded(wide.to_pylist())) is not None:
        row = pc.index(pc.equal(column, pa.scalar(value, column.type)), True).as_py()
        raise InputError(_sentence(name, row, value, way_out))


def of_texts(texts: pa.Array | pa.ChunkedArray) -> int | None:
    """Return the first integer among texts that float64 would round, or None."""
    wide = texts.filter(pc.match_substring_regex(texts, DIGITS))  # a gap is not among them
    value: int | None = _rounded(int(text) for text in wide.to_pylist())
    return value


def in_csv(
    path: Path, form: Format, names: list[str], table: pa.Table, exact: Collection[str]
) -> pa.Table:
    """Return a table whose columns keep integers that do not fit into int64 as text.

    Parameters
    ----------
    path : Path
        The CSV file of the table.
    form : Format
    names : list of str
        Those in its header.
    table : pa.Table
        Arrow reads such integers as floats.
    exact : collection of str
        Columns to keep exactly.

    Raises
    ------
    InputError
        If another column holds integers that float64 rounds.
    """
    for place, field in enumerate(table.schema):
        if not pa.types.is_floating(field.type) or not _is_wide(table[field.name]):
            continue
        texts = _texts(path, form, names, field.name)
        if (value := of_texts(texts)) is None:
            continue
        if field.name not in exact:
            row = _row(texts, value)
            raise InputError(_sentence(f"column '{field.name}'", row, value, IDENTIFIES))
        table = table.set_column(place, field.name, texts)
    return table


def _is_wide(column: pa.ChunkedArray) -> bool:
    ends = pc.min_max(column).as_py()
    return any(end is not None and abs(end) >= EXACT for end in ends.values())


def _texts(path: Path, form: Format, names: list[str], name: str) -> pa.ChunkedArray:
    """Return a column as it is written, with null for a gap."""
    options = form.convert_options({name: pa.string()})
    options.include_columns, options.strings_can_be_null = [name], True
    table = csv.read_csv(
        path,
        parse_options=form.parse_options,
        convert_options=options,
        read_options=form.read_options(names),
    )
    return table[name]


def _rounded(values: Iterable[Any]) -> Any:
    """Return the first number that float64 rounds, or None."""
    return next((value for value in values if value is not None and float(value) != value), None)


def _row(texts: pa.ChunkedArray, value: int) -> int:
    rows = (
        row for row, text in enumerate(texts.to_pylist()) if text and text.strip() == str(value)
    )
    return next(rows, 0)


def _sentence(name: str, row: int, value: Any, way_out: str) -> str:
    return (
        f"{name}, row {row} holds {value}; integers beyond 2^53 are not exact as float64, so "
        f"{way_out}."
    )
