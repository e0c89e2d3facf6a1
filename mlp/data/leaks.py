"""Find columns that predict the target on their own."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

SAMPLE = 2000  # rows that a column is tried on before all rows
FEWEST = 20  # rows below which a column may separate the classes by chance
DISTINCT = 5  # mean rows a distinct value needs before it says anything about its class


def find(columns: Mapping[str, pa.ChunkedArray], labels: pa.ChunkedArray) -> Iterator[str]:
    """Yield the name of every column that predicts the label of every row.

    In such a column every value has one label, and values repeat; or its numbers fall into one
    range a class, and the ranges do not overlap.
    """
    codes = pd.factorize(labels.to_numpy())[0]
    if len(codes) < FEWEST:
        return
    sample = np.unique(np.linspace(0, len(codes) - 1, SAMPLE).astype(np.int64))
    for name, column in columns.items():
        if _predicts(column.take(pa.array(sample)), codes[sample]) and _predicts(column, codes):
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


def _predicts(column: pa.ChunkedArray, codes: npt.NDArray[np.int64]) -> bool:
    classes = len(np.unique(codes))
    if classes == 1:
        return True  # the sample holds one class; the whole column decides
    if _decide(pd.factorize(column.to_numpy())[0], codes):
        return True
    if not pa.types.is_floating(column.type) or column.null_count:
        return False
    return _has_ranges(column.to_numpy(), codes, classes)


def _decide(values: npt.NDArray[np.int64], codes: npt.NDArray[np.int64]) -> bool:
    """Return whether every value has one label, and values repeat."""
    order = np.argsort(values, kind="stable")
    values, codes = values[order], codes[order]
    repeats = values[1:] == values[:-1]
    distinct = len(values) - np.count_nonzero(repeats)
    have_one_label = bool((codes[1:] == codes[:-1])[repeats].all())
    return have_one_label and bool(distinct * DISTINCT <= len(codes))


def _has_ranges(
    numbers: npt.NDArray[np.floating], codes: npt.NDArray[np.int64], classes: int
) -> bool:
    """Return whether the numbers of each class lie in a range of their own."""
    order = np.argsort(numbers, kind="stable")
    changes = np.flatnonzero(np.diff(codes[order]))
    is_apart = bool((numbers[order][changes] < numbers[order][changes + 1]).all())
    return is_apart and len(changes) + 1 == classes
