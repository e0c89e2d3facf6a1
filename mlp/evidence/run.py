"""One of several trainings of a configuration."""

from dataclasses import dataclass

from mlp.core.files import Floats, Labels


@dataclass(frozen=True)
class Run:
    """One training of a configuration, and its predictions of the judged rows.

    Attributes
    ----------
    predicted : ndarray of str objects, shape (rows,)
    log_loss, brier_score : ndarray of float64, shape (rows,)
        See `mlp.core.predictions`; NaN where weights are not finite.
    n_iter : int
        Epochs (sgd, adam) or iterations (lbfgs); with folds, the most of any.
    converged : bool
        Whether every training stopped by itself, before max_iter.
    """

    predicted: Labels
    log_loss: Floats
    brier_score: Floats
    n_iter: int
    converged: bool
