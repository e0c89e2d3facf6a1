"""Tables as CSV files: equal content gives equal bytes, and NaN is never written."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

import numpy as np
import numpy.typing as npt
import pandas as pd

from mlp.core.json_file import DECIMALS

LOSS_DECIMALS = 8  # as scikit-learn prints them

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.object_]


def read_csv(path: Path | BinaryIO, texts: Sequence[str] = ()) -> pd.DataFrame:
    """Read a table; columns in ``texts`` hold labels, so NA and 01 stay as written."""
    kinds = dict.fromkeys(texts, str)
    return pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=[""])


def write_csv(
    table: pd.DataFrame, path: Path | TextIO, decimals: int = DECIMALS, *, header: bool = True
) -> None:
    """Write a table without its index: floats to fixed decimals, empty if they are not finite."""
    finite = table.replace([np.inf, -np.inf], np.nan)
    style = f"%.{decimals}f"
    finite.to_csv(path, index=False, header=header, float_format=style, lineterminator="\n")
