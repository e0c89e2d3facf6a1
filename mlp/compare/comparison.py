"""Compare two networks by their predictions of the same rows."""

from typing import Protocol

import pandas as pd

from mlp.compare import matching
from mlp.compare.metrics import MetricChange
from mlp.core import residuals, task

EVIDENCE = {"test": "predictions of the test split", "oof": "out-of-fold predictions"}
ROWS = {"test": "test rows", "oof": "out-of-fold rows"}


class Comparison(Protocol):
    """The attributes that the comparisons of both tasks share.

    See `mlp.compare.classification.LabelComparison` and `mlp.compare.regression.NumberComparison`.
    """

    @property
    def task(self) -> str: ...
    @property
    def rows(self) -> int: ...
    @property
    def metrics(self) -> list[MetricChange]: ...
    @property
    def verdict(self) -> str: ...


def why_not_comparable(old: pd.DataFrame, new: pd.DataFrame) -> str | None:
    """Return in words how the rows of two tables of predictions differ, None if they do not."""
    found = matching.mismatch(old, new)
    return found.why if found else None


def compare(old: pd.DataFrame, new: pd.DataFrame) -> Comparison:
    """Compare predictions of the same rows, in the same order: see `why_not_comparable`.

    Parameters
    ----------
    old, new : DataFrame
        See `mlp.core.predictions.predictions` and `mlp.core.residuals.predictions`; old ones of
        labels may lack log_loss and brier_score.
    """
    found: Comparison = task.part("mlp.compare", residuals.task(new)).compare(old, new)
    return found
