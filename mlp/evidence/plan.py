"""Which rows a configuration learns from, and which it is judged by."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from mlp.core import dataset_file, task
from mlp.core.dataset import Dataset, Features
from mlp.core.files import Labels, Rows, Target
from mlp.evidence.params import Crossval
from mlp.training.folds import Part, folded


@dataclass(frozen=True)
class Plan:
    """The rows to learn from and to judge by.

    Attributes
    ----------
    dataset : Dataset
        All of these rows; networks learn from the target that it has.
    actual : ndarray of str objects or of float64, shape (rows,)
        The target to judge by.
    judged : ndarray of int64
        The positions of the rows to judge by.
    parts : callable
        Returns for a seed the positions to learn from and to predict, once or for each fold. They
        predict each judged row once.
    """

    dataset: Dataset
    actual: Target
    judged: Rows
    parts: Callable[[int], list[Part]]

    @property
    def rows(self) -> Rows:
        """The numbers of the judged rows in the source."""
        return self.dataset.rows[self.judged]

    @property
    def target(self) -> Target:
        """The target of the judged rows."""
        return self.actual[self.judged]

    @property
    def groups(self) -> Labels | None:
        """The groups of the judged rows."""
        groups = self.dataset.groups
        return None if groups is None else groups[self.judged]


@dataclass(frozen=True)
class Files:
    """Where the rows are: the whole dataset, and its train and test split."""

    dataset: Path
    train: Path
    test: Path


def read(evidence: str, files: Files, folds: Crossval, group: str | None) -> Plan:
    """Read the rows that the evidence asks for, test or oof.

    Parameters
    ----------
    evidence : str
    files : Files
    folds : Crossval
    group : str or None
        The column that holds the groups.

    Raises
    ------
    InputError
        See `of_folds`.
    """
    if evidence == "oof":
        return of_folds(dataset_file.read(files.dataset, group), folds.folds, folds.seed)
    return of_split(dataset_file.read(files.train), dataset_file.read(files.test))


def of_split(train: Dataset, test: Dataset) -> Plan:
    """Learn from the train split, judge by the test split."""
    both = _joined(train, test)
    first = len(train.target)
    part = (np.arange(first), np.arange(first, len(both.target)))
    return Plan(both, both.target, part[1], lambda _: [part])


def of_folds(whole: Dataset, folds: int, seed: int) -> Plan:
    """Judge by all rows, each predicted by a network that learned from the other folds.

    Folds are drawn by the sum of ``seed`` and the seed of the training.

    Raises
    ------
    InputError
        If the commonest class has fewer rows than there are folds, or there are fewer rows.
    """
    task.part("mlp.core.fold_limits", whole.task).check_crossval(whole.target, folds)
    everything = np.arange(len(whole.target))
    return Plan(whole, whole.target, everything, lambda run: folded(whole, folds, seed + run))


def _joined(first: Dataset, second: Dataset) -> Dataset:
    """Return the rows of both."""
    groups = [side.groups for side in (first, second)]
    return replace(
        first,
        features=_stacked(first.features, second.features),
        target=np.concatenate([first.target, second.target]),
        rows=np.concatenate([first.rows, second.rows]),
        groups=None if any(g is None for g in groups) else np.concatenate(groups),  # type: ignore[arg-type]  # none is None
    )


def _stacked(first: Features, second: Features) -> Features:
    if isinstance(first, np.ndarray):
        return np.concatenate([first, second])
    import pandas as pd  # noqa: PLC0415 - slow, and needed for texts alone

    stacked: pd.DataFrame = pd.concat([first, second], ignore_index=True)  # type: ignore[list-item]  # both are frames
    return stacked
