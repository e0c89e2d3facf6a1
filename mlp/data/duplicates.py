"""Count rows that repeat others, and rows that contradict others."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

PRIME = np.uint64(0x9E3779B97F4A7C15)  # spreads bits: Fibonacci hashing, Knuth TAOCP 3, 6.4
Hashes = npt.NDArray[np.uint64]


def row_hashes(columns: Mapping[str, pa.ChunkedArray]) -> Hashes:
    """Return a hash of every row, shape (rows,): equal rows have equal hashes.

    The probability that any two unequal rows of a million share a hash is 3e-8.
    """
    rows = len(next(iter(columns.values())))
    hashes = np.zeros(rows, dtype=np.uint64)
    for column in columns.values():
        hashes = hashes * PRIME ^ _hashes(column)
        hashes ^= hashes >> np.uint64(32)
    return hashes


def repeated(hashes: Hashes, label_hashes: Hashes) -> tuple[int, int]:
    """Return how many rows repeat an earlier one, label included, and how many contradict another.

    Parameters
    ----------
    hashes : ndarray of uint64, shape (rows,)
        Of the features.
    label_hashes : ndarray of uint64, shape (rows,)
        Of the labels. Rows contradict each other if their features are equal and their labels
        differ.
    """
    same = pd.Series(hashes).duplicated(keep=False).to_numpy()
    table = pd.DataFrame({"features": hashes[same], "label": label_hashes[same]})
    labels = table.groupby("features")["label"].transform("nunique")
    return int(table.duplicated().sum()), int((labels > 1).sum())


def across(train: Hashes, test: Hashes) -> int:
    """Return how many test rows equal a train row, by their hashes."""
    return int(np.isin(test, train).sum())


def warnings(rows: int, contradicting: int) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence if rows contradict each other."""
    if contradicting:
        sentence = (
            f"{contradicting} of {rows} rows ({contradicting / rows:.1%}) have the same features "
            "as another row but a different label; no network can be right on all of them."
        )
        yield "contradictions", sentence


def _hashes(column: pa.ChunkedArray) -> Hashes:
    if pa.types.is_floating(column.type):
        values = column.to_numpy() + 0.0  # so that -0 is 0
        values[np.isnan(values)] = np.nan
        return _hashed(values)
    codes = column.fill_null("").combine_chunks().dictionary_encode()
    words = _hashed(codes.dictionary.to_numpy(zero_copy_only=False).astype(object))
    hashes: Hashes = words[codes.indices.to_numpy()]
    return hashes


def _hashed(values: npt.NDArray[np.generic]) -> Hashes:
    hashes: Hashes = pd.util.hash_array(values, categorize=False)
    return hashes
