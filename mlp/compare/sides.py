"""The repeated trainings of two configurations, and how their metrics changed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlp.core.files import Floats, Rows
from mlp.core.predictions import group_codes
from mlp.evaluate.statistics import balanced, repeated
from mlp.evaluate.statistics.repeated import Change, Sample
from mlp.evidence import recalls
from mlp.evidence.averages import Averages


@dataclass(frozen=True)
class Sides:
    """The repeated trainings of two configurations, on the same rows."""

    old: Averages
    new: Averages

    def why_not_comparable(self) -> str | None:
        """Return how the rows of both differ, None if they do not."""
        if self.old.task != self.new.task:
            return f"the task is another: {self.old.task} before, {self.new.task} now"
        pair = [side.table for side in (self.old, self.new)]
        if self.old.rows != self.new.rows or any(
            len(pair[0][name]) != len(pair[1][name]) or (pair[0][name] != pair[1][name]).any()
            for name in ("row", "actual")
        ):
            return "the repeated trainings are judged by other rows"
        return None

    def is_unchanged(self) -> bool:
        """Return whether both sides have the same scores in every training and row."""
        return all(
            np.array_equal(self.old.scores[name], self.new.scores[name])
            and np.array_equal(self.old.table[name], self.new.table[name])
            for name in self.new.scores
        )

    def are_unequal(self) -> bool:
        """Return whether the classes are so unequal that balanced accuracy is declared."""
        support = [entry["support"] for entry in self.new.classes.values()]
        return balanced.are_unequal(np.array(support))

    def labels(self, support: int) -> list[str]:
        """Return the classes of which at least so many rows are stored."""
        actual = self.new.table["actual"]
        stored = {label: int((actual == label).sum()) for label in self.new.classes}
        return [label for label, rows in stored.items() if rows >= support]

    def of_metric(self, metric: str) -> Change:
        """Return the change of a metric; that of balanced accuracy by the recall of each class."""
        if metric == balanced.NAME:
            samples = [recalls.balanced(side) for side in (self.old, self.new)]
            return repeated.change(samples[0], samples[1], self._units)
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
