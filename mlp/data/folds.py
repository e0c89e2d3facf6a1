"""Refuse folds that the rows do not allow, before any result of theirs is replaced.

The stages search, crossval and repeat, which fold the rows, would refuse them too, but DVC deletes
their outputs first.
"""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from mlp.core.dataset_file import as_groups
from mlp.core.errors import InputError, counted
from mlp.data.split_column import Positions


@dataclass(frozen=True)
class Folds:
    """How many folds there will be.

    Attributes
    ----------
    search : int or None
        `search.cv`, of the train split; None if nothing is searched.
    crossval : int
        `crossval.folds`, of all rows.
    """

    search: int | None
    crossval: int

    def check(
        self, task: Any, target: pa.ChunkedArray, group: pa.ChunkedArray | None, train: Positions
    ) -> None:
        """Raise InputError if a class, a group or a row is lacking for some fold.

        Parameters
        ----------
        task : module
            `mlp.data.classification` or `mlp.data.regression`.
        target : ChunkedArray
        group : ChunkedArray or None
            The group of each row.
        train : ndarray of int64
            The positions of the rows in the train split.
        """
        rows = pa.array(train)
        if self.search is not None:
            task.check_search(target.take(rows), self.search)
            if group is not None:
                _check_groups("search.cv", self.search, "the train split", group.take(rows))
        task.check_crossval(target, self.crossval)
        if group is not None:
            _check_groups("crossval.folds", self.crossval, "the dataset", group)


def _check_groups(key: str, folds: int, place: str, group: pa.ChunkedArray) -> None:
    groups = len(set(as_groups(group)))
    if groups < folds:
        raise InputError(
            f"{key} is {folds}, but {place} has {counted(groups, 'group')} (split.group); "
            f"lower {key}."
        )
