"""Decide whether a network learns from a sparse matrix, which stores no zeros of one-hot inputs.

It takes less memory, and less time the more inputs there are. Sums over fewer terms round
differently, so results with the two kinds of matrix are equal to rounding, not byte by byte. The
line search of lbfgs amplifies rounding: its results differ by as much as it is unconverged.
"""

from typing import Any

from mlp.core.dataset import Dataset

LEAST = 500  # inputs; below, a dense matrix is as fast
SHARE = 0.1  # of the inputs of a row that are not zero, at most


def is_sparse(dataset: Dataset) -> bool:
    """Return whether there are at least 500 inputs, of which a row sets at most a tenth.

    A row sets its numbers, and an input for each text.
    """
    if not dataset.columns.texts:
        return False
    inputs = len(dataset.columns.numbers) + _categories(dataset)
    return inputs >= LEAST and len(dataset.columns.features) <= SHARE * inputs


def _categories(dataset: Dataset) -> int:
    """Return the inputs that the texts become."""
    most = dataset.columns.max_categories
    frame: Any = dataset.features
    counts = [int(frame[name].nunique()) for name in dataset.columns.texts]
    return sum(count if most is None else min(count, most) for count in counts)
