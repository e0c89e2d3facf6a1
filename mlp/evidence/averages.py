"""Summarise the runs of a configuration: scores a run, and row scores averaged over the runs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlp.core.files import Arrays, Floats, Labels, Rows
from mlp.core.predictions import BY_ROW, GROUP
from mlp.evidence import row_scores, sample
from mlp.evidence.run import Run

METRICS = ("accuracy", "macro_f1", *BY_ROW)


@dataclass(frozen=True)
class Averages:
    """The runs of a configuration, small enough for git.

    Attributes
    ----------
    rows : int
        The number of rows that all scores are means over.
    scores : dict of ndarray of float64, shape (runs,)
        By metric: accuracy, macro_f1, log_loss and brier_score.
    spread : dict of float
        By metric, the standard error of one run's mean that comes from rows on which runs of the
        same configuration disagree.
    classes : dict
        By label: support, recall (a number a run) and spread, of the recall.
    n_iter : list of int
    converged : list of bool
    table : Arrays
        A row each, or those of `mlp.evidence.sample`: row, actual, group where there are groups,
        and the row's part of each metric, a mean over the runs.
    """

    rows: int
    scores: dict[str, Floats]
    spread: dict[str, float]
    classes: dict[str, dict[str, Any]]
    n_iter: list[int]
    converged: list[bool]
    table: Arrays

    def unconverged(self, name: str) -> Iterator[str]:
        """Yield a sentence if training stopped before it converged."""
        number = self.converged.count(False)
        if number:
            yield (
                f"{number} of {len(self.converged)} trainings of {name} stopped before they "
                "converged."
            )


def of(runs: Sequence[Run], rows: Rows, actual: Labels, groups: Labels | None) -> Averages:
    """Summarise runs.

    Parameters
    ----------
    runs : sequence of Run
    rows : ndarray of int64, shape (rows,)
        The row numbers in the source.
    actual : ndarray of str objects, shape (rows,)
    groups : ndarray of str objects, shape (rows,), or None
    """
    values = {name: row_scores.of(name, runs, actual) for name in METRICS}
    ended = ([run.n_iter for run in runs], [run.converged for run in runs])
    return of_values(values, ended, rows, actual, groups)


def of_values(
    values: Mapping[str, Floats],
    ended: tuple[list[int], list[bool]],
    rows: Rows,
    actual: Labels,
    groups: Labels | None,
) -> Averages:
    """Summarise runs whose scores by row are known.

    Parameters
    ----------
    values : mapping of ndarray of float64, shape (runs, rows)
        By metric: see `mlp.evidence.row_scores.of`.
    ended : list of int, list of bool
        Of each run, n_iter and converged.
    rows, actual, groups
        As of `of`.
    """
    units = None if groups is None else np.unique(groups, return_inverse=True)[1]
    shown = sample.sample(rows, groups)
    table = {"row": rows, "actual": actual, **({} if groups is None else {GROUP: groups})}
    table |= {name: scores.mean(axis=0) for name, scores in values.items()}
    return Averages(
        rows=len(rows),
        scores={name: scores.mean(axis=1) for name, scores in values.items()},
        spread={name: row_scores.spread(scores, units) for name, scores in values.items()},
        classes=_classes(values["accuracy"], actual, units),
        n_iter=ended[0],
        converged=ended[1],
        table={name: column[shown] for name, column in table.items()},
    )


def _classes(right: Floats, actual: Labels, units: Rows | None) -> dict[str, dict[str, Any]]:
    classes = {}
    for label in np.unique(actual.astype(str)).tolist():
        own = np.flatnonzero(actual == label)
        classes[label] = {
            "support": len(own),
            "recall": right[:, own].mean(axis=1),
            "spread": row_scores.spread(right[:, own], None if units is None else units[own]),
        }
    return classes
