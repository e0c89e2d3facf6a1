"""Tables as CSV files: equal content gives equal bytes, and NaN is never written."""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TextIO

import numpy as np
import numpy.typing as npt

from mlp.core import disk, whole
from mlp.core.json_file import DECIMALS

if TYPE_CHECKING:
    import pandas as pd

LOSS_DECIMALS = 8  # as scikit-learn prints them
HISTORY = [("iteration", np.int64), ("loss", np.float64), ("validation_score", np.float64)]

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.object_]
Rows = npt.NDArray[np.int64]
Target = npt.NDArray[Any]  # labels as str objects, or numbers as float64
Arrays = dict[str, npt.NDArray[Any]]  # a table that takes no import of pandas


class Table(Protocol):
    """Columns of one length by name: Arrays, or a DataFrame."""

    def __getitem__(self, name: str, /) -> Any: ...

    def __contains__(self, name: Any, /) -> bool: ...

    def items(self) -> Iterable[tuple[Any, Any]]: ...


def read_csv(path: Path | BinaryIO, texts: Sequence[str] = ()) -> "pd.DataFrame":
    """Read a table; columns in ``texts`` hold labels, so NA and 01 stay as written.

    Raises
    ------
    InputError
        If the file is cut short.
    """
    import pandas as pd  # noqa: PLC0415 - takes as long as a short stage

    if isinstance(path, Path):
        whole.check(path)
    kinds = dict.fromkeys(texts, str)
    with disk.named(path):
        return pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=[""])


def read_history(path: Path) -> Arrays:
    """Read the training history that the stage train wrote; what is empty there is NaN."""
    whole.check(path)
    with disk.named(path):
        rows = np.genfromtxt(path, dtype=HISTORY, delimiter=",", skip_header=1, ndmin=1)
    return {name: rows[name] for name, _ in HISTORY}


def records(table: Arrays) -> list[dict[str, Any]]:
    """Return the rows of a table, a dict each."""
    rows = zip(*(values.tolist() for values in table.values()), strict=True)
    return [dict(zip(table, row, strict=True)) for row in rows]


def write_csv(
    table: Table, path: Path | TextIO, decimals: int = DECIMALS, *, header: bool = True
) -> None:
    """Write a table: floats to fixed decimals, empty if they are not finite."""
    columns = {name: _texts(np.asarray(values), decimals) for name, values in table.items()}
    with disk.named(path), _opened(path) if isinstance(path, Path) else nullcontext(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        if header:
            writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _texts(values: npt.NDArray[Any], decimals: int) -> Iterator[Any]:
    """Yield floats as text, and other values as they are, which the csv module writes as text."""
    for value in values.tolist():
        if not isinstance(value, float):
            yield value
        else:
            yield f"{value:.{decimals}f}" if math.isfinite(value) else ""
