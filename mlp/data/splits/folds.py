"""Refuse folds that the rows do not allow, before any result of theirs is replaced.

The stages search, crossval and repeat, which fold the rows, would refuse them too, but DVC deletes
their outputs first.
"""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from mlp.core import params_file, task
from mlp.core.dataset_file import as_groups, as_target
from mlp.core.errors import InputError, counted
from mlp.core.files import Labels
from mlp.data.splits.split_column import Positions


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

    @classmethod
    def asked(cls, params: Path, *, is_searched: bool) -> "Folds":
        """Return how many params.yaml asks for; is_searched tells whether a search runs."""
        search, crossval = params_file.values(params, "search.cv", "crossval.folds")
        return cls(search if is_searched else None, crossval)

    def check(
        self, target: pa.ChunkedArray, group: pa.ChunkedArray | None, train: Positions
    ) -> None:
        """Raise InputError if a class, a group or a row is lacking for some fold.

        Parameters
        ----------
        target : ChunkedArray
        group : ChunkedArray or None
            The group of each row.
        train : ndarray of int64
            The positions of the rows in the train split.
        """
        values = as_target(target)
        limits = task.part("mlp.core.fold_limits", task.of(values))
        groups = None if group is None else as_groups(group)
        if self.search is not None:
            limits.check_search(values[train], self.search)
            if groups is not None:
                _check_groups("search.cv", self.search, "the train split", groups[train])
        limits.check_crossval(values, self.crossval)
        if groups is not None:
            _check_groups("crossval.folds", self.crossval, "the dataset", groups)


def _check_groups(key: str, folds: int, place: str, groups: Labels) -> None:
    number = len(set(groups))
    if number < folds:
        raise InputError(
            f"{key} is {folds}, but {place} has {counted(number, 'group')} (split.group); "
            f"lower {key}."
        )
