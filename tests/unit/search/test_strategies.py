"""The search's candidates and scores are scikit-learn's own, whoever trains the networks."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from samples import numeric
from sklearn.datasets import make_classification
from sklearn.experimental import enable_halving_search_cv  # noqa: F401 - allows the next import
from sklearn.metrics import get_scorer_names
from sklearn.model_selection import HalvingRandomSearchCV, RandomizedSearchCV

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.fits.fold_fit import FoldFit
from mlp.search.params import SCORES, Search
from mlp.search.scoring import Scorer
from mlp.search.search import SearchResult, search
from mlp.search.space import distributions
from mlp.training.build import build
from mlp.training.folds import folded, repeated

FEATURES, CLASSES = make_classification(150, 6, n_classes=3, n_informative=4, random_state=0)
LABELS = np.array(["a", "b", "c"], dtype=object)[CLASSES]
ROWS = numeric(FEATURES, LABELS)
SECTION: dict[str, Any] = {
    "strategy": "random",
    "n_iter": 9,
    "cv": 3,
    "repeats": 1,
    "scoring": "accuracy",
    "seed": 1,
    "fixed": {"random_state": 0, "max_iter": 18, "solver": "adam", "scale": "standard"},
    "space": {
        "hidden_layer_sizes": [[4], [8]],
        "learning_rate_init": {"loguniform": [0.001, 0.3]},
        "alpha": {"loguniform": [1e-5, 1.0]},
    },
}


HALVING: dict[str, Any] = {
    "strategy": "halving",
    "n_iter": 25,  # 5 of them continue, and then 1
    "fixed": SECTION["fixed"] | {"max_iter": 50},
}


def searched(dataset: Dataset = ROWS, **changes: Any) -> SearchResult:
    return search(Search.model_validate(SECTION | changes), dataset)


def plain(kind: Any, **arguments: Any) -> Any:
    """Return scikit-learn's search over the same network, space and folds, written plainly."""
    space = distributions(SECTION["space"])
    finder = kind(
        build({**SECTION["fixed"], "hidden_layer_sizes": [4]}, ROWS),
        {f"mlp__{name}": values for name, values in space.items()},
        scoring="accuracy",
        cv=folded(ROWS, 3, 1),
        random_state=1,
        refit=False,
        **arguments,
    )
    return finder.fit(FEATURES, LABELS)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_random_search_is_scikit_learns() -> None:
    theirs = plain(RandomizedSearchCV, n_iter=9).cv_results_
    ours = searched().trials
    assert ours["mean_score"].tolist() == theirs["mean_test_score"].tolist()
    assert ours["sd_score"].tolist() == theirs["std_test_score"].tolist()
    assert ours["rank"].tolist() == theirs["rank_test_score"].tolist()
    assert ours["alpha"].tolist() == [drawn["mlp__alpha"] for drawn in theirs["params"]]


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_halving_search_is_scikit_learns() -> None:
    theirs = plain(
        HalvingRandomSearchCV,
        n_candidates=25,
        factor=5,
        resource="mlp__max_iter",
        max_resources=50,
        min_resources="exhaust",
    )
    ours = searched(**HALVING)
    assert ours.trials["mean_score"].tolist() == theirs.cv_results_["mean_test_score"].tolist()
    assert ours.trials["max_iter"].tolist() == [2] * 25 + [10] * 5 + [50]
    winner = theirs.best_params_
    assert ours.best["alpha"] == winner["mlp__alpha"]
    assert ours.best["max_iter"] == 50


def test_each_candidate_of_a_halving_search_has_one_rank() -> None:
    table = searched(**HALVING).trials
    assert sorted(table["candidate"][table["rank"].notna()]) == list(range(1, 26))
    last = table.iloc[-1]
    assert (last["rung"], last["rank"]) == (3, 1)
    again = table[table["candidate"] == last["candidate"]]
    assert again["rung"].tolist() == [1, 2, 3]
    assert again["rank"].isna().tolist() == [True, True, False]
    arguments = again[["alpha", "learning_rate_init", "hidden_layer_sizes"]]
    assert len(arguments.drop_duplicates()) == 1


def test_halving_gives_the_winner_all_epochs_where_the_last_rung_has_fewer() -> None:
    result = searched(**HALVING | {"fixed": SECTION["fixed"] | {"max_iter": 54}})
    assert result.trials["max_iter"].max() == 50
    assert result.best["max_iter"] == 54


def test_repeats_fold_the_rows_anew() -> None:
    table = searched(n_iter=2, repeats=2).trials
    folds = [f"fold_{i}" for i in range(1, 7)]
    assert table["mean_score"].tolist() == pytest.approx(table[folds].mean(axis=1).tolist())
    first, again = np.split(
        np.array([fold for _, fold in repeated(ROWS, 3, 2, 0)], dtype=object), 2
    )
    assert sorted(np.concatenate(list(first))) == sorted(np.concatenate(list(again)))
    assert {tuple(fold) for fold in first}.isdisjoint({tuple(fold) for fold in again})


def test_repeated_folds_part_no_group() -> None:
    groups = np.array([str(i // 5) for i in range(150)], dtype=object)
    rows = Dataset(ROWS.features, ROWS.target, ROWS.rows, groups, ROWS.columns)
    for others, fold in repeated(rows, 3, 2, 0):
        assert not set(groups[others]) & set(groups[fold])
    assert searched(rows, n_iter=2, repeats=2).trials["mean_score"].notna().all()


def labels_of(classes: list[str]) -> tuple[FoldFit, Any]:
    probabilities = np.random.default_rng(0).dirichlet(np.ones(len(classes)), 20 * len(classes))
    fit = FoldFit(probabilities, np.array(classes), 1, converged=True, failure="")
    return fit, np.array(classes * 20, dtype=object)


def numbers(low: float) -> tuple[FoldFit, Any]:
    drawn = np.random.default_rng(0).normal(5, 1, (60, 2)) + low
    return FoldFit(drawn[:, :1], np.empty(0, "U1"), 1, converged=True, failure=""), drawn[:, 1]


TARGETS = {
    "classification": [labels_of(["a", "b"]), labels_of(["a", "b", "c"])],
    "regression": [numbers(0)],
}


@pytest.mark.parametrize("task", TARGETS)
def test_the_list_of_scores_is_what_works(task: str) -> None:
    """A score is in the schema if it is defined for texts of two or three classes, or numbers."""

    def works(name: str, target: tuple[FoldFit, Any]) -> bool:
        try:
            Scorer(name, task).score(*target)
        except (ValueError, AttributeError):  # a score of labels asks for probabilities
            return False
        return True

    working = {name for name in get_scorer_names() if any(works(name, t) for t in TARGETS[task])}
    clusterings = {name for name in SCORES["classification"] if name in working}
    if task == "regression":  # scores of clusterings take any numbers for labels
        working -= clusterings
    assert set(SCORES[task]) == working


@pytest.mark.parametrize("scoring", ["f1_macro", "neg_log_loss", "roc_auc_ovo", "top_k_accuracy"])
def test_a_search_ranks_by_its_score(scoring: str) -> None:
    table = searched(n_iter=3, scoring=scoring).trials
    assert table.sort_values("rank")["mean_score"].is_monotonic_decreasing


def test_a_score_that_does_not_work_for_the_labels_is_refused_before_training() -> None:
    sentence = r"^search\.scoring roc_auc does not work for 3 classes: multi_class must be in .*$"
    with pytest.raises(InputError, match=sentence):
        searched(scoring="roc_auc")


def test_a_candidate_that_cannot_be_scored_says_why() -> None:
    """In a fold without rows of a class, there is no ROC curve of it."""
    labels = LABELS.copy()
    groups = np.array(["rare" if label == "c" else str(i % 9) for i, label in enumerate(labels)])
    rows = Dataset(FEATURES, labels, ROWS.rows, groups.astype(object), ROWS.columns)
    with pytest.raises(InputError, match="the first, it cannot be scored: "):
        searched(rows, n_iter=2, scoring="roc_auc_ovo")


def test_more_candidates_than_combinations_are_all_of_them() -> None:
    space = {"hidden_layer_sizes": [[4], [8]], "alpha": [0.1, 0.01]}
    table = searched(space=space, n_iter=50).trials
    assert len(table) == 4
    assert len(table[["hidden_layer_sizes", "alpha"]].drop_duplicates()) == 4


def test_a_single_candidate_has_no_runner_up() -> None:
    result = searched(n_iter=1)
    assert result.answer["runner_up"] is None
    assert result.answer["importance"] is None


def test_the_runner_up_is_compared_fold_by_fold() -> None:
    result = searched()
    table = result.trials.sort_values("rank")
    second = result.answer["runner_up"]
    assert second["candidate"] == table["candidate"].iloc[1]
    assert second["difference"] == pytest.approx(
        table["mean_score"].iloc[0] - table["mean_score"].iloc[1]
    )
    assert 0 <= second["p_value"] <= 1


def test_candidates_of_lists_alone_stay_when_more_are_drawn() -> None:
    space = {"hidden_layer_sizes": [[n] for n in range(2, 12)], "alpha": [0.1, 0.01, 0.001]}
    names = sorted(space)
    few, more = (searched(space=space, n_iter=n, cv=2).trials[names] for n in (4, 8))
    pd.testing.assert_frame_equal(more.head(4), few)
