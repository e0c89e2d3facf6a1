"""Read a CSV file with Arrow: types are those of the whole file, faults are named by line."""

import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from mlp.core.errors import InputError
from mlp.data import csv_faults
from mlp.data.csv_format import BLOCK, Format

FIRST_BLOCK = 1 << 22  # bytes whose types are tried on the whole file


def read(path: Path, form: Format, texts: Collection[str], exact: Collection[str]) -> pa.Table:
    """Read a CSV file.

    Types are found over the whole file: null (nothing but gaps), int64, bool, date, time,
    timestamp, double or string, of which the first that fits is taken. Empty fields, NA, NaN, null
    and their like are gaps in a column of numbers; in one of text all stay as written.

    Parameters
    ----------
    path : Path
        It may be compressed by gzip, if its name says so.
    form : Format
    texts : collection of str
        Columns that are read as text, whatever they hold.
    exact : collection of str
        Columns of which integers stay integers; elsewhere they may become floats.

    Raises
    ------
    InputError
        If it is not such a file, with the first line at fault.
    """
    names = header(path, form)
    types = {name: pa.string() for name in names if name in texts}
    try:
        table = _by_first_block(path, form, names, types, exact)
        if table is None:
            table = csv.read_csv(
                path,
                parse_options=form.parse_options,
                convert_options=form.convert_options(types),
                read_options=form.read_options(names),
            )
    except (pa.ArrowException, UnicodeError, OSError) as error:
        raise InputError(csv_faults.find(path, form) or f"{path}: {error}.") from None
    _check(path, form, table)
    return table


def header(path: Path, form: Format) -> list[str]:
    """Return the names of the columns.

    Raises
    ------
    InputError
        If two are the same, or the delimiter seems to be another.
    """
    names = csv_faults.names(path, form)
    if twice := next((name for name, n in Counter(names).items() if n > 1), None):
        is_number = re.fullmatch(r"-?[\d.]+", twice)
        hint = " Is the first line data? It should name the columns." if is_number else ""
        raise InputError(
            f"{path}: column '{twice}' stands twice; every column should have its own name.{hint}"
        )
    if len(names) == 1 and (seen := next((c for c in ";\t|," if c in names[0]), None)):
        raise InputError(
            f"{path} has one column, '{names[0]}'; if {seen!r} ends its fields, set load.delimiter."
        )
    return names


def _by_first_block(
    path: Path,
    form: Format,
    names: list[str],
    types: dict[str, pa.DataType],
    exact: Collection[str],
) -> pa.Table | None:
    """Read with the types of the first block, or return None if they do not fit the whole file.

    That takes a third of the memory of finding the types over the whole file.
    """
    with _opened(path, form, names, types, FIRST_BLOCK) as reader:
        found = {field.name: _wider(field, exact) for field in reader.schema}
    try:
        with _opened(path, form, names, found, BLOCK) as reader:
            return reader.read_all()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def _opened(
    path: Path, form: Format, names: list[str], types: dict[str, pa.DataType], block: int
) -> csv.CSVStreamingReader:
    """Open a file to be read a block at a time.

    `csv.read_csv` runs ahead of its own parser, by as much as the threads happen to allow.
    """
    return csv.open_csv(
        path,
        parse_options=form.parse_options,
        convert_options=form.convert_options(types),
        read_options=form.read_options(names, block),
    )


def _wider(field: pa.Field, exact: Collection[str]) -> pa.DataType:
    """Return the type that a column of such a beginning most likely has."""
    if pa.types.is_integer(field.type) and field.name not in exact:
        return pa.float64()
    return field.type


def _check(path: Path, form: Format, table: pa.Table) -> None:
    if table.num_rows == 0:
        raise InputError(f"{path} holds a header and no row.")
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_binary(column.type) or "\0" in name:
            fault = csv_faults.find(path, form)
            raise InputError(fault or f"{path}: column '{name}' holds bytes that are no text.")
    if fault := unended(path, form, table):
        raise InputError(fault)


def unended(path: Path, form: Format, table: pa.Table | pa.RecordBatch) -> str | None:
    """Return a sentence if a quote is not ended, which makes all that follows one field.

    Parameters
    ----------
    path : Path
    form : Format
    table : pa.Table or pa.RecordBatch
        The last rows of the file.
    """
    texts = [column for column in table.columns if pa.types.is_string(column.type)]
    if any("\n" in (column[-1].as_py() or "") for column in texts):
        return csv_faults.find(path, form)
    return None
