"""Refuse more folds than the rows of a class allow."""

from collections import Counter

from mlp.core import predictions
from mlp.core.errors import InputError
from mlp.core.files import Labels


def check_search(train: Labels, folds: int) -> None:
    """Raise InputError if a class of the train split has fewer rows than there are folds."""
    label, rows = Counter(train).most_common()[-1]
    if rows == 1:
        raise InputError(
            f"class {label} is rare: it has one row in the train split, and search.cv needs two at "
            "least; add rows of that class, or remove those that there are."
        )
    if rows < folds:
        raise InputError(
            f"search.cv is {folds}, but class {label} has {rows} in the train split; "
            "lower search.cv, give the class more rows, or leave it out."
        )


def check_crossval(target: Labels, folds: int) -> None:
    """Raise InputError if every class has fewer rows than there are folds."""
    label, rows = predictions.commonest(target)
    if rows < folds:
        raise InputError(
            f"crossval.folds is {folds}, but the commonest class, {label}, has {rows} rows; "
            "lower crossval.folds."
        )
