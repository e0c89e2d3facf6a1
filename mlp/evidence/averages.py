"""Summarise the runs of a configuration: scores a run, and row scores averaged over the runs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlp.core import residuals, sample, task
from mlp.core.files import Arrays, Floats, Labels, Rows, Target
from mlp.core.predictions import GROUP
from mlp.evidence import row_scores
from mlp.evidence.run import Run


@dataclass(frozen=True)
class Averages:
    """The runs of a configuration, small enough for git.

    Attributes
    ----------
    rows : int
        The number of rows that all scores are means over.
    scores : dict of ndarray of float64, shape (runs,)
        By metric: accuracy, macro_f1, log_loss and brier_score, or those of
        `mlp.core.residuals.METRICS`.
    spread : dict of float
        By metric, the standard error of one run's mean that comes from rows on which runs of the
        same configuration disagree.
    classes : dict
        By label: support, recall (a number a run) and spread, of the recall; empty for numbers.
    n_iter : list of int
    converged : list of bool
    table : Arrays
        A row each, or those of `mlp.core.sample`: row, actual, group where there are groups,
        and the row's part of each metric, a mean over the runs.
    """

    rows: int
    scores: dict[str, Floats]
    spread: dict[str, float]
    classes: dict[str, dict[str, Any]]
    n_iter: list[int]
    converged: list[bool]
    table: Arrays

    @property
    def task(self) -> str:
        """The task: classification or regression."""
        return task.REGRESSION if residuals.METRICS[0] in self.scores else task.CLASSIFICATION

    def unconverged(self, name: str) -> Iterator[str]:
        """Yield a sentence if training stopped before it converged."""
        number = self.converged.count(False)
        if number:
            yield (
                f"{number} of {len(self.converged)} trainings of {name} stopped before they "
                "converged."
            )


def of(runs: Sequence[Run], rows: Rows, actual: Target, groups: Labels | None) -> Averages:
    """Summarise runs.

    Parameters
    ----------
    runs : sequence of Run
    rows : ndarray of int64, shape (rows,)
        The row numbers in the source.
    actual : ndarray of str objects or of float64, shape (rows,)
    groups : ndarray of str objects, shape (rows,), or None
    """
    values = task.part("mlp.evidence", task.of(actual)).by_row(runs, actual)
    ended = ([run.n_iter for run in runs], [run.converged for run in runs])
    return of_values(values, ended, rows, actual, groups)


def of_values(
    values: Mapping[str, Floats],
    ended: tuple[list[int], list[bool]],
    rows: Rows,
    actual: Target,
    groups: Labels | None,
) -> Averages:
    """Summarise runs whose scores by row are known.

    Parameters
    ----------
    values : mapping of ndarray of float64, shape (runs, rows)
        By metric: see `mlp.evidence.classification.by_row`.
    ended : list of int, list of bool
        Of each run, n_iter and converged.
    rows, actual, groups
        As of `of`.
    """
    units = None if groups is None else np.unique(groups, return_inverse=True)[1]
    table = {"row": rows, "actual": actual, **({} if groups is None else {GROUP: groups})}
    table |= {name: scores.mean(axis=0) for name, scores in values.items()}
    return Averages(
        rows=len(rows),
        scores={name: scores.mean(axis=1) for name, scores in values.items()},
        spread={name: row_scores.spread(scores, units) for name, scores in values.items()},
        classes=task.part("mlp.evidence", task.of(actual)).classes(values, actual, units),
        n_iter=ended[0],
        converged=ended[1],
        table=sample.of(table),
    )
