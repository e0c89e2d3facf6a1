"""Read the rows of a Parquet file."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from mlp.core.errors import InputError
from mlp.data import column_names, parquet_file
from mlp.predict.batch import Batch
from mlp.predict.drift import Drift
from mlp.predict.input_file import Input
from mlp.predict.wanted import Wanted

BATCH_ROWS = 1 << 14
BATCH_VALUES = 1 << 21


def batches(source: Input, wanted: Wanted, drift: Drift) -> Iterator[Batch]:
    """Yield the rows in order.

    Raises
    ------
    InputError
        If the file is damaged, lacks a column, has a name twice, or a text that is not UTF-8.
    """
    with parquet_file.reading(source.name), pq.ParquetFile(source.raw) as file:
        names = file.schema_arrow.names
        column_names.check_distinct(names, f"{source.name}: ")
        wanted.check(source.name, names, drift)
        columns = list(dict.fromkeys([*wanted.sources, *wanted.carried]))
        rows, first = min(BATCH_ROWS, max(1, BATCH_VALUES // (len(columns) or 1))), 0
        for batch in file.iter_batches(rows, columns=columns):
            table = pa.Table.from_batches([batch])
            parquet_file.check_texts(source.name, table, first)
            carried = [_texts(table[name], name, source.name) for name in wanted.carried]
            yield Batch(table=table, carried=carried, first=first, position=source.position)
            first += len(batch)


def _texts(column: pa.ChunkedArray, name: str, file: str) -> pa.Array:
    """Return values as Python writes them, as in a CSV file of pandas; a gap is empty."""
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        raise InputError(
            f"{file}: column '{name}' holds {column.type}, which has no place in a CSV file."
        )
    texts = ("" if value is None else str(value) for value in column.to_pylist())
    return pa.array(["" if text == "nan" else text for text in texts], pa.string())
