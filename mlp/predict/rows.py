"""Read rows to predict, in batches, as the features that a model takes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from mlp.core.dataset import Columns, Features, features
from mlp.core.errors import InputError
from mlp.data import csv_faults, csv_file, file_kind
from mlp.data.column_names import missing
from mlp.data.csv_format import Format
from mlp.model.saved import Model
from mlp.predict import values
from mlp.predict.drift import Drift

BATCH_ROWS, BATCH_BYTES = 1 << 14, 1 << 20
Say: TypeAlias = Callable[[int, int], None]
VALUE = re.compile(r"In CSV column #(\d+): .*invalid value '(.*)'$", re.DOTALL)


@dataclass(frozen=True)
class Batch:
    """Consecutive rows: their features, the number of the first, and the bytes read so far."""

    features: Features
    first: int
    position: int


def batches(path: Path, model: Model, form: Format, found: Drift) -> Iterator[Batch]:
    """Yield the rows of a CSV or Parquet file, and count in ``found`` how they differ.

    Raises
    ------
    InputError
        If the file is not what its name says, lacks a column, or a row holds what the model was
        not trained to take.
    """
    if not path.name.endswith((".csv", ".csv.gz", ".parquet")):
        raise InputError(f"{path} should be a file that ends in .csv, .csv.gz or .parquet.")
    file_kind.check_content(path, form.encoding)
    columns = Columns(model.target, list(model.numbers), list(model.texts), model.impute)
    kind = pa.float32() if model.dtype == np.float32 else pa.float64()
    tables = _from_parquet if path.suffix == ".parquet" else _from_csv
    for table, position in tables(path, columns, form, found):
        checked = values.checked(table, columns, model, found)
        for i, name in enumerate(columns.numbers):
            checked = checked.set_column(i, name, checked[name].cast(kind))
        yield Batch(features(checked, columns), found.rows, position)
        found.rows += len(table)


def _from_parquet(
    path: Path, columns: Columns, _: Format, found: Drift
) -> Iterator[tuple[pa.Table, int]]:
    try:
        with path.open("rb") as file, pq.ParquetFile(file) as source:
            _check_names(path, source.schema_arrow.names, columns, found)
            for batch in source.iter_batches(BATCH_ROWS, columns=columns.features):
                yield pa.Table.from_batches([batch]), file.tell()
    except (pa.ArrowException, OSError) as error:
        text = " ".join(str(error).split())
        raise InputError(f"{path} is cut off or damaged: {text}") from None


def _from_csv(
    path: Path, columns: Columns, form: Format, found: Drift
) -> Iterator[tuple[pa.Table, int]]:
    names = csv_file.header(path, form)
    _check_names(path, names, columns, found)
    types = dict.fromkeys(columns.texts, pa.string())
    last, size = None, path.stat().st_size
    try:
        with path.open("rb") as file:
            first = _reader(path, file, columns, form, types).schema
        for name in columns.numbers:  # true and false are numbers, which only Arrow's bool reads
            is_bool = pa.types.is_boolean(first.field(name).type)
            types[name] = pa.bool_() if is_bool else pa.float64()
        with path.open("rb") as file:
            for batch in _reader(path, file, columns, form, types):
                if last is not None:
                    yield pa.Table.from_batches([last]), size if file.closed else file.tell()
                last = batch
    except (pa.ArrowException, UnicodeError, OSError) as error:
        raise InputError(_fault(path, form, names, error)) from None
    if last is not None:
        if fault := csv_file.unended(path, form, last):
            raise InputError(fault)
        yield pa.Table.from_batches([last]), size


def _reader(
    path: Path, file: BinaryIO, columns: Columns, form: Format, types: dict[str, pa.DataType]
) -> csv.CSVStreamingReader:
    names = csv_file.header(path, form)
    options = form.convert_options(types)
    options.include_columns = columns.features
    is_zipped = path.name.endswith(".gz")
    return csv.open_csv(
        pa.CompressedInputStream(file, "gzip") if is_zipped else file,
        parse_options=form.parse_options,
        convert_options=options,
        read_options=form.read_options(names, BATCH_BYTES, threads=False),
    )


def _fault(path: Path, form: Format, names: list[str], error: Exception) -> str:
    """Return a sentence on the first row at fault."""
    found = VALUE.search(str(error))
    if found is None:
        return csv_faults.find(path, form) or f"{path}: {error}."
    place, value = int(found[1]), found[2]
    row = csv_faults.first_row(path, form, place, value)
    return f"{path}, row {row}: column '{names[place]}' should hold a number; it holds '{value}'."


def _check_names(path: Path, names: list[str], columns: Columns, found: Drift) -> None:
    there, wanted = set(names), set(columns.features)
    if lacking := next((name for name in columns.features if name not in there), None):
        others = [name for name in names if name not in wanted]
        raise InputError(f"{path}: {missing(lacking, others or names)}")
    known = {*columns.features, columns.target}
    found.extra = [name for name in names if name not in known]


def predict(
    path: Path, model: Model, form: Format, found: Drift, say: Say
) -> Iterator[pd.DataFrame]:
    """Yield tables of row, predicted, and a probability a class; one at least.

    Parameters
    ----------
    path : Path
    model : Model
    form : Format
    found : Drift
        Filled on the way.
    say : callable
        Called with the rows predicted and the bytes read, after each batch.
    """
    names = [f"probability_{label}" for label in model.classes]
    for batch in batches(path, model, form, found):
        labels, probabilities = model.predict(batch.features)
        table = pd.DataFrame(probabilities, columns=names)
        table.insert(0, "predicted", labels)
        table.insert(0, "row", range(batch.first, batch.first + len(labels)))
        yield table
        say(batch.first + len(labels), batch.position)
    if not found.rows:
        yield pd.DataFrame(columns=["row", "predicted", *names])
