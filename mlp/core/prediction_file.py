"""Read the tables of predictions and of row scores that git stores, and write those of all rows.

Git stores at most `mlp.core.sample.MOST_ROWS` rows of a table as CSV; DVC stores all of them.
"""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mlp.core import disk, residuals
from mlp.core.files import Arrays, read_csv
from mlp.core.predictions import GROUP
from mlp.core.residuals import METRICS
from mlp.core.task import CLASSIFICATION, REGRESSION

if TYPE_CHECKING:
    import pandas as pd

TEXTS = {CLASSIFICATION: ("actual", "predicted", "majority"), REGRESSION: ()}  # kept as written
NUMBERS = {CLASSIFICATION: (), REGRESSION: ("actual", "predicted", "residual", "mean", *METRICS)}


def parse(content: bytes) -> "pd.DataFrame":
    """Return the table of a CSV file, of labels or of numbers; labels and groups stay as written.

    Parameters
    ----------
    content : bytes
        The file.

    Raises
    ------
    ValueError
        If it is not a table, or holds a text in place of a number.
    """
    header = content.partition(b"\n")[0].decode("utf-8", "replace").split(",")
    task = residuals.task(header)
    table = read_csv(io.BytesIO(content), [*TEXTS[task], GROUP])
    return table.astype({name: float for name in NUMBERS[task] if name in table})


def write(table: Arrays, path: Path, decimals: int) -> None:
    """Write all rows as Parquet: floats to fixed decimals, null if they are not finite.

    Parameters
    ----------
    table : Arrays
        See `mlp.core.predictions.predictions` and `mlp.core.residuals.predictions`.
    path : Path
    decimals : int
        The digits after the point of floats.
    """
    import pyarrow as pa  # noqa: PLC0415 - slow, and this module is imported to read a CSV file too
    import pyarrow.parquet as pq  # noqa: PLC0415 - likewise

    columns = {}
    for name, values in table.items():
        if values.dtype.kind == "f":
            columns[name] = pa.array(values.round(decimals), mask=~np.isfinite(values))
        else:
            columns[name] = pa.array(values.tolist())
    texts = [name for name, column in columns.items() if pa.types.is_string(column.type)]
    with disk.named(path):
        pq.write_table(pa.table(columns), path, use_dictionary=texts)
