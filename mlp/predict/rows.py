"""Read rows to predict, in batches, as the features that a model takes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from mlp.core.dataset import Columns, Features
from mlp.core.dataset_file import features
from mlp.core.errors import InputError
from mlp.data import csv_faults, csv_file, file_kind
from mlp.data.column_names import missing
from mlp.data.csv_format import Format
from mlp.model.saved import Model
from mlp.predict import recorded, values
from mlp.predict.drift import Drift

BATCH_ROWS, BATCH_BYTES = 1 << 14, 1 << 20
VALUE = re.compile(r"In CSV column #(\d+): .*invalid value '(.*)'$", re.DOTALL)


@dataclass(frozen=True)
class Batch:
    """Consecutive rows.

    Attributes
    ----------
    features : ndarray or DataFrame
        See `mlp.core.dataset.Dataset`.
    first : int
        The number of the first row in the file, from 0.
    position : int
        The bytes of the file that were read so far.
    """

    features: Features
    first: int
    position: int


def batches(path: Path, model: Model, form: Format, drift: Drift) -> Iterator[Batch]:
    """Yield the rows of a CSV or Parquet file, and count in ``drift`` how they differ.

    Raises
    ------
    InputError
        If the file's content does not match its name, a column is missing, or a row holds a value
        that the model cannot take.
    """
    if not path.name.endswith((".csv", ".csv.gz", ".parquet")):
        raise InputError(f"{path} should be a file that ends in .csv, .csv.gz or .parquet.")
    form = replace(form, missing=tuple(model.missing))
    file_kind.check_content(path, form.encoding)
    recorded.check(model.derived)
    numbers, texts = list(model.numbers), list(model.texts)
    columns = Columns(model.target, numbers, texts, model.impute, derived=model.derived)
    kind = pa.float32() if model.dtype == np.float32 else pa.float64()
    tables = _from_parquet if path.suffix == ".parquet" else _from_csv
    for table, position in tables(path, columns, form, drift):
        checked = values.checked(table, columns, model, drift)
        for i, name in enumerate(columns.numbers):
            checked = checked.set_column(i, name, checked[name].cast(kind))
        yield Batch(features(checked, columns), drift.rows, position)
        drift.rows += len(table)


def _from_parquet(
    path: Path, columns: Columns, _: Format, drift: Drift
) -> Iterator[tuple[pa.Table, int]]:
    try:
        with path.open("rb") as file, pq.ParquetFile(file) as source:
            _check_names(path, source.schema_arrow.names, columns, drift)
            for batch in source.iter_batches(BATCH_ROWS, columns=columns.sources):
                yield pa.Table.from_batches([batch]), file.tell()
    except (pa.ArrowException, OSError) as error:
        raise InputError(file_kind.damaged(path, error)) from None


def _from_csv(
    path: Path, columns: Columns, form: Format, drift: Drift
) -> Iterator[tuple[pa.Table, int]]:
    names = csv_file.header(path, form)
    _check_names(path, names, columns, drift)
    last, size = None, path.stat().st_size
    try:
        types = _types(path, columns, form, names)
        with path.open("rb") as file:
            for batch in _reader(file, columns, form, names, types):
                if last is not None:
                    yield pa.Table.from_batches([last]), size if file.closed else file.tell()
                last = batch
    except (pa.ArrowException, UnicodeError, OSError) as error:
        raise InputError(_fault(path, form, names, error)) from None
    if last is not None:
        if fault := csv_file.unended(path, form, last):
            raise InputError(fault)
        yield pa.Table.from_batches([last]), size


def _types(path: Path, columns: Columns, form: Format, names: list[str]) -> dict[str, pa.DataType]:
    """Return the type to read each feature as."""
    texts = {*columns.texts, *columns.derived.columns}
    types = {name: pa.string() for name in columns.sources if name in texts}
    with path.open("rb") as file:
        first = _reader(file, columns, form, names, types).schema
    numbers = [name for name in columns.sources if name not in texts]
    for name in numbers:  # true and false are numbers, which Arrow reads only as bool
        is_bool = pa.types.is_boolean(first.field(name).type)
        types[name] = pa.bool_() if is_bool else pa.float64()
    return types


def _reader(
    file: BinaryIO,
    columns: Columns,
    form: Format,
    names: list[str],
    types: dict[str, pa.DataType],
) -> csv.CSVStreamingReader:
    options = form.convert_options(types)
    options.include_columns = columns.sources
    is_zipped = file.name.endswith(".gz")
    return csv.open_csv(
        pa.CompressedInputStream(file, "gzip") if is_zipped else file,
        parse_options=form.parse_options,
        convert_options=options,
        read_options=form.read_options(names, BATCH_BYTES, threads=False),
    )


def _fault(path: Path, form: Format, names: list[str], error: Exception) -> str:
    """Return a sentence on the first row at fault."""
    match = VALUE.search(str(error))
    if match is None:
        fault = csv_faults.find(path, form) or csv_faults.too_long(path, form)
        return fault or f"{path}: {error}."
    column, value = int(match[1]), match[2]
    row = csv_faults.first_row(path, form, column, value)
    return f"{path}, row {row}: column '{names[column]}' should hold a number; it holds '{value}'."


def _check_names(path: Path, names: list[str], columns: Columns, drift: Drift) -> None:
    known, given = {*columns.sources, columns.target}, set(names)
    if absent := next((name for name in columns.sources if name not in given), None):
        raise InputError(f"{path}: {missing(absent, names, taken=set(columns.sources))}")
    drift.extra = [name for name in names if name not in known]
