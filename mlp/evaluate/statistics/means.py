"""The mean of a score over rows, with an interval that holds where a few rows decide it."""

import numpy as np

from mlp.core.files import Floats, Rows
from mlp.evaluate.statistics import estimate

LIMITS = {"brier_score": 2.0, "log_loss": float(-np.log(np.finfo(np.float64).eps))}


def interval(name: str, scores: Floats, groups: Rows | None = None) -> tuple[float, float]:
    """Return the 95 % interval of the mean score, by Student's t; NaN twice below two rows.

    Scores are skewed: most rows cost nearly nothing, and few cost much. A sample that has none of
    the latter would claim too much, so there is one more of these than seen, and one more that
    costs nothing. That is what Agresti and Coull do with a share of rows.

    Parameters
    ----------
    name : str
        brier_score or log_loss.
    scores : ndarray of float64, shape (rows,)
    groups : ndarray of int64, shape (rows,), optional
        The number of each row's group, from 0.

    Notes
    -----
    Agresti and Coull (1998), doi:10.1080/00031305.1998.10480550.
    """
    low, high = estimate.of_mean(scores, (0.0, worst(name, scores)), groups).interval()
    return max(low, 0.0), min(high, LIMITS[name])


def worst(name: str, *scores: Floats) -> float:
    """Return what a wrong row may cost.

    The Brier score has a limit. The log loss of a row in the middle, were it wrong, is the log of
    the probability that it leaves to other labels; it is that, or the largest loss seen.
    """
    if name == "brier_score":
        return LIMITS[name]
    together = np.concatenate(scores)
    left = -np.expm1(-np.median(together))
    wrong = -np.log(left) if left > 0 else LIMITS[name]
    return float(min(max(wrong, together.max()), LIMITS[name]))


def flip(name: str, *scores: Floats) -> float:
    """Return the change of a row that goes from right to wrong: half of the worst.

    Few rows change by as much as there can be. Simulations in the tests show that half is enough.
    """
    return worst(name, *scores) / 2
