"""Compare results that other numeric kernels gave: within rounding, and not by bytes.

A network that is trained with other kernels has other weights in their last digits. Its metrics and
labels are compared, and nothing that holds more digits.
"""

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from mlp.core.errors import listed
from mlp.history.values import MISSING

TOLERANCE = 0.01  # of a metric, absolute or relative
MOST_ROWS = 0.02  # the share of rows that may have another label
PREDICTED = "predicted"


def difference(path: str, old: bytes, new: bytes) -> str:
    """Return how results differ beyond rounding; the empty text if they do not.

    Parameters
    ----------
    path : str
        The file: metrics as JSON, or a table with the column ``predicted``. Of any other file
        nothing is compared.
    old, new : bytes
        What is committed, and what a rebuild gave.
    """
    if path.endswith(".json"):
        return _of_numbers(json.loads(old), json.loads(new))
    return _of_rows(_table(old), _table(new)) if path.endswith(".csv") else ""


def _of_numbers(old: object, new: object) -> str:
    before, after = dict(_numbers(old)), dict(_numbers(new))
    pairs = {key: (before.get(key), after.get(key)) for key in sorted(before.keys() | after.keys())}
    far = [
        f"{key} {MISSING if was is None else was}, rebuilt {MISSING if now is None else now}"
        for key, (was, now) in pairs.items()
        if was is None or now is None or not _near(was, now)
    ]
    return listed(far, separator="; ")


def _numbers(content: object, prefix: str = "") -> Iterator[tuple[str, float]]:
    """Yield the numbers in nested values by their dotted keys; texts follow from numbers."""
    inner: Mapping[Any, Any] = {}
    if isinstance(content, int | float):
        yield prefix, content
    elif isinstance(content, Mapping):
        inner = content
    elif isinstance(content, list):
        inner = dict(enumerate(content))
    for key, value in inner.items():
        yield from _numbers(value, f"{prefix}.{key}" if prefix else str(key))


def _table(content: bytes) -> list[str] | None:
    """Return what was predicted, a text a row; None for another table."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8")))
    return [row[PREDICTED] for row in rows] if PREDICTED in (rows.fieldnames or ()) else None


def _of_rows(old: list[str] | None, new: list[str] | None) -> str:
    if old is None or new is None:
        return "" if old is new else f"only one has the column {PREDICTED}"
    others = sum(not _same(was, now) for was, now in zip_longest(old, new))
    return f"{others} of {len(old)} rows" if others > MOST_ROWS * len(old) else ""


def _same(old: str | None, new: str | None) -> bool:
    if old is None or new is None:  # a row that only one side has
        return False
    try:
        return _near(float(old), float(new))
    except ValueError:
        return old == new


def _near(old: float, new: float) -> bool:
    return math.isclose(old, new, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
