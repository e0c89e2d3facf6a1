"""What is odd about data though nothing is wrong: leaks, and rows that are the same."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

SAMPLE = 2000  # rows that a column is tried on before all of them
FEWEST = 20  # rows below which a column can tell the classes apart by chance
DISTINCT = 5  # rows a distinct value, at least, for a value to say something of its class
PRIME = np.uint64(0x9E3779B97F4A7C15)  # spreads bits: Fibonacci hashing, Knuth TAOCP 3, 6.4
Hashes = npt.NDArray[np.uint64]


def row_hashes(columns: Mapping[str, pa.ChunkedArray]) -> Hashes:
    """Return a hash of every row, shape (rows,): equal rows have equal hashes.

    Two unequal ones of a million have the same with probability 3e-8.
    """
    rows = len(next(iter(columns.values())))
    found = np.zeros(rows, dtype=np.uint64)
    for column in columns.values():
        found = found * PRIME ^ _hashes(column)
        found ^= found >> np.uint64(32)
    return found


def repeated(hashes: Hashes, label_hashes: Hashes) -> tuple[int, int]:
    """Return how many rows repeat an earlier one, label too, and how many contradict another.

    Parameters
    ----------
    hashes : ndarray of uint64, shape (rows,)
        Of the features.
    label_hashes : ndarray of uint64, shape (rows,)
        Of the labels. Rows contradict each other that have the same features and another label.
    """
    same = pd.Series(hashes).duplicated(keep=False).to_numpy()
    table = pd.DataFrame({"features": hashes[same], "label": label_hashes[same]})
    labels = table.groupby("features")["label"].transform("nunique")
    return int(table.duplicated().sum()), int((labels > 1).sum())


def leaks(columns: Mapping[str, pa.ChunkedArray], labels: pa.ChunkedArray) -> Iterator[str]:
    """Yield every column whose values tell the label of every row.

    Such is a column of which each value, of few that occur often, has one label, and one of numbers
    in which each class has a range of its own.
    """
    codes = pd.factorize(labels.to_numpy())[0]
    if len(codes) < FEWEST:
        return
    sample = np.unique(np.linspace(0, len(codes) - 1, SAMPLE).astype(np.int64))
    for name, column in columns.items():
        if _tells(column.take(pa.array(sample)), codes[sample]) and _tells(column, codes):
            yield name


def _tells(column: pa.ChunkedArray, codes: npt.NDArray[np.int64]) -> bool:
    if len(np.unique(codes)) == 1:
        return True  # the sample holds one class; the whole column decides
    values = pd.factorize(column.to_numpy())[0]
    table = pd.DataFrame({"value": values, "code": codes})
    distinct = table["value"].nunique()
    if distinct * DISTINCT <= len(codes) and len(table.drop_duplicates()) == distinct:
        return True
    if not pa.types.is_floating(column.type) or column.null_count:
        return False
    numbers = column.to_numpy()
    order = np.argsort(numbers, kind="stable")
    changes = np.flatnonzero(np.diff(codes[order]))
    is_apart = bool((numbers[order][changes] < numbers[order][changes + 1]).all())
    return is_apart and len(changes) + 1 == len(np.unique(codes))


def _hashes(column: pa.ChunkedArray) -> Hashes:
    if pa.types.is_floating(column.type):
        values = column.to_numpy() + 0.0  # so that -0 is 0
        values[np.isnan(values)] = np.nan
        return _hashed(values)
    codes = column.fill_null("").combine_chunks().dictionary_encode()
    words = _hashed(codes.dictionary.to_numpy(zero_copy_only=False).astype(object))
    found: Hashes = words[codes.indices.to_numpy()]
    return found


def _hashed(values: npt.NDArray[np.generic]) -> Hashes:
    hashes: Hashes = pd.util.hash_array(values, categorize=False)
    return hashes


def duplicates_across(train: Hashes, test: Hashes) -> int:
    """Return how many test rows equal a train row, by their hashes."""
    return int(np.isin(test, train).sum())


def share(part: int, whole: int) -> str:
    """Return a number of rows with its share as text."""
    return f"{part} of {whole} rows ({part / whole:.1%})"


def warnings(
    rows: int, contradicting: int, leaking: list[str], target: str
) -> Iterator[tuple[str, str]]:
    """Yield what the stage load warns of."""
    if contradicting:
        yield (
            "contradictions",
            (
                f"{share(contradicting, rows)} have the features of another row and another label; "
                "no network can be right on all of them."
            ),
        )
    if leaking:
        named = ", ".join(f"'{name}'" for name in leaking)
        yield (
            "leak",
            (
                f"leak? {named} alone tells '{target}' of every row; if it is not known when a "
                "label is to be predicted, add it to load.drop."
            ),
        )


def mean(column: pa.ChunkedArray) -> float:
    """Return the mean of the values that are there."""
    return float(pc.mean(column.cast(pa.float64())).as_py())
