"""Compare two configurations by their repeated trainings."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from mlp.compare.metrics import METRICS
from mlp.compare.verdicts import LEVEL, verdict
from mlp.core.files import Floats, Rows
from mlp.core.predictions import group_codes
from mlp.evaluate.statistics import repeated, wording
from mlp.evaluate.statistics.repeated import Change, Sample
from mlp.evidence.averages import Averages


@dataclass(frozen=True)
class Sides:
    """The repeated trainings of two configurations, on the same rows."""

    old: Averages
    new: Averages

    def why_not_comparable(self) -> str | None:
        """Return how the rows of both differ, None if they do not."""
        pair = [side.table for side in (self.old, self.new)]
        if self.old.rows != self.new.rows or any(
            len(pair[0][name]) != len(pair[1][name]) or (pair[0][name] != pair[1][name]).any()
            for name in ("row", "actual")
        ):
            return "the repeated trainings are judged by other rows"
        return None

    def is_unchanged(self) -> bool:
        """Return whether every training is as before, as far as git stores it."""
        return all(
            np.array_equal(self.old.scores[name], self.new.scores[name])
            and np.array_equal(self.old.table[name], self.new.table[name])
            for name in METRICS
        )

    def of_metric(self, metric: str) -> Change:
        """Return the change of a metric."""
        return self._change(
            [side.scores[metric] for side in (self.old, self.new)],
            [side.spread[metric] for side in (self.old, self.new)],
            metric,
            np.arange(len(self.new.table["row"])),
            self.new.rows,
        )

    def of_class(self, label: str) -> Change:
        """Return the change of the recall of a class."""
        pair = [side.classes[label] for side in (self.old, self.new)]
        return self._change(
            [entry["recall"] for entry in pair],
            [float(entry["spread"]) for entry in pair],
            "accuracy",
            np.flatnonzero(self.new.table["actual"] == label),
            pair[1]["support"],
        )

    def _change(
        self, means: list[Floats], spreads: list[float], column: str, rows: Rows, number: int
    ) -> Change:
        values = [side.table[column][rows] for side in (self.old, self.new)]
        samples = [
            Sample(mean, spread, value, number)
            for mean, spread, value in zip(means, spreads, values, strict=True)
        ]
        units = (
            None if self._units is None else np.unique(self._units[rows], return_inverse=True)[1]
        )
        return repeated.change(samples[0], samples[1], units)

    @cached_property
    def _units(self) -> Rows | None:
        return group_codes(self.new.table)


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
        The drop of accuracy that the two-sided test at 5 % detects with 80 % power; None where the
        accuracy changed significantly.
    """

    trainings: tuple[int, int]
    metrics: list[dict[str, Any]]
    is_unchanged: bool
    notes: list[str]
    detectable: float | None


def compare(sides: Sides, name: str, since: str) -> Configuration:
    """Compare two configurations, two-sided.

    Parameters
    ----------
    sides : Sides
    name, since : str
        Of the network, and of the earlier revision.
    """
    return Configuration(
        (len(sides.old.converged), len(sides.new.converged)),
        [_row(metric, sides.of_metric(metric), better) for metric, better in METRICS.items()],
        sides.is_unchanged(),
        list(unconverged(sides, name, since)),
        sides.of_metric("accuracy").detectable(LEVEL / 2),
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
    could = f"A drop of accuracy by {wording.points(found.detectable)} would be seen"
    return f"{words} {could} (two-sided t test at level {LEVEL:g}, 80 % power)."


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
