"""One of several trainings of a configuration."""

from dataclasses import dataclass

from mlp.core.files import Floats, Target


@dataclass(frozen=True)
class Run:
    """One training of a configuration, and its predictions of the judged rows.

    Attributes
    ----------
    predicted : ndarray of str objects or of float64, shape (rows,)
    losses : dict of ndarray of float64, shape (rows,)
        Of labels, log_loss and brier_score: see `mlp.core.predictions`. NaN where weights are not
        finite.
    n_iter : int
        Epochs (sgd, adam) or iterations (lbfgs); with folds, the most of any.
    converged : bool
        Whether every training stopped by itself, before max_iter.
    """

    predicted: Target
    losses: dict[str, Floats]
    n_iter: int
    converged: bool
