"""Draw candidates and rank them with scikit-learn's searches, which look fits up here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.experimental import enable_halving_search_cv  # noqa: F401 - allows the next import
from sklearn.model_selection import HalvingRandomSearchCV, RandomizedSearchCV

from mlp.core.dataset import Dataset
from mlp.search.candidates import Candidates
from mlp.search.params import Search
from mlp.search.space import distributions
from mlp.training.folds import Part

FACTOR = 5  # in a halving search, 1 of 5 candidates continues, with 5 times the epochs


class Recalled(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """A candidate that is trained already. Its parameters are those of the network.

    scikit-learn fits it to the positions of rows, which identify the fold.
    """

    def __init__(self, candidates: Candidates, folds: Mapping[bytes, int], **section: Any) -> None:
        self.candidates = candidates
        self.folds = folds
        self.section = section

    def __sklearn_clone__(self) -> "Recalled":
        return Recalled(self.candidates, self.folds, **self.section)

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002 - as scikit-learn calls it
        """Return the arguments of the network."""
        del deep
        return self.section

    def set_params(self, **arguments: Any) -> "Recalled":
        """Change arguments of the network."""
        self.section = {**self.section, **plain(arguments)}
        return self

    def fit(self, positions: npt.NDArray[np.int64], labels: object) -> "Recalled":
        """Look up the outcome of the fold whose other rows have these positions."""
        del labels
        self.outcome_ = self.candidates.outcomes(self.section)[self.folds[positions.tobytes()]]
        return self


def _score(recalled: Recalled, positions: object, labels: object) -> float:
    del positions, labels
    return recalled.outcome_.score


class _TrainsFirst:
    """A search that has its candidates trained, all at once, before it evaluates them."""

    estimator: Recalled

    def _run_search(self, evaluate_candidates: Callable[..., Any], *, callback_ctx: object) -> None:
        def evaluate(drawn: Sequence[Mapping[str, Any]], *args: Any, **kwargs: Any) -> Any:
            sections = [{**self.estimator.section, **plain(arguments)} for arguments in drawn]
            self.estimator.candidates.train(sections)
            return evaluate_candidates(drawn, *args, **kwargs)

        super()._run_search(evaluate, callback_ctx=callback_ctx)  # type: ignore[misc]  # of the search


class _Random(_TrainsFirst, RandomizedSearchCV):  # type: ignore[misc]  # scikit-learn has no types
    pass


class _Halving(_TrainsFirst, HalvingRandomSearchCV):  # type: ignore[misc]  # likewise
    pass


def results(
    params: Search, dataset: Dataset, parts: Sequence[Part], candidates: Candidates
) -> Mapping[str, Any]:
    """Draw candidates, train them, and return scikit-learn's ``cv_results_``.

    Parameters
    ----------
    params : Search
        The strategy ``random`` is `RandomizedSearchCV`. ``halving`` is `HalvingRandomSearchCV`
        with ``max_iter`` as its resource.
    dataset : Dataset
    parts : sequence of (others, fold)
    candidates : Candidates
    """
    fixed = params.fixed.model_dump(exclude_unset=True)
    folds = {others.tobytes(): fold for fold, (others, _) in enumerate(parts)}
    search = _search(
        params,
        estimator=Recalled(candidates, folds, **fixed),
        param_distributions=distributions(params.space.model_dump(exclude_unset=True)),
        scoring=_score,
        cv=parts,
        random_state=params.seed,
        refit=False,
    )
    search.fit(np.arange(len(dataset.target)).reshape(-1, 1), dataset.target)
    cv_results: Mapping[str, Any] = search.cv_results_
    return cv_results


def _search(params: Search, **arguments: Any) -> _Random | _Halving:
    if params.strategy == "random":
        return _Random(**arguments, n_iter=params.n_iter)
    return _Halving(
        **arguments,
        n_candidates=params.n_iter,
        factor=FACTOR,
        resource="max_iter",
        max_resources=params.fixed.max_iter,
        min_resources="exhaust",
        return_train_score=False,
    )


def plain(drawn: Mapping[str, Any]) -> dict[str, Any]:
    """Return a candidate's arguments as plain Python values, as params.yaml holds them."""
    return {
        name: value.item() if isinstance(value, np.generic) else value
        for name, value in drawn.items()
    }
