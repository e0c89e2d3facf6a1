"""Learn from parts of the rows: each holds the smaller ones, whole groups and all classes."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from mlp.core import task
from mlp.core.dataset import Dataset
from mlp.core.files import Rows
from mlp.evidence.plan import Plan
from mlp.evidence.runs import UntrainableError
from mlp.training.folds import Part

LEAST = 10  # rows of a part
EACH = 2  # rows of a part for each class


def of(plan: Plan, share: float) -> Plan:
    """Return the plan of networks that learn from a share of the rows, judged by the same rows.

    The seed draws the rows, or the groups. Without groups, a part has its share of each class,
    rounded up, so that it has all classes if it has so many rows. Of groups, it has its share,
    rounded down.

    Parameters
    ----------
    plan : Plan
    share : float
        Above 0, at most 1. The part of a smaller share is inside that of a larger one.
    """
    return replace(plan, parts=partial(_parts, plan, share))


def _parts(plan: Plan, share: float, seed: int) -> list[Part]:
    return [
        (_drawn(plan.dataset, others, share, np.random.default_rng(seed)), fold)
        for others, fold in plan.parts(seed)
    ]


def _drawn(dataset: Dataset, rows: Rows, share: float, rng: np.random.Generator) -> Rows:
    """Return some of the rows, in their order."""
    if dataset.groups is not None:
        groups = np.unique(dataset.groups[rows], return_inverse=True)[1]
        count = int(groups.max()) + 1
        drawn = rng.permutation(count)[: int(share * count)]
        return rows[np.isin(groups, drawn)]
    shuffled = rng.permutation(rows)
    classes = task.part("mlp.evidence", dataset.task).strata(dataset.target[shuffled])
    places = np.argsort(_quantiles(classes), kind="stable")[: round(share * len(rows))]
    return np.sort(shuffled[places])


def _quantiles(classes: Rows) -> np.ndarray:
    """Return which share of its class stands before each row.

    >>> _quantiles(np.array([0, 1, 0, 0, 1, 0])).tolist()
    [0.0, 0.0, 0.25, 0.5, 0.5, 0.75]
    """
    sizes = np.bincount(classes)
    before = np.empty(len(classes))
    before[np.argsort(classes, kind="stable")] = np.concatenate([np.arange(size) for size in sizes])
    shares: np.ndarray = before / sizes[classes]
    return shares


def rows(plan: Plan, seeds: Sequence[int]) -> int:
    """Return how many rows a network learns from: the mean over seeds and folds, rounded."""
    sizes = [len(others) for seed in seeds for others, _ in plan.parts(seed)]
    return round(float(np.mean(sizes)))


def check(part: Plan, whole: Plan, seeds: Sequence[int]) -> None:
    """Raise UntrainableError if a part is too small to learn from."""
    classes = task.part("mlp.evidence", whole.dataset.task).strata(whole.dataset.target)
    for seed in seeds:
        for (some, _), (everything, _) in zip(part.parts(seed), whole.parts(seed), strict=True):
            kinds = len(np.unique(classes[everything]))
            if len(some) < (least := max(LEAST, EACH * kinds)):
                raise UntrainableError(f"fewer than {least} rows")
            if len(np.unique(classes[some])) < kinds:
                raise UntrainableError("a class is missing")
