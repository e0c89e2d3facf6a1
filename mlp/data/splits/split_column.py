"""Check the column that rows are split by."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError, counted
from mlp.data.column_names import missing

Positions: TypeAlias = npt.NDArray[np.int64]


def check_column(table: pa.Table, key: str, name: str) -> None:
    """Raise InputError unless there is such a column."""
    if name not in table.column_names:
        raise InputError(f"split.{key}: {missing(name, table.column_names)}")


def check_gaps(is_gap: pa.ChunkedArray, key: str, name: str) -> None:
    """Raise InputError on the first row without a value, if there is one."""
    if gaps := pc.sum(is_gap).as_py():
        raise InputError(
            f"column '{name}', which split.{key} names, is empty in {counted(gaps, 'row')}, first "
            f"in row {pc.index(is_gap, True).as_py()}."
        )
