"""Tables and numbers as files: equal content gives equal bytes, and NaN is never written."""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import numpy as np
import numpy.typing as npt
import pandas as pd

DECIMALS = 6

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


def read_json(path: Path) -> Any:
    """Read what `write_json` wrote."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(content: dict[str, Any], path: Path) -> None:
    """Write numbers and texts as JSON, in the order given; ValueError if a number is not finite."""
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def rounded(value: Any) -> Any:
    """Return nested metrics with floats rounded to 6 decimals, None for one that is not finite."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    if isinstance(value, float):
        return round(value, DECIMALS) if math.isfinite(value) else None
    return value
