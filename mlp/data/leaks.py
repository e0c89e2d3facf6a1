"""Find columns that predict the target on their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

SAMPLE = 2000  # rows that a column is tried on before all rows
FEWEST = 20  # rows below which a column may separate the classes by chance
DISTINCT = 5  # mean rows a distinct value needs before it says anything about its class


@dataclass(frozen=True)
class _Labels:
    """The labels of rows as integers, and the rows in the order of these."""

    codes: npt.NDArray[np.int64]

    @cached_property
    def order(self) -> npt.NDArray[np.int64]:
        return np.argsort(self.codes, kind="stable")

    @cached_property
    def starts(self) -> npt.NDArray[np.int64]:
        """Where each label begins in the order."""
        return np.flatnonzero(np.diff(self.codes[self.order], prepend=-1))


def find(columns: Mapping[str, pa.ChunkedArray], labels: pa.ChunkedArray) -> Iterator[str]:
    """Yield the name of every column that predicts the label of every row.

    In such a column every value has one label, and values repeat; or its numbers fall into one
    range a class, and the ranges do not overlap.
    """
    codes = pd.factorize(labels.to_numpy())[0]
    if len(codes) < FEWEST:
        return
    sample = np.unique(np.linspace(0, len(codes) - 1, SAMPLE).astype(np.int64))
    rows, few = pa.array(sample), _Labels(codes[sample])
    everything = _Labels(codes)
    for name, column in columns.items():
        if _predicts(column.take(rows), few) and _predicts(column, everything):
            yield name


def warnings(leaking: Sequence[str], target: str) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence if columns predict the target."""
    if leaking:
        names = ", ".join(f"'{name}'" for name in leaking)
        sentence = (
            f"leak? {names} alone predicts '{target}' in every row; add it to load.drop if it is "
            "not known at the time of prediction."
        )
        yield "leak", sentence


def _predicts(column: pa.ChunkedArray, labels: _Labels) -> bool:
    if len(labels.starts) == 1:
        return True  # the sample holds one class; the whole column decides
    if _decide(column, labels.codes):
        return True
    if not pa.types.is_floating(column.type) or column.null_count:
        return False
    return _has_ranges(column.to_numpy(), labels)


def _decide(column: pa.ChunkedArray, codes: npt.NDArray[np.int64]) -> bool:
    """Return whether every value, a gap among them, has one label, and values repeat."""
    values, distinct = pd.factorize(column.to_numpy())  # a gap is -1
    if (len(distinct) + bool((values < 0).any())) * DISTINCT > len(codes):
        return False
    label = np.empty(len(distinct) + 1, np.int64)
    label[values] = codes
    return bool((label[values] == codes).all())


def _has_ranges(numbers: npt.NDArray[np.floating], labels: _Labels) -> bool:
    """Return whether the numbers of each class lie in a range of their own."""
    numbers = numbers[labels.order]
    low, high = (f.reduceat(numbers, labels.starts) for f in (np.minimum, np.maximum))
    order = np.argsort(low)
    return bool((high[order][:-1] < low[order][1:]).all())
