"""Refuse more folds than the number of rows allows."""

from mlp.core.errors import InputError
from mlp.core.files import Floats


def check_search(train: Floats, folds: int) -> None:
    """Raise InputError if there are fewer than two rows a fold, of which r2 is not defined."""
    if len(train) < 2 * folds:
        raise InputError(
            f"search.cv is {folds}, but the train split has {len(train)} rows; a fold should have "
            "two."
        )


def check_crossval(target: Floats, folds: int) -> None:
    """Raise InputError if there are fewer rows than folds."""
    if len(target) < folds:
        raise InputError(
            f"crossval.folds is {folds}, but there are {len(target)} rows; lower crossval.folds."
        )
