"""A search over networks that predict numbers ranks as scikit-learn's does."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from samples import numeric
from sklearn.compose import TransformedTargetRegressor
from sklearn.datasets import load_diabetes
from sklearn.experimental import enable_halving_search_cv  # noqa: F401 - allows the next import
from sklearn.model_selection import HalvingRandomSearchCV, RandomizedSearchCV
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlp.core.errors import InputError
from mlp.fits import workers
from mlp.fits.memory import FitMemory
from mlp.search.params import Search
from mlp.search.search import SearchResult, search
from mlp.search.space import distributions
from mlp.training.folds import folded

FEATURES, TARGET = load_diabetes(return_X_y=True)
ROWS = numeric(FEATURES, TARGET)
SECTION: dict[str, Any] = {
    "strategy": "random",
    "n_iter": 6,
    "cv": 3,
    "repeats": 1,
    "scoring": "r2",
    "seed": 1,
    "fixed": {
        "random_state": 0, "max_iter": 20, "solver": "adam", "scale": "standard", "scale_target": "standard",
    },
    "space": {"hidden_layer_sizes": [[4], [8]], "alpha": {"loguniform": [1e-3, 10.0]}},
}  # fmt: skip
HALVING = {"strategy": "halving", "n_iter": 25}


def searched(memory: FitMemory | None = None, **changes: Any) -> SearchResult:
    return search(Search.model_validate(SECTION | changes), ROWS, memory)


def plain(kind: Any, **arguments: Any) -> Any:
    """Return scikit-learn's search over the same network, space and folds, written plainly."""
    network = MLPRegressor(solver="adam", random_state=0, max_iter=20)
    scaled = TransformedTargetRegressor(
        make_pipeline(StandardScaler(), network), transformer=StandardScaler()
    )
    space = distributions(SECTION["space"])
    finder = kind(
        scaled,
        {f"regressor__mlpregressor__{name}": values for name, values in space.items()},
        scoring="r2", cv=folded(ROWS, 3, 1), random_state=1, refit=False,
        **arguments,
    )  # fmt: skip
    return finder.fit(FEATURES, TARGET).cv_results_


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_random_search_is_scikit_learns() -> None:
    theirs, ours = plain(RandomizedSearchCV, n_iter=6), searched().trials
    assert ours["mean_score"].to_numpy() == pytest.approx(theirs["mean_test_score"], abs=1e-9)
    assert ours["rank"].tolist() == theirs["rank_test_score"].tolist()


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_halving_is_scikit_learns() -> None:
    """Of 25 candidates with 2 epochs, 5 go on with 10, and 1 of these with 50."""
    fixed = SECTION["fixed"] | {"max_iter": 50}
    ours = searched(**HALVING, fixed=fixed).trials
    theirs = plain(
        HalvingRandomSearchCV, n_candidates=25, factor=5, max_resources=50,
        resource="regressor__mlpregressor__max_iter", min_resources="exhaust",
    )  # fmt: skip
    assert ours["rung"].tolist() == (theirs["iter"] + 1).tolist()
    assert ours["mean_score"].to_numpy() == pytest.approx(theirs["mean_test_score"], abs=1e-9)


def test_remembered_fits_give_the_same_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = FitMemory(tmp_path, 10**8)
    first = searched(memory)

    def refused(*_: object) -> None:
        raise AssertionError("a network was trained again")

    monkeypatch.setattr(workers, "fits", refused)
    again = searched(memory)
    assert again.trials.equals(first.trials)
    assert again.answer == first.answer


def test_another_score_ranks_by_itself() -> None:
    by_size = searched(scoring="neg_mean_absolute_error")
    assert (by_size.trials["mean_score"] < 0).all()
    assert by_size.answer["scoring"] == "neg_mean_absolute_error"


def test_what_a_score_cannot_take_is_refused_before_training() -> None:
    """The squared logarithmic error is not defined below -1."""
    below = numeric(FEATURES, TARGET - 1000)
    section = Search.model_validate(SECTION | {"scoring": "neg_mean_squared_log_error"})
    with pytest.raises(
        InputError, match=r"search\.scoring neg_mean_squared_log_error does not work"
    ):
        search(section, below)


def test_too_few_rows_for_the_folds_are_refused() -> None:
    few = numeric(FEATURES[:5], np.arange(5.0))
    with pytest.raises(InputError, match=r"search\.cv is 3, but the train split has 5 rows"):
        search(Search.model_validate(SECTION), few)
