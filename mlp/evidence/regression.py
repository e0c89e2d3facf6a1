"""Evidence of networks that predict numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlp.core import residuals
from mlp.core.files import Arrays, Floats, Rows, Target
from mlp.evidence.layout.regression import FLOOR, METRICS
from mlp.evidence.run import Run
from mlp.fits.fold_fit import FoldFit

LOSSES: tuple[str, ...] = ()
NOISE = "of the targets to learn from are replaced by that of a random row"


def floor(target: Floats) -> dict[str, float]:
    """Return, by its name, what knows no feature: the mean."""
    return {FLOOR: float(target.mean())}


def strata(target: Floats) -> Rows:
    """Return 0 for each row: numbers have no classes."""
    return np.zeros(len(target), dtype=np.int64)


def predictions(rows: Rows, actual: Target, fit: FoldFit) -> Arrays:
    """Return the table of a fit's predictions: see `mlp.core.residuals.predictions`."""
    return residuals.predictions(rows, actual, fit.outputs[:, 0])


def by_row(runs: Sequence[Run], actual: Target) -> dict[str, Floats]:
    """Return each row's part of each metric in each run, shape (runs, rows).

    The mean over the rows is the metric: see `mlp.core.residuals.parts`.
    """
    found = [residuals.parts(actual, run.predicted) for run in runs]
    return {name: np.array([parts[name] for parts in found]) for name in METRICS}


def classes(
    _values: dict[str, Floats], _actual: Target, _units: Rows | None
) -> dict[str, dict[str, Any]]:
    """Return nothing: numbers have no classes."""
    return {}
