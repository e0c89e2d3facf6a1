"""Tables and numbers as files: equal content gives equal bytes, and NaN is never written.

A dataset is one table: the feature columns, then the target as the last column, and an index
named ``row`` that is the row's number in the source.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pandas as pd

DECIMALS = 6

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.object_]


def read_dataset(path: Path) -> tuple[Floats, Labels, pd.Index]:
    """Read a dataset's features, labels and row numbers.

    Returns
    -------
    features : ndarray of float64, shape (rows, features)
    labels : ndarray of str objects, shape (rows,)
    rows : Index of int, shape (rows,)
    """
    table = pd.read_parquet(path)
    labels = table.iloc[:, -1].to_numpy(dtype=object)
    return table.iloc[:, :-1].to_numpy(dtype=np.float64), labels, table.index


def write_dataset(table: pd.DataFrame, path: Path) -> None:
    """Write a dataset as Parquet, with its index."""
    table.to_parquet(path, index=True)


def read_csv(path: Path | BinaryIO, texts: Sequence[str] = ()) -> pd.DataFrame:
    """Read a table; the columns in ``texts`` hold labels, where NA and 01 stay as written."""
    kinds = dict.fromkeys(texts, str)
    return pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=[""])


def write_csv(table: pd.DataFrame, path: Path, decimals: int = DECIMALS) -> None:
    """Write a table as CSV without its index: floats to fixed decimals, not finite ones empty."""
    finite = table.replace([np.inf, -np.inf], np.nan)
    finite.to_csv(path, index=False, float_format=f"%.{decimals}f", lineterminator="\n")


def write_json(content: dict[str, Any], path: Path) -> None:
    """Write numbers and texts as JSON, in the order given; ValueError if a number is not finite."""
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def rounded(value: Any) -> Any:
    """Return nested metrics with floats rounded to 6 decimals, None for one that is not finite."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, float):
        return round(value, DECIMALS) if math.isfinite(value) else None
    return value
