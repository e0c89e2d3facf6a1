"""Draw candidates and choose among them: scikit-learn's searches, over fits that are known."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.experimental import enable_halving_search_cv  # noqa: F401 - allows the next import
from sklearn.model_selection import HalvingRandomSearchCV, RandomizedSearchCV

from mlp.core.dataset import Dataset
from mlp.search.candidates import Trainer
from mlp.search.params import Search
from mlp.search.space import distributions
from mlp.training.folds import Part

FACTOR = 5  # of the candidates, one in so many goes on to so many times the epochs


class Recalled(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """A candidate whose fits the trainer knows: its parameters are those of the network.

    It is fitted to the positions of rows, by which the trainer knows the fold.
    """

    def __init__(self, trainer: Trainer, folds: Mapping[bytes, int], **section: Any) -> None:
        self.trainer = trainer
        self.folds = folds
        self.section = section

    def __sklearn_clone__(self) -> "Recalled":
        return Recalled(self.trainer, self.folds, **self.section)

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002 - as scikit-learn calls it
        """Return the arguments of the network."""
        del deep
        return self.section

    def set_params(self, **arguments: Any) -> "Recalled":
        """Change arguments of the network."""
        self.section = {**self.section, **plain(arguments)}
        return self

    def fit(self, positions: npt.NDArray[np.int64], labels: object) -> "Recalled":
        """Look up how the fold went whose other rows these are."""
        del labels
        self.outcome_ = self.trainer.outcomes(self.section)[self.folds[positions.tobytes()]]
        return self


def _score(candidate: Recalled, positions: object, labels: object) -> float:
    del positions, labels
    return candidate.outcome_.score


class _TrainsFirst:
    """A search that has its candidates trained, all at once, before it asks how they did."""

    estimator: Recalled

    def _run_search(self, evaluate_candidates: Callable[..., Any], *, callback_ctx: object) -> None:
        def evaluate(candidates: Sequence[Mapping[str, Any]], *args: Any, **kwargs: Any) -> Any:
            trained = [{**self.estimator.section, **plain(drawn)} for drawn in candidates]
            self.estimator.trainer.train(trained)
            return evaluate_candidates(candidates, *args, **kwargs)

        super()._run_search(evaluate, callback_ctx=callback_ctx)  # type: ignore[misc]  # of the search


class _Random(_TrainsFirst, RandomizedSearchCV):  # type: ignore[misc]  # scikit-learn has no types
    pass


class _Halving(_TrainsFirst, HalvingRandomSearchCV):  # type: ignore[misc]  # likewise
    pass


def results(
    params: Search, dataset: Dataset, parts: Sequence[Part], trainer: Trainer
) -> Mapping[str, Any]:
    """Draw candidates, have them trained, and return scikit-learn's ``cv_results_``.

    Parameters
    ----------
    params : Search
        The strategy ``random`` is `RandomizedSearchCV`, ``halving`` is `HalvingRandomSearchCV` with
        ``max_iter`` as its resource.
    dataset : Dataset
    parts : sequence of (others, fold)
    trainer : Trainer
    """
    fixed = params.fixed.model_dump(exclude_unset=True)
    folds = {part[0].tobytes(): fold for fold, part in enumerate(parts)}
    given = {
        "estimator": Recalled(trainer, folds, **fixed),
        "param_distributions": distributions(params.space.model_dump(exclude_unset=True)),
        "scoring": _score,
        "cv": parts,
        "random_state": params.seed,
        "refit": False,
    }
    if params.strategy == "random":
        finder = _Random(**given, n_iter=params.n_iter)
    else:
        most = fixed["max_iter"]
        finder = _Halving(
            **given,
            n_candidates=params.n_iter,
            factor=FACTOR,
            resource="max_iter",
            max_resources=most,
            min_resources="exhaust",
            return_train_score=False,
        )
    finder.fit(np.arange(len(dataset.labels)).reshape(-1, 1), dataset.labels)
    found: Mapping[str, Any] = finder.cv_results_
    return found


def plain(drawn: Mapping[str, Any]) -> dict[str, Any]:
    """Return a candidate's arguments as plain Python values, as params.yaml holds them."""
    return {
        name: value.item() if isinstance(value, np.generic) else value
        for name, value in drawn.items()
    }
