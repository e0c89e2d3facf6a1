"""Fold rows for cross-validation."""

import warnings
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from mlp.core import task
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError

Part: TypeAlias = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def repeated(dataset: Dataset, folds: int, repeats: int, seed: int) -> list[Part]:
    """Return `folded` rows repeatedly, shuffled anew each time: seed, seed + 1 and so on."""
    return [part for i in range(repeats) for part in folded(dataset, folds, seed + i)]


def folded(dataset: Dataset, folds: int, seed: int) -> list[Part]:
    """Return, for each fold, the positions of the rows outside it and of those inside.

    Each class is spread evenly over the folds, as nearly as groups, which stay whole, allow. The
    rows of a regression are shuffled.

    Raises
    ------
    InputError
        If there are fewer groups than folds.
    """
    target, groups = dataset.target, dataset.groups
    if groups is not None and (count := len(set(groups))) < folds:
        raise InputError(
            f"split.group has {count} groups, fewer than {folds} folds; lower search.cv or "
            "crossval.folds."
        )
    part = task.part("mlp.training", dataset.task)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The least populated class")
        splitter = part.splitter(folds, seed, grouped=groups is not None)
        return list(splitter.split(target, target, groups))
