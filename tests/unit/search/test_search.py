"""A search draws candidates, keeps their trials, and fails with a reason."""

import os
import re
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from project import ROOT, on_terminal
from samples import mixed, numeric
from scipy.stats import kstest
from sklearn.datasets import make_classification

from mlp.core.errors import InputError
from mlp.search import space, summary
from mlp.search.params import Search
from mlp.search.search import SearchResult
from mlp.search.search import search as find

FEATURES, CLASSES = make_classification(150, 6, n_classes=3, n_informative=4, random_state=0)
LABELS = np.array(["a", "b", "c"], dtype=object)[CLASSES]
SECTION: dict[str, Any] = {
    "strategy": "random",
    "n_iter": 4,
    "cv": 3,
    "repeats": 1,
    "scoring": "accuracy",
    "seed": 0,
    "fixed": {"random_state": 0, "max_iter": 20, "solver": "sgd"},
    "space": {
        "hidden_layer_sizes": [[4], [4, 4]],
        "scale": ["none", "minmax", "standard"],
        "alpha": {"loguniform": [1e-5, 1.0]},
        "learning_rate_init": {"uniform": [0.01, 0.02]},
        "batch_size": {"randint": [10, 20]},
    },
}


def search(**changes: Any) -> SearchResult:
    return find(Search.model_validate(SECTION | changes), numeric(FEATURES, LABELS))


@pytest.fixture(scope="module")
def result() -> SearchResult:
    return search()


def test_trials_have_a_row_a_candidate_and_no_duration(result: SearchResult) -> None:
    table = result.trials
    scores = ["candidate", "rung", "rank", "mean_score", "sd_score", "fold_1", "fold_2", "fold_3"]
    course = ["n_iter", "converged", "failed", "why"]
    assert list(table.columns) == scores + course + sorted(SECTION["space"])
    assert table["n_iter"].tolist() == [20] * 4
    assert not table["converged"].any()
    assert table["candidate"].tolist() == [1, 2, 3, 4]
    assert table["mean_score"].tolist() == pytest.approx(
        table[["fold_1", "fold_2", "fold_3"]].mean(axis=1).tolist()
    )


def test_the_winner_is_the_first_in_rank_with_plain_values(result: SearchResult) -> None:
    best, table = result.best, result.trials
    winner = table.sort_values("rank").iloc[0]
    assert winner["mean_score"] == table["mean_score"].max()
    assert {name: best[name] for name in SECTION["fixed"]} == SECTION["fixed"]
    assert best["scale"] == winner["scale"]
    assert best["alpha"] == winner["alpha"]
    assert str(best["hidden_layer_sizes"]) == winner["hidden_layer_sizes"]
    assert {type(value) for value in best.values()} <= {int, float, str, bool, list}


def test_the_first_candidates_stay_when_more_are_drawn(result: SearchResult) -> None:
    more = search(n_iter=6).trials
    arguments = sorted(SECTION["space"])
    assert more[arguments].head(4).equals(result.trials[arguments])


def test_another_seed_draws_other_candidates(result: SearchResult) -> None:
    assert search().trials.equals(result.trials)
    assert not search(seed=1).trials["alpha"].equals(result.trials["alpha"])


def test_a_failing_candidate_is_kept_without_a_score(capsys: pytest.CaptureFixture[str]) -> None:
    wild = SECTION["space"] | {"learning_rate_init": [0.01, 0.02, 1e200]}
    table = search(space=wild, n_iter=6).trials
    failed = table["learning_rate_init"] == 1e200
    assert 0 < failed.sum() < 6
    assert table["mean_score"].isna().tolist() == failed.tolist()
    assert table.loc[failed, "rank"].min() > table.loc[~failed, "rank"].max()
    why = "it diverged: its loss was not finite in epoch 1"
    assert set(table.loc[failed, "why"]) == {why}
    assert table["failed"].tolist() == [3 if lost else 0 for lost in failed]
    sentence = f"warning: {failed.sum()} of 6 candidates failed; the first, {why}.\n"
    assert capsys.readouterr().err == sentence


def test_no_candidate_left_is_refused() -> None:
    wild = SECTION["space"] | {"learning_rate_init": [1e200]}
    sentence = (
        r"^search: no candidate could be trained: the first, it diverged: its loss was not .*$"
    )
    with pytest.raises(InputError, match=sentence):
        search(space=wild)


def test_more_folds_than_rows_of_a_class_is_refused() -> None:
    params = Search.model_validate(SECTION)
    few = np.where(np.arange(150) < 2, "rare", LABELS).astype(object)
    with pytest.raises(
        InputError, match=r"search\.cv is 3, but class rare has 2 in the train split"
    ):
        find(params, numeric(FEATURES, few))


def test_a_table_with_texts_and_gaps_is_searched_like_any_other() -> None:
    params = Search.model_validate(SECTION)
    result = find(params, mixed(150))
    table = result.trials
    assert result.best["scale"] in {"none", "minmax", "standard"}
    assert set(table["scale"]) <= {"none", "minmax", "standard"}
    assert table["mean_score"].notna().all()


@pytest.mark.parametrize(
    ("value", "low", "high", "uniform"),
    [
        ({"loguniform": [1e-4, 1.0]}, 1e-4, 1.0, lambda x: (np.log10(x) + 4) / 4),
        ({"uniform": [2.0, 3.0]}, 2.0, 3.0, lambda x: x - 2),
    ],
)
def test_distributions(value: Any, low: float, high: float, uniform: Any) -> None:
    """Drawn numbers stay in bounds, and are uniform once the scale is undone."""
    drawn = space.distributions({"x": value})["x"].rvs(500, random_state=0)
    assert low <= drawn.min() < drawn.max() <= high
    assert kstest(uniform(drawn), "uniform").pvalue > 0.01


def test_randint_draws_integers_below_high() -> None:
    drawn = space.distributions({"x": {"randint": [3, 6]}})["x"].rvs(200, random_state=0)
    assert set(drawn.tolist()) == {3, 4, 5}


def test_a_list_is_a_choice() -> None:
    assert space.distributions({"x": [[1], [2, 3]]}) == {"x": [[1], [2, 3]]}


TRIALS = pd.DataFrame(
    {
        "candidate": [1, 2, 3, 4, 3],
        "rung": [1, 1, 1, 1, 2],
        "rank": pd.array([2, 4, None, 3, 1], dtype="Int64"),
        "mean_score": [0.5, np.nan, 0.6, 0.4, 0.7],
        "sd_score": [0.1, np.nan, 0.02, 0.2, 0.05],
        "fold_1": [0.5, np.nan, 0.6, 0.4, 0.7],
        "n_iter": [2, 0, 2, 2, 6],
        "converged": [True, False, False, False, True],
        "failed": [0, 1, 0, 0, 0],
        "why": ["", "it diverged", "", "", ""],
        "alpha": [0.1, 0.2, 1.2345678e-9, 0.3, 1.2345678e-9],
    }
)


def test_summary() -> None:
    best = {"alpha": 0.000123456789, "hidden_layer_sizes": [5], "solver": "sgd"}
    assert summary.summary(TRIALS, best, {"strategy": "halving"}) == {
        "cv_score": 0.7,
        "cv_score_sd": 0.05,
        "candidate": 3,
        "candidates": 4,
        "failed": 1,
        "unconverged": 2,
        "strategy": "halving",
        "best": {"alpha": 0.000123457, "hidden_layer_sizes": [5], "solver": "sgd"},
    }


def test_progress_keeps_the_best_so_far_and_small_numbers() -> None:
    table = summary.progress(TRIALS)
    assert table["best_so_far"].tolist()[0] == 0.5
    assert table["best_so_far"].tolist()[2:] == [0.6, 0.6, 0.7]
    assert "fold_1" not in table
    assert table["alpha"].tolist()[-1] == "1.23457e-09"


SMALL_SEARCH = f"""
import stages
import numpy as np
from mlp.core import progress
from mlp.core.dataset import Columns, Dataset
from mlp.search.search import search
from mlp.search.params import Search
progress.EVERY = 0
features = np.random.default_rng(0).normal(size=(60, 6))
labels = np.array(["a", "b"] * 30, dtype=object)
rows = np.arange(60)
dataset = Dataset(features, labels, rows, None, Columns("label", list("abcdef"), [], "none"))
search(Search.model_validate({SECTION!r}), dataset)
"""


def test_progress_is_lines_in_a_log() -> None:
    argv = [sys.executable, "-c", SMALL_SEARCH]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) == 12
    assert re.fullmatch(
        r"12 of 12 fits done, best score so far 0\.\d{4}; 100%, about 0 s left", lines[-1]
    )
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal")
def test_progress_is_a_bar_on_a_terminal() -> None:
    shown = on_terminal([sys.executable, "-c", SMALL_SEARCH], ROOT)
    assert "━" in shown
    assert "12 of 12 fits done, best score so far 0." in shown
