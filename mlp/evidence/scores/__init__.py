"""Score out-of-fold predictions: what gate/oof/NAME.json holds."""

from typing import TYPE_CHECKING

from mlp.core import residuals, task

if TYPE_CHECKING:
    import pandas as pd


def of(table: "pd.DataFrame") -> dict[str, float]:
    """Return the scores of out-of-fold predictions.

    Parameters
    ----------
    table : DataFrame
        One row a row of the dataset: see `mlp.evidence.out_of_fold.predictions`.
    """
    scores: dict[str, float] = task.part("mlp.evidence.scores", residuals.task(table)).of(table)
    return scores
