"""Configurations are trained repeatedly, remembered, and summarised for git."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from samples import numeric
from sklearn.metrics import f1_score

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.evidence import averages, plan, pools, row_scores, runs, stored
from mlp.evidence.layout.classification import METRICS
from mlp.evidence.plan import Plan
from mlp.evidence.run import Run
from mlp.fits import fold_fit, remembered, workers
from mlp.fits.fold_fit import FoldFit, Job
from mlp.fits.memory import FitMemory

SECTION = {"hidden_layer_sizes": [4], "scale": "standard", "solver": "adam", "max_iter": 5}
ACTUAL = np.array(list("aabbc"), dtype=object)


def dataset(rows: int = 60) -> Dataset:
    rng = np.random.default_rng(0)
    labels = np.array(list("ab") * (rows // 2), dtype=object)
    return numeric(rng.normal(size=(rows, 3)), labels, np.arange(1000, 1000 + rows))


def split(data: Dataset) -> Plan:
    return plan.of_split(data.take(np.arange(40)), data.take(np.arange(40, 60)))


@pytest.fixture
def memory(tmp_path: Path) -> FitMemory:
    return FitMemory(tmp_path, 10**9)


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many networks each call trained, in this process."""
    counts: list[int] = []

    def fits(jobs: list[Job], rows: Dataset) -> Iterator[tuple[int, FoldFit]]:
        counts.append(len(jobs))
        for position in reversed(range(len(jobs))):  # as they come, not as they were asked for
            yield position, fold_fit.fold_fit(jobs[position], rows)

    monkeypatch.setattr(workers, "fits", fits)
    return counts


def run(predicted: str, brier: float = 0.1) -> Run:
    losses = np.full(len(predicted), brier)
    return Run(
        np.array(list(predicted), dtype=object),
        {"log_loss": losses, "brier_score": losses},
        3,
        converged=True,
    )


def test_the_test_rows_are_judged_in_their_order(memory: FitMemory, trained: list[int]) -> None:
    judged = split(dataset())
    assert judged.rows.tolist() == list(range(1040, 1060))
    first, second = runs.train(SECTION, judged, [0, 1], memory)
    assert len(first.predicted) == 20
    assert not np.array_equal(first.losses["brier_score"], second.losses["brier_score"])
    assert trained == [2]


def test_a_training_is_that_of_its_seed(memory: FitMemory, trained: list[int]) -> None:
    """It does not depend on the random_state of the section, nor on its place among the others."""
    judged = split(dataset())
    both = runs.train({**SECTION, "random_state": 7}, judged, [3, 4], memory)
    (alone,) = runs.train(SECTION, judged, [4], memory)
    assert np.array_equal(both[1].losses["brier_score"], alone.losses["brier_score"])
    assert trained == [2]  # the second time it is remembered
    (other,) = runs.train(SECTION, judged, [5], memory)
    assert not np.array_equal(other.losses["brier_score"], alone.losses["brier_score"])


def test_with_folds_every_row_is_judged_and_the_folds_differ(memory: FitMemory) -> None:
    data = dataset()
    judged = plan.of_folds(data, 3, 10)
    assert judged.rows.tolist() == data.rows.tolist()
    folds = [[fold.tolist() for _, fold in judged.parts(seed)] for seed in (0, 0, 1)]
    assert folds[0] == folds[1] != folds[2]
    (one,) = runs.train(SECTION, judged, [0], memory)
    assert not np.isnan(one.losses["brier_score"]).any()
    assert set(one.predicted) <= {"a", "b"}


def test_too_few_rows_for_the_folds() -> None:
    with pytest.raises(
        InputError, match=r"crossval.folds is 40, but the commonest class, a, has 30"
    ):
        plan.of_folds(dataset(), 40, 0)


def test_a_training_that_is_impossible_is_said(memory: FitMemory) -> None:
    section = SECTION | {"early_stopping": True}
    with pytest.raises(InputError, match="repeat: a network cannot be trained: scikit-learn"):
        runs.train(section, plan.of_split(*[dataset(4)] * 2), [0], memory)


def test_fits_that_halt_and_fits_that_do_not_are_remembered_apart(
    memory: FitMemory, trained: list[int]
) -> None:
    data = dataset()
    part = (np.arange(40), np.arange(40, 60))
    section = SECTION | {"solver": "sgd", "learning_rate_init": 1e200, "random_state": 0}
    jobs = [Job(section, part, halts=halts) for halts in (True, False)]
    fits = dict(remembered.fits(jobs, data, memory))
    assert "diverged" in fits[0].failure
    assert not fits[1].failure
    again = dict(remembered.fits(jobs, data, memory))
    assert trained == [2]
    assert {place: fit.failure for place, fit in again.items()} == {
        place: fit.failure for place, fit in fits.items()
    }


@pytest.mark.parametrize("predicted", ["aabbc", "abbbc", "ccbba", "aaaaa", "ddbbc"])
def test_the_parts_of_macro_f1_have_it_as_their_mean(predicted: str) -> None:
    said = np.array(list(predicted), dtype=object)
    expected = f1_score(ACTUAL.astype(str), said.astype(str), average="macro", zero_division=np.nan)
    assert row_scores.macro_f1(ACTUAL, said).mean() == pytest.approx(expected)


def test_the_parts_of_macro_f1_vary_as_it_does_over_resampled_rows() -> None:
    rng = np.random.default_rng(0)
    actual = rng.choice(list("abc"), 600, p=[0.6, 0.3, 0.1]).astype(object)
    said = np.where(rng.random(600) < 0.8, actual, rng.choice(list("abc"), 600)).astype(object)
    resampled = [
        f1_score(actual[rows].astype(str), said[rows].astype(str), average="macro")
        for rows in rng.integers(0, 600, (400, 600))
    ]
    error = row_scores.macro_f1(actual, said).std(ddof=1) / np.sqrt(600)
    assert error == pytest.approx(np.std(resampled), rel=0.15)


def test_averages_by_hand() -> None:
    rows = np.arange(5) + 10
    found = averages.of([run("aabbc", 0.1), run("abbbc", 0.3)], rows, ACTUAL, None)
    assert found.scores["accuracy"].tolist() == [1.0, 0.8]
    assert found.scores["brier_score"].tolist() == pytest.approx([0.1, 0.3])
    assert found.classes["a"]["support"] == 2
    assert found.classes["a"]["recall"].tolist() == [1.0, 0.5]
    assert found.table["row"].tolist() == [10, 11, 12, 13, 14]
    assert found.table["accuracy"].tolist() == [1.0, 0.5, 1.0, 1.0, 1.0]
    assert found.table["brier_score"].tolist() == pytest.approx([0.2] * 5)
    assert "group" not in found.table
    assert list(found.unconverged("mlp")) == []
    stopped = replace(found, converged=[True, False])
    assert list(stopped.unconverged("mlp")) == [
        "1 of 2 trainings of mlp stopped before they converged."
    ]


def test_what_git_stores_gives_the_averages_back() -> None:
    groups = np.array(list("xxyyz"), dtype=object)
    found = averages.of([run("aabbc"), run("abbbc", np.nan)], np.arange(5), ACTUAL, groups)
    content = stored.as_json(found, "test")
    again = stored.from_json(content, found.table)
    assert found.table["group"].tolist() == list("xxyyz")
    assert content["evidence"] == "test"
    for name in METRICS:
        assert np.array_equal(again.scores[name], found.scores[name], equal_nan=True)
    assert again.classes["a"]["recall"].tolist() == [1.0, 0.5]
    with pytest.raises(KeyError):
        stored.from_json({"rows": 5}, found.table)


def test_worse_data_are_worse_for_learning_alone() -> None:
    judged = split(dataset())
    half, noise = (pools.spoilt(judged, loss, 0) for loss in ("half", "noise"))
    ((others, fold),) = half.parts(0)
    assert 10 <= len(others) <= 30
    assert fold.tolist() == judged.judged.tolist()
    assert half.parts(1)[0][0].tolist() == others.tolist()  # the loss is that of its own seed
    assert pools.spoilt(judged, "half", 1).parts(0)[0][0].tolist() != others.tolist()
    assert noise.target.tolist() == judged.target.tolist()
    changed = (noise.dataset.target != judged.dataset.target).mean()
    assert 0.03 <= changed <= 0.2  # a fifth is drawn anew, and half of those as before


def test_a_pool_has_its_sizes_and_is_remembered(memory: FitMemory, trained: list[int]) -> None:
    judged = split(dataset())
    pool = pools.train(SECTION, judged, (4, 2, 2), memory)
    assert len(pool.whole) == 4
    assert {name: [len(block) for block in blocks] for name, blocks in pool.worse.items()} == {
        "half": [2, 2],
        "noise": [2, 2],
    }
    assert sum(trained) == 4 + 4 + 4
    again = pools.train(SECTION, judged, (4, 2, 2), memory)
    assert sum(trained) == 12
    assert np.array_equal(
        again.worse["half"][1][0].losses["brier_score"],
        pool.worse["half"][1][0].losses["brier_score"],
    )
