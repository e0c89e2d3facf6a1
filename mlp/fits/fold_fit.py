"""The search's unit of work: train a network on the other folds and predict one fold with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError

if TYPE_CHECKING:
    from mlp.training.folds import Part

NO_MEMORY = "it does not fit into memory"


@dataclass(frozen=True)
class FoldFit:
    """What is kept of a network that was trained for one fold.

    Attributes
    ----------
    probabilities : ndarray of float64, shape (rows of the fold, classes)
        Of no row where the network could not be trained.
    classes : ndarray of str, shape (classes,)
        The labels of the other folds, sorted.
    n_iter : int
        Epochs (sgd, adam) or iterations (lbfgs) that were run.
    converged : bool
        Whether training stopped by itself, before max_iter.
    failure : str
        Why it could not be trained, and empty where it was.
    """

    probabilities: npt.NDArray[np.float64]
    classes: npt.NDArray[np.str_]
    n_iter: int
    converged: bool
    failure: str


def fold_fit(section: Mapping[str, Any], dataset: Dataset, part: "Part") -> FoldFit:
    """Train a network on the rows of the other folds and predict those of its own.

    A network that diverges is given up in that epoch: its failure is a result like any other.

    Parameters
    ----------
    section : mapping
        The arguments of ``MLPClassifier`` and ``scale``.
    dataset : Dataset
    part : pair of ndarray of int64
        The positions of the rows to learn from and of those to predict.
    """
    from mlp.training import network  # noqa: PLC0415 - a second, and a remembered fit does not need it

    others, fold = part
    try:
        fitted = network.fit({**section, "verbose": False}, dataset.take(others), halts=True)
    except FloatingPointError as error:
        return _failed(f"it diverged: {error}")
    except InputError as error:
        return _failed(str(error))
    except MemoryError:
        return _failed(NO_MEMORY)
    classifier = fitted.pipeline["mlp"]
    if not all(np.isfinite(w).all() for w in (*classifier.coefs_, *classifier.intercepts_)):
        return _failed(f"it diverged: a weight was not finite after epoch {classifier.n_iter_}")
    probabilities = fitted.pipeline.predict_proba(dataset.take(fold).features)
    return FoldFit(
        probabilities.astype(np.float64),
        classifier.classes_.astype(np.str_),
        int(classifier.n_iter_),
        fitted.converged,
        "",
    )


def _failed(why: str) -> FoldFit:
    return FoldFit(np.empty((0, 0)), np.empty(0, dtype=np.str_), 0, converged=False, failure=why)
