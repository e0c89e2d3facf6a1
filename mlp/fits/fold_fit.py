"""The unit of work of a search: train a network on the other folds and predict one fold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mlp.core import task
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError

if TYPE_CHECKING:
    from mlp.training.fitted import Fitted
    from mlp.training.folds import Part

NO_MEMORY = "it does not fit into memory"


@dataclass(frozen=True)
class Job:
    """A network to train for a fold.

    Attributes
    ----------
    section : mapping
        See `mlp.training.params.Network`.
    part : pair of ndarray of int64
        The positions of the rows to learn from, and of the rows to predict.
    halts : bool
        Whether to abandon a network as soon as it diverges, and return no outputs. If not, it
        predicts with what it learned, as the stage train would save it.
    """

    section: Mapping[str, Any]
    part: "Part"
    halts: bool = True


@dataclass(frozen=True)
class FoldFit:
    """The predictions of a network that was trained for one fold.

    Attributes
    ----------
    outputs : ndarray of float64, shape (rows of the fold, classes)
        The probabilities, or the predicted numbers of a regression, shape (rows of the fold, 1).
        Empty if the network could not be trained.
    classes : ndarray of str, shape (classes,)
        The labels of the other folds, sorted; none for a regression.
    n_iter : int
        Epochs (sgd, adam) or iterations (lbfgs) that were run.
    converged : bool
        Whether training stopped by itself, before max_iter.
    failure : str
        Why it could not be trained; empty if it was.
    """

    outputs: npt.NDArray[np.float64]
    classes: npt.NDArray[np.str_]
    n_iter: int
    converged: bool
    failure: str


@dataclass(frozen=True)
class Shape:
    """The rows of a fold and the labels of the others, sorted; none of a regression."""

    rows: int
    classes: Sequence[str]

    @staticmethod
    def of(dataset: Dataset, part: "Part") -> "Shape":
        """Return the shape of a fit for a part of the dataset."""
        others, fold = part
        seen = dataset.target[others]
        return Shape(len(fold), sorted(set(seen)) if seen.dtype == object else [])

    def is_of(self, fit: FoldFit) -> bool:
        """Return whether a fit has this shape, or failed."""
        if fit.failure:
            return not fit.outputs.size
        is_right = fit.outputs.shape == (self.rows, len(self.classes) or 1)
        return is_right and fit.classes.tolist() == self.classes


def fold_fit(job: Job, dataset: Dataset) -> FoldFit:
    """Train a network on the rows of the other folds and predict the rows of its fold.

    A network that cannot be trained is a result like any other: see `FoldFit.failure`.
    """
    others, fold = job.part
    return fit_and_predict(job.section, dataset.take(others), dataset.take(fold), halts=job.halts)


def fit_and_predict(
    section: Mapping[str, Any], seen: Dataset, unseen: Dataset, *, halts: bool
) -> FoldFit:
    """Train a network on the rows seen and predict the rows unseen; see `Job` and `FoldFit`."""
    from mlp.training.fit import fit  # noqa: PLC0415 - a second, which the command cache saves

    try:
        fitted = fit(section, seen, halts=halts)
    except FloatingPointError as error:
        return _failed(f"it diverged: {error}")
    except InputError as error:
        return _failed(str(error))
    except MemoryError:
        return _failed(NO_MEMORY)
    epochs = int(fitted.pipeline["mlp"].n_iter_)
    if halts and not _has_finite_weights(fitted):
        return _failed(f"it diverged: a weight was not finite after epoch {epochs}")
    part = task.part("mlp.training", seen.task)
    return FoldFit(
        part.outputs(fitted.pipeline, unseen.features).astype(np.float64),
        part.classes(fitted.pipeline).astype(np.str_),
        epochs,
        fitted.converged,
        "",
    )


def _has_finite_weights(fitted: "Fitted") -> bool:
    network = fitted.pipeline["mlp"]
    return all(np.isfinite(w).all() for w in (*network.coefs_, *network.intercepts_))


def _failed(reason: str) -> FoldFit:
    return FoldFit(np.empty((0, 0)), np.empty(0, dtype=np.str_), 0, converged=False, failure=reason)
