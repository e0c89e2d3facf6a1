"""Check, describe and split a target of numbers."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError
from mlp.core.files import Floats
from mlp.data import numbers
from mlp.data.columns import Features

IS_TEXT = False  # a CSV file's column is read as numbers, if it holds numbers
FEW, MANY = 10, 100  # distinct whole numbers, and rows, from which the numbers may be classes
BINS = 10  # quantile bins of split.stratify
FIT = 1 - 1e-9  # correlation from which a column gives the target away


def target(name: str, column: pa.ChunkedArray, decimal: str) -> pa.ChunkedArray:
    """Return the target as float64; raise InputError as `mlp.data.numbers.as_floats` does."""
    return numbers.as_floats(name, column, decimal)


def described(target: pa.ChunkedArray) -> dict[str, Any]:
    """Return mean, standard deviation, range and number of distinct values."""
    values = _values(target)
    return {
        "target_values": {
            "mean": _short(values.mean()),
            "deviation": _short(values.std()),
            "low": _short(values.min()),
            "high": _short(values.max()),
            "distinct": len(np.unique(values)),
        }
    }


def warnings(
    name: str, target: pa.ChunkedArray, features: Features, _contradicting: int
) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence for each oddity of the numbers.

    Rows with the same features and another number are no oddity: a measurement has noise.
    """
    values = _values(target)
    distinct = np.unique(values)
    is_whole = bool((distinct == np.floor(distinct)).all())
    if is_whole and len(distinct) <= FEW and len(values) >= MANY:
        yield "few_values", _few(name, len(distinct))
    leaking = [f"'{key}'" for key, column in features.numbers.items() if _gives(column, values)]
    if leaking:
        yield "leak", _leak(name, ", ".join(leaking))


def strata(target: pa.ChunkedArray) -> npt.NDArray[Any]:
    """Return the quantile bin of every row, of which each part of a split gets its share.

    There are ten bins, or fewer where a bin would have fewer than two rows.
    """
    values = _values(target)
    for bins in range(min(BINS, len(values) // 2), 1, -1):
        edges = np.quantile(values, np.arange(1, bins) / bins)
        places: npt.NDArray[Any] = np.searchsorted(edges, values, side="right")
        if (np.unique(places, return_counts=True)[1] > 1).all():
            return places
    return np.zeros(len(values), dtype=np.int64)


def check_train(target: pa.ChunkedArray, test_size: float) -> None:
    """Raise InputError if all numbers of the train split are equal."""
    if len(pc.unique(target)) == 1:
        size = f"split.test_size is {test_size}"
        raise InputError(f"{size}: the train split holds the same number in every row.")


def split_warnings(train: pa.ChunkedArray, test: pa.ChunkedArray) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence if many test rows lie outside the range of the train rows."""
    known, new = _values(train), _values(test)
    outside = int(((new < known.min()) | (new > known.max())).sum())
    if outside > max(1, len(new) // BINS):
        yield "outside_train", _outside(outside, len(new))


def _few(name: str, count: int) -> str:
    return (
        f"'{name}' holds {count} distinct whole numbers; if they name classes, set load.task to "
        "classification."
    )


def _leak(name: str, columns: str) -> str:
    return (
        f"leak? '{name}' is a straight line of {columns} in every row; add it to load.drop if it "
        "is not known at the time of prediction."
    )


def _outside(outside: int, rows: int) -> str:
    return (
        f"the target lies outside the range of the train split in {outside} of {rows} test rows; "
        "split.stratify gives each part its share of every range, where there is no split.time."
    )


def _gives(column: pa.ChunkedArray, target: Floats) -> bool:
    """Return whether the target follows from a column by a straight line."""
    if column.null_count:
        return False
    values = column.to_numpy().astype(np.float64)
    values, target = values - values.mean(), target - target.mean()
    size = float(np.sqrt((values**2).sum() * (target**2).sum()))
    return size > 0 and abs(float((values * target).sum())) >= FIT * size


def _values(target: pa.ChunkedArray) -> Floats:
    values: Floats = target.to_numpy()
    return values


def _short(value: float) -> float:
    return float(f"{value:.12g}")
