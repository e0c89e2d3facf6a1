"""Compare two configurations by their repeated trainings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlp.compare.sides import Sides
from mlp.compare.verdicts import LEVEL, verdict
from mlp.core import task
from mlp.evaluate.statistics.repeated import Change


@dataclass(frozen=True)
class Configuration:
    """The differences between two configurations.

    Attributes
    ----------
    trainings : int, int
        Their numbers, before and now.
    metrics : list of dict
        metric, old and new (means over the trainings), difference, low and high (its 95 %
        interval) and verdict.
    is_unchanged : bool
        Whether every training is as before.
    notes : list of str
        Trainings that did not converge.
    detectable : float or None
        The drop of accuracy, or the rise of the RMSE, that the two-sided test at 5 % detects with
        80 % power; None where it changed significantly.
    task : str
        classification or regression.
    """

    trainings: tuple[int, int]
    metrics: list[dict[str, Any]]
    is_unchanged: bool
    notes: list[str]
    detectable: float | None
    task: str


def compare(sides: Sides, name: str, since: str) -> Configuration:
    """Compare two configurations, two-sided.

    Parameters
    ----------
    sides : Sides
    name, since : str
        Of the network, and of the earlier revision.
    """
    part = task.part("mlp.compare", sides.new.task)
    return Configuration(
        (len(sides.old.converged), len(sides.new.converged)),
        [
            _row(metric, sides.of_metric(metric), better)
            for metric, better in part.judged(sides).items()
        ],
        sides.is_unchanged(),
        list(unconverged(sides, name, since)),
        sides.of_metric(part.LEAD).detectable(LEVEL / 2),
        sides.new.task,
    )


def sentence(found: Configuration) -> str:
    """Return the comparison in words."""
    old, new = found.trainings
    judged = "; ".join(f"{row['metric']} {row['verdict']}" for row in found.metrics)
    words = f"By {old} + {new} trainings: {judged}."
    if found.is_unchanged:
        words = f"unchanged: all {new} trainings are as before."
    if found.detectable is None:
        return words
    could: str = task.part("mlp.compare", found.task).least(found.detectable)
    return f"{words} {could} would be seen (two-sided t test at level {LEVEL:g}, 80 % power)."


def unconverged(sides: Sides, name: str, since: str) -> Iterator[str]:
    """Yield a sentence for each side on which training stopped before it converged."""
    for side, when in ((sides.old, f" at {since}"), (sides.new, "")):
        yield from side.unconverged(f"{name}{when}")


def _row(metric: str, change: Change, better: str) -> dict[str, Any]:
    sides = {"old": change.old, "new": change.new, "difference": change.difference}
    row: dict[str, Any] = {"metric": metric, **sides}
    if not np.isfinite(change.difference):
        return row | {"low": np.nan, "high": np.nan, "verdict": "not comparable"}
    low, high = change.interval()
    gain = change.difference if better == "higher" else -change.difference
    p_value = 2 * min(change.p_value(1), change.p_value(-1))
    return row | {"low": low, "high": high, "verdict": verdict(p_value, gain)}
