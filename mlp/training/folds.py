"""Fold rows for cross-validation."""

import warnings
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError

Part: TypeAlias = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def repeated(dataset: Dataset, folds: int, repeats: int, seed: int) -> list[Part]:
    """Return `stratified` folds repeatedly, shuffled anew each time: seed, seed + 1 and so on."""
    return [part for i in range(repeats) for part in stratified(dataset, folds, seed + i)]


def stratified(dataset: Dataset, folds: int, seed: int) -> list[Part]:
    """Return, for each fold, the positions of the rows outside it and of those inside.

    Each class is spread evenly over the folds, as nearly as groups, which stay whole, allow.

    Raises
    ------
    InputError
        If there are fewer groups than folds.
    """
    labels, groups = dataset.target, dataset.groups
    if groups is not None and (count := len(set(groups))) < folds:
        raise InputError(
            f"split.group has {count} groups, fewer than {folds} folds; lower search.cv or "
            "crossval.folds."
        )
    kind = StratifiedKFold if groups is None else StratifiedGroupKFold
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The least populated class")
        splitter = kind(folds, shuffle=True, random_state=seed)
        return list(splitter.split(labels, labels, groups))
