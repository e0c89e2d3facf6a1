"""Read a CSV file with Arrow, with types that fit the whole file and faults named by line."""

import re
from collections.abc import Collection
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from mlp.core.errors import InputError
from mlp.data import column_names, csv_faults, wide_integers
from mlp.data.csv_format import BLOCK, Format

FEW_ROWS = 256  # of a chunk
FIRST_BLOCK = 1 << 22  # bytes whose types are tried on the whole file


def read(path: Path, form: Format, texts: Collection[str], exact: Collection[str]) -> pa.Table:
    """Read a CSV file.

    A column gets the first type that fits all its values: null (nothing but gaps), int64, bool,
    date, time, timestamp, double or string. Empty fields, NA, NaN, null and the like are gaps in a
    column of numbers; a column of text keeps all of them as written.

    Parameters
    ----------
    path : Path
        A name that ends in .gz means that the file is compressed by gzip.
    form : Format
    texts : collection of str
        Columns to read as text, whatever they hold.
    exact : collection of str
        Columns whose integers stay integers, or texts if int64 cannot hold them; in others they
        may become floats.

    Raises
    ------
    InputError
        If the file is not valid CSV, with the first line at fault, or a column that is not exact
        holds integers that float64 rounds.
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
        raise InputError(_fault(path, form, error)) from None
    _check(path, form, table)
    return wide_integers.in_csv(path, form, names, table, exact)


def header(path: Path, form: Format) -> list[str]:
    """Return the names of the columns.

    Raises
    ------
    InputError
        If a name is repeated, or the delimiter seems to be another.
    """
    names = csv_faults.names(path, form)
    check_header(str(path), names)
    return names


def check_header(file: str, names: list[str]) -> None:
    """Raise InputError if a name is repeated, or the delimiter of a file seems to be another."""
    if (name := column_names.repeated(names)) is not None:
        is_number = re.fullmatch(r"-?[\d.]+", name)
        hint = " Is the first line data? It should name the columns." if is_number else ""
        raise InputError(
            f"{file}: column '{name}' appears twice; every column should have its own name.{hint}"
        )
    if len(names) == 1 and (mark := next((c for c in ";\t|," if c in names[0]), None)):
        raise InputError(
            f"{file} has one column, '{names[0]}'; if {mark!r} separates its fields, set "
            "load.delimiter."
        )


def unended(path: Path, form: Format, table: pa.Table | pa.RecordBatch) -> str | None:
    """Return a sentence if a quote is never closed, so that the rest of the file is one field.

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


def _by_first_block(
    path: Path,
    form: Format,
    names: list[str],
    types: dict[str, pa.DataType],
    exact: Collection[str],
) -> pa.Table | None:
    """Read with the types of the first block, or return None if they do not fit the whole file.

    This takes a third of the memory of finding the types over the whole file.
    """
    with _opened(path, form, names, types, FIRST_BLOCK) as reader:
        guessed = {field.name: _likely_type(field, exact) for field in reader.schema}
    try:
        with _opened(path, form, names, guessed, BLOCK) as reader:
            return _in_few_chunks(reader.read_all())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def _in_few_chunks(table: pa.Table) -> pa.Table:
    """Join the chunks of a wide table, which hold few rows: each of them costs time."""
    chunks = table.column(0).num_chunks if table.num_columns else 0
    return table.combine_chunks() if chunks * FEW_ROWS > table.num_rows else table


def _opened(
    path: Path, form: Format, names: list[str], types: dict[str, pa.DataType], block: int
) -> csv.CSVStreamingReader:
    """Open a file to read it a block at a time.

    `csv.read_csv` would read ahead of its parser, and so take an amount of memory that varies.
    """
    return csv.open_csv(
        path,
        parse_options=form.parse_options,
        convert_options=form.convert_options(types),
        read_options=form.read_options(names, block),
    )


def _likely_type(field: pa.Field, exact: Collection[str]) -> pa.DataType:
    """Return the type that a whole column most likely has, given its type in the first block."""
    if pa.types.is_integer(field.type) and field.name not in exact:
        return pa.float64()
    return field.type


def _fault(path: Path, form: Format, error: Exception) -> str:
    fault = csv_faults.find(path, form) or csv_faults.too_long(path, form)
    return fault or f"{path}: {error}."


def _check(path: Path, form: Format, table: pa.Table) -> None:
    if table.num_rows == 0:
        raise InputError(f"{path} holds a header but no rows.")
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_binary(column.type) or "\0" in name:
            fault = csv_faults.find(path, form)
            raise InputError(fault or f"{path}: column '{name}' holds bytes that are not text.")
    if fault := unended(path, form, table):
        raise InputError(fault)
