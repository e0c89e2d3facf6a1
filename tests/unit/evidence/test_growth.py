"""Configurations are trained on parts of the rows, to tell whether more rows would help."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from samples import numeric

from mlp.core import json_file
from mlp.core.dataset import Dataset
from mlp.evidence import averages, curve, growth, parts, plan, runs
from mlp.evidence.curve import Curve
from mlp.evidence.plan import Plan
from mlp.fits import fold_fit
from mlp.fits.memory import FitMemory

SECTION = {
    "hidden_layer_sizes": [8], "scale": "standard", "solver": "lbfgs", "max_iter": 100,
}  # fmt: skip
SHARES = (1 / 8, 1 / 4, 1 / 2)


@pytest.fixture
def memory(tmp_path: Path) -> FitMemory:
    return FitMemory(tmp_path, 10**9)


def dataset(rows: int, inputs: int = 20, classes: int = 2) -> Dataset:
    """Return rows whose label is that of the largest of the first inputs, one a class."""
    features = np.random.default_rng(0).normal(size=(rows, inputs))
    labels = np.array(list("abcdefgh"), dtype=object)[features[:, :classes].argmax(axis=1)]
    return numeric(features, labels)


def split(data: Dataset, train: int) -> Plan:
    return plan.of_split(data.take(np.arange(train)), data.take(np.arange(train, len(data.target))))


def grown(judged: Plan, memory: FitMemory, repeats: int = 2, **section: object) -> Curve:
    arguments = SECTION | section
    trained = runs.train(arguments, judged, range(repeats), memory)
    whole = averages.of(trained, judged.rows, judged.target, judged.groups)
    return growth.curve(arguments, judged, whole, "test", memory)


def learnt(judged: Plan, share: float, seed: int) -> list[set[int]]:
    return [set(others.tolist()) for others, _ in parts.of(judged, share).parts(seed)]


@pytest.mark.parametrize("folded", [False, True])
def test_a_part_holds_the_smaller_ones_of_its_seed(*, folded: bool) -> None:
    data = dataset(120)
    judged = plan.of_folds(data, 3, 0) if folded else split(data, 80)
    rows = 80
    for seed in (0, 1):
        whole = [set(others.tolist()) for others, _ in judged.parts(seed)]
        nested = [learnt(judged, share, seed) for share in SHARES] + [whole]
        for smaller, larger in itertools.pairwise(nested):
            assert all(a < b for a, b in zip(smaller, larger, strict=True))
        assert [len(sets[0]) for sets in nested] == [rows / 8, rows / 4, rows / 2, rows]
    assert learnt(judged, 1 / 2, 0) != learnt(judged, 1 / 2, 1)
    assert learnt(judged, 1 / 2, 0) == learnt(judged, 1 / 2, 0)
    judging = [fold.tolist() for _, fold in parts.of(judged, 1 / 2).parts(1)]
    assert judging == [fold.tolist() for _, fold in judged.parts(1)]


def test_a_part_has_its_share_of_each_class_rounded_up() -> None:
    labels = np.array(list("a" * 61 + "b" * 18 + "c" * 1), dtype=object)
    data = numeric(np.zeros((80, 2)), labels)
    judged = plan.of_split(data, data)
    found = data.target[parts.of(judged, 1 / 4).parts(0)[0][0]]
    # Of 20 rows, a quarter of 61, 18 and 1 would be 15.25, 4.5 and 0.25.
    counts = [int((found == label).sum()) for label in "abc"]
    assert sum(counts) == 20
    assert counts[0] in {14, 15}
    assert counts[1] in {4, 5}
    assert counts[2] == 1


def test_groups_stay_whole() -> None:
    data = replace(dataset(100), groups=np.repeat([f"g{i}" for i in range(20)], 5).astype(object))
    judged = plan.of_folds(data, 2, 0)
    for others, fold in parts.of(judged, 1 / 2).parts(3):
        assert len(others) == 25
        assert set(data.groups[others]).isdisjoint(data.groups[fold])  # type: ignore[index]
        assert np.unique(data.groups[others], return_counts=True)[1].tolist() == [5] * 5  # type: ignore[index]
    assert parts.rows(parts.of(judged, 1 / 2), range(2)) == 25


def test_more_rows_help_where_there_are_few(memory: FitMemory) -> None:
    """160 rows are few for 20 inputs; the score of the whole is that of the repeated trainings."""
    found = grown(split(dataset(1160), 160), memory, repeats=4)
    assert (found.evidence, found.judged, found.metric, found.better) == (
        "test", 1000, "accuracy", "higher",
    )  # fmt: skip
    assert found.rows == [20, 40, 80, 160]
    assert [len(scores) for scores in found.scores] == [3, 3, 4, 4]
    assert found.means == sorted(found.means)
    assert found.step is not None
    assert found.step.difference == pytest.approx(found.means[3] - found.means[2])
    assert 0 < found.step.low < found.step.difference < found.step.high
    assert found.left_out == []


def test_more_rows_do_not_help_where_all_is_known(memory: FitMemory) -> None:
    data = dataset(400, inputs=2)
    found = grown(split(data, 320), memory, max_iter=1000)
    assert found.step is not None
    assert found.step.low <= 0.0125
    assert found.step.low <= 0 <= found.step.high


def test_of_numbers_it_is_the_rmse(memory: FitMemory) -> None:
    features = np.random.default_rng(0).normal(size=(300, 10))
    data = numeric(features, 1000 + 50 * features[:, 0] ** 2)
    found = grown(split(data, 160), memory, repeats=4, scale_target="standard", alpha=1.0)
    assert (found.metric, found.better, found.rows) == ("rmse", "lower", [20, 40, 80, 160])
    assert found.step is not None
    assert found.step.high < 0


def test_of_unequal_classes_it_is_the_balanced_accuracy(memory: FitMemory) -> None:
    data = dataset(400)
    labels = np.where(data.features[:, 0] > 1.2, "a", "b").astype(object)
    found = grown(split(replace(data, target=labels), 200), memory)
    assert found.metric == "balanced_accuracy"


@pytest.mark.filterwarnings("error")
def test_a_part_that_is_trained_on_once_has_a_balanced_accuracy_and_no_spread(
    memory: FitMemory,
) -> None:
    data = dataset(180)
    labels = np.where(data.features[:, 0] > 1.0, "a", "b").astype(object)
    judged = plan.of_folds(replace(data, target=labels), 3, 0)
    found = grown(judged, memory, repeats=4, hidden_layer_sizes=[], max_iter=20)
    assert found.metric == "balanced_accuracy"
    assert [len(scores) for scores in found.scores] == [1, 1, 3, 4]


def test_parts_that_are_too_small_are_left_out(memory: FitMemory) -> None:
    found = grown(split(dataset(60, classes=6), 40), memory)
    assert found.rows == [20, 40]
    assert found.left_out == [
        "An eighth of the rows, 5, is left out: fewer than 12 rows.",
        "A quarter of the rows, 10, is left out: fewer than 12 rows.",
    ]
    alone = grown(split(dataset(30), 10), memory)
    assert (alone.rows, alone.step, alone.is_drawn) == ([10], None, False)


def test_a_part_that_lacks_a_class_is_left_out(memory: FitMemory) -> None:
    data = dataset(120)
    target = np.where(np.arange(120) < 100, data.target, "z").astype(object)
    groups = np.repeat([f"g{i}" for i in range(12)], 10).astype(object)
    found = grown(plan.of_folds(replace(data, target=target, groups=groups), 2, 0), memory)
    assert any("a class is missing" in sentence for sentence in found.left_out)


def test_a_part_that_scikit_learn_refuses_is_left_out(memory: FitMemory) -> None:
    """Early stopping holds back a tenth of the rows, of which each of two classes needs one."""
    section = {"solver": "adam", "early_stopping": True, "max_iter": 3}
    found = grown(split(dataset(100), 80), memory, **section)
    assert found.rows == [20, 40, 80]
    (sentence,) = found.left_out
    assert sentence.startswith(
        "An eighth of the rows, 10, is left out: scikit-learn cannot train this network: "
    )


def test_it_is_stored_and_read_again(memory: FitMemory) -> None:
    found = grown(split(dataset(100), 80), memory)
    text = json.dumps(json_file.rounded(curve.as_json(found)), allow_nan=False)
    again = curve.from_json(json.loads(text))
    assert again.rows == found.rows
    assert again.means == pytest.approx(found.means, abs=1e-6)
    assert again.step == curve.Step(**json.loads(text)["step"])


def test_scores_that_are_not_finite_are_null() -> None:
    nan = float("nan")
    diverged = Curve("test", 9, "rmse", "lower", [10, 20], [[nan], [1.0]], curve.Step(nan, nan, nan), 0, [])  # fmt: skip
    content = json_file.rounded(curve.as_json(diverged))
    assert content["points"][0] == {"rows": 10, "mean": None, "scores": [None]}
    assert np.isnan(curve.from_json(content).means[0])
    assert not diverged.is_drawn


def test_all_fits_are_remembered(memory: FitMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = split(dataset(100), 80)
    first = grown(judged, memory)
    monkeypatch.setattr("mlp.fits.workers.fits", None)
    assert grown(judged, memory) == first


def test_by_folds_a_training_is_of_many_networks(memory: FitMemory) -> None:
    """So fewer do: of half of the rows three, and of smaller parts one where there are three folds."""
    judged = plan.of_folds(dataset(180), 3, 0)
    found = grown(judged, memory, repeats=4, hidden_layer_sizes=[], max_iter=20)
    assert (found.judged, found.rows) == (180, [15, 30, 60, 120])
    assert [len(scores) for scores in found.scores] == [1, 1, 3, 4]


@pytest.mark.long
def test_where_rows_teach_nothing_a_gain_is_seldom_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labels are drawn by a coin: of 150 tables at most 5 % show a change, within 3 standard errors."""
    monkeypatch.setattr(
        "mlp.fits.workers.fits",
        lambda jobs, rows: ((i, fold_fit.fold_fit(job, rows)) for i, job in enumerate(jobs)),
    )
    shown = 0
    for seed in range(150):
        rng = np.random.default_rng(seed)
        labels = rng.choice(np.array(["a", "b"], dtype=object), 460)
        judged = split(numeric(rng.normal(size=(460, 2)), labels), 160)
        memory = FitMemory(tmp_path / str(seed), 10**9)
        step = grown(judged, memory, repeats=5, hidden_layer_sizes=[], max_iter=50).step
        assert step is not None
        shown += not step.low <= 0 <= step.high
    assert shown <= 150 * (0.05 + 3 * (0.05 * 0.95 / 150) ** 0.5)
