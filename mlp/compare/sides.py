"""The repeated trainings of two configurations, and how their metrics changed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlp.core.files import Rows
from mlp.core.predictions import group_codes
from mlp.evaluate.statistics import repeated
from mlp.evaluate.statistics.repeated import Change, Sample
from mlp.evidence import samples
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
        return samples.are_unequal(self.new)

    def labels(self, support: int) -> list[str]:
        """Return the classes of which at least so many rows are stored."""
        actual = self.new.table["actual"]
        stored = {label: int((actual == label).sum()) for label in self.new.classes}
        return [label for label, rows in stored.items() if rows >= support]

    def of_metric(self, metric: str) -> Change:
        """Return the change of a metric: see `mlp.evidence.samples.of_metric`."""
        old, new = (samples.of_metric(side, metric) for side in (self.old, self.new))
        return repeated.change(old, new, self._units)

    def of_class(self, label: str) -> Change:
        """Return the change of the recall of a class."""
        rows = np.flatnonzero(self.new.table["actual"] == label)
        old, new = (
            Sample(
                side.classes[label]["recall"],
                float(side.classes[label]["spread"]),
                side.table["accuracy"][rows],
                self.new.classes[label]["support"],
            )
            for side in (self.old, self.new)
        )
        units = (
            None if self._units is None else np.unique(self._units[rows], return_inverse=True)[1]
        )
        return repeated.change(old, new, units)

    @cached_property
    def _units(self) -> Rows | None:
        return group_codes(self.new.table)
