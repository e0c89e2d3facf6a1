"""Remembered fits save training, and never change a result."""

import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from samples import mixed, numeric
from sklearn.datasets import make_classification

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.files import Labels
from mlp.fits import array_store, environment, keys, workers
from mlp.fits import reserve as reserve_of_disk
from mlp.fits.fold_fit import NO_MEMORY, FoldFit, Job, Shape, fold_fit
from mlp.fits.memory import FitMemory
from mlp.search.params import Search
from mlp.search.scoring import Scorer
from mlp.search.search import SearchResult, search
from mlp.training.folds import folded

FEATURES, CLASSES = make_classification(120, 6, n_classes=3, n_informative=4, random_state=0)
ROWS = numeric(FEATURES, np.array(["a", "b", "c"], dtype=object)[CLASSES])
SECTION: dict[str, Any] = {
    "strategy": "random",
    "n_iter": 4,
    "cv": 3,
    "repeats": 1,
    "scoring": "accuracy",
    "seed": 0,
    "fixed": {"random_state": 0, "max_iter": 8, "solver": "adam", "scale": "standard"},
    "space": {
        "hidden_layer_sizes": [[4], [8]],
        "learning_rate_init": {"loguniform": [0.001, 0.1]},
    },
}
CHECKED = 60  # labels, 20 of each class, on which a score is tried before anything is trained
FIT = FoldFit(np.array([[0.25, 0.75]]), np.array(["a", "b"]), 7, converged=True, failure="")
NETWORK = {"alpha": 0.1, "hidden_layer_sizes": [4], "max_iter": 20}
PART = (np.arange(80), np.arange(80, 120))


@pytest.fixture
def memory(tmp_path: Path) -> FitMemory:
    return FitMemory(tmp_path / "fits", 10**9)


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many networks each call trained, in this process."""
    counts: list[int] = []

    def fits(jobs: list[Job], dataset: Dataset) -> Iterator[tuple[int, FoldFit]]:
        counts.append(len(jobs))
        for position, job in enumerate(jobs):
            yield position, fold_fit(job, dataset)

    monkeypatch.setattr(workers, "fits", fits)
    return counts


def searched(memory: FitMemory | None, dataset: Dataset = ROWS, **changes: Any) -> SearchResult:
    return search(Search.model_validate(SECTION | changes), dataset, memory)


def same(a: SearchResult, b: SearchResult) -> bool:
    return a.trials.equals(b.trials) and (a.best, a.answer) == (b.best, b.answer)


def test_a_finished_search_trains_nothing(memory: FitMemory, trained: list[int]) -> None:
    first = searched(memory)
    assert same(searched(memory), first)
    assert trained == [12]
    assert same(searched(None), first)


def test_a_candidate_that_is_drawn_twice_is_trained_once(trained: list[int]) -> None:
    """Four are drawn from a choice of two and a number with a single value."""
    space = {"hidden_layer_sizes": [[4], [8]], "batch_size": {"randint": [10, 11]}}
    table = searched(None, space=space).trials
    assert trained == [6]
    assert len(table) == 4
    assert table["mean_score"].nunique() <= 2


def test_what_is_remembered_is_scored_while_the_rest_is_trained(
    memory: FitMemory, trained: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(memory, n_iter=3)
    score = Scorer.score

    def watched(self: Scorer, fit: FoldFit, labels: Labels) -> float:
        assert trained == [9, 3] or len(labels) == CHECKED
        return score(self, fit, labels)

    monkeypatch.setattr(Scorer, "score", watched)
    searched(memory)
    assert trained == [9, 3]


def test_a_larger_n_iter_trains_the_new_candidates(memory: FitMemory, trained: list[int]) -> None:
    searched(memory)
    more = searched(memory, n_iter=6)
    searched(memory, n_iter=2)
    assert trained == [12, 6]
    assert same(more, searched(None, n_iter=6))


def test_a_changed_choice_trains_the_candidates_that_drew_it(
    memory: FitMemory, trained: list[int]
) -> None:
    sizes = searched(memory).trials["hidden_layer_sizes"].tolist()
    space = SECTION["space"] | {"hidden_layer_sizes": [[4], [9]]}
    changed = searched(memory, space=space)
    assert changed.trials["hidden_layer_sizes"].tolist() == [
        size.replace("8", "9") for size in sizes
    ]
    assert trained == [12, 3 * sizes.count("[8]")]
    assert 0 < sizes.count("[8]") < 4


def test_another_score_trains_nothing(memory: FitMemory, trained: list[int]) -> None:
    searched(memory)
    other = searched(memory, scoring="neg_log_loss")
    assert trained == [12]
    assert same(other, searched(None, scoring="neg_log_loss"))


@pytest.mark.parametrize(
    "changes",
    [{"fixed": SECTION["fixed"] | {"random_state": 1}}, {"cv": 4}, {"seed": 1}],
)
def test_other_networks_and_folds_are_trained(
    memory: FitMemory, trained: list[int], changes: dict[str, Any]
) -> None:
    searched(memory)
    searched(memory, **changes)
    assert trained == [12, 4 * changes.get("cv", 3)]


def test_other_rows_are_trained(memory: FitMemory, trained: list[int]) -> None:
    searched(memory)
    searched(memory, numeric(FEATURES + 1e-9, ROWS.target))
    searched(memory, numeric(FEATURES, ROWS.target[::-1]))
    assert trained == [12, 12, 12]


def test_a_halving_search_uses_what_a_random_one_trained_to_the_end(
    memory: FitMemory, trained: list[int]
) -> None:
    fixed = SECTION["fixed"] | {"max_iter": 10}
    searched(memory, fixed=fixed, n_iter=5)
    searched(memory, fixed=fixed, n_iter=5, strategy="halving")
    assert trained == [15, 15]  # 5 candidates for 2 epochs; the one that continues is remembered
    assert same(
        searched(memory, fixed=fixed, strategy="halving"),
        searched(None, fixed=fixed, strategy="halving"),
    )


def test_texts_and_gaps_are_remembered(memory: FitMemory, trained: list[int]) -> None:
    assert same(searched(memory, mixed(120)), searched(memory, mixed(120)))
    assert trained == [12]


def test_an_interrupted_search_keeps_what_is_done(
    memory: FitMemory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = []

    def fits(jobs: list[Job], dataset: Dataset) -> Iterator[tuple[int, FoldFit]]:
        counts.append(len(jobs))
        for position, job in enumerate(jobs):
            if len(counts) == 1 and position == 5:
                raise KeyboardInterrupt
            yield position, fold_fit(job, dataset)

    monkeypatch.setattr(workers, "fits", fits)
    with pytest.raises(KeyboardInterrupt):
        searched(memory)
    sentence = (
        "interrupted: 5 of 12 fits are done; they are remembered, and `dvc repro` continues from "
        "there.\n"
    )
    assert capsys.readouterr().err == sentence
    whole = searched(memory)
    assert counts == [12, 7]
    assert same(whole, searched(None))


@pytest.mark.parametrize("damage", [b"", b"no zip file", b"\x80\x04K\x01.", None])
def test_a_damaged_fit_is_trained_again(
    memory: FitMemory, trained: list[int], damage: bytes | None
) -> None:
    whole = searched(memory)
    entries = sorted(memory.folder.rglob("output.pkl"))
    for entry in entries[:5]:
        content = entry.read_bytes()
        entry.write_bytes(content[: len(content) // 2] if damage is None else damage)
    assert same(searched(memory), whole)
    assert trained == [12, 5]
    assert same(searched(memory), whole)
    assert trained == [12, 5]


@pytest.mark.parametrize("reach", ["candidates", "folds", "arrays"])
def test_fits_that_were_exchanged_change_no_answer(
    memory: FitMemory, trained: list[int], reach: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whole files between candidates or folds, or the same array of all files."""
    whole = searched(memory)
    entries = sorted(memory.folder.rglob("output.pkl"))
    contents = [entry.read_bytes() for entry in entries]
    step = {"candidates": 3, "folds": 1, "arrays": 1}[reach]
    for entry, other in zip(entries, contents[step:] + contents[:step], strict=True):
        if reach != "arrays":
            entry.write_bytes(other)
            continue
        with np.load(entry) as mine, np.load(io.BytesIO(other)) as its:
            arrays = {**mine, "outputs": its["outputs"]}
        np.savez(entry.open("wb"), **arrays)
    capsys.readouterr()
    assert same(searched(memory), whole)
    assert trained == [12, 12]
    sentence = f"{memory.folder}: remembered fits are damaged; those are trained again."
    assert capsys.readouterr().err == f"warning: {sentence}\n"
    assert same(searched(memory), whole)
    assert trained == [12, 12]


@pytest.mark.parametrize(
    "fit",
    [
        FoldFit(np.zeros((39, 3)), np.array(["a", "b", "c"]), 8, converged=False, failure=""),
        FoldFit(np.zeros((40, 2)), np.array(["a", "b"]), 8, converged=False, failure=""),
        FoldFit(np.zeros((40, 3)), np.array(["a", "b", "d"]), 8, converged=False, failure=""),
        FoldFit(np.zeros((40, 3)), np.array(["a", "b", "c"]), 8, converged=False, failure="no"),
    ],
)
def test_a_fit_of_another_shape_is_not_used(memory: FitMemory, fit: FoldFit) -> None:
    memory.keep(NETWORK, "fold", fit)
    shape = Shape.of(ROWS, PART)
    assert (shape.rows, shape.classes) == (40, ["a", "b", "c"])
    assert memory.recall(NETWORK, "fold", shape) is None
    assert memory.size().fits == 0


def test_fits_of_an_earlier_format_are_left_alone(
    memory: FitMemory, trained: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(keys, "FORMAT", 1)
        searched(memory)
    searched(memory)
    assert trained == [12, 12]
    assert memory.size().fits == 24


def test_a_rotten_bit_is_seen(memory: FitMemory) -> None:
    memory.keep(NETWORK, "fold", FIT)
    (entry,) = memory.folder.rglob("output.pkl")
    content = bytearray(entry.read_bytes())
    content[content.index(b"\x00\x00\x00\x00\x00\x00\xe8?") + 6] ^= 1  # of the number 0.75
    entry.write_bytes(content)
    assert memory.recall(NETWORK, "fold") is None


def test_a_pickle_in_the_store_is_not_run(memory: FitMemory, tmp_path: Path) -> None:
    memory.keep(NETWORK, "fold", FIT)
    (entry,) = memory.folder.rglob("output.pkl")
    harm = b"cos\nsystem\n(S'touch " + str(tmp_path / "harm").encode() + b"'\ntR."
    entry.write_bytes(harm)
    assert memory.recall(NETWORK, "fold") is None
    assert not (tmp_path / "harm").exists()


def test_a_fit_that_stopped_by_itself_serves_every_larger_max_iter(memory: FitMemory) -> None:
    memory.keep(NETWORK, "fold", FIT)
    recalled = memory.recall(NETWORK | {"max_iter": 1000}, "fold")
    assert recalled is not None
    np.testing.assert_array_equal(recalled.outputs, FIT.outputs)
    assert (recalled.n_iter, recalled.converged, recalled.failure) == (7, True, "")
    assert memory.recall(NETWORK | {"max_iter": 7}, "fold") is not None
    assert memory.recall(NETWORK | {"max_iter": 6}, "fold") is None
    assert memory.recall(NETWORK | {"alpha": 0.2}, "fold") is None
    assert memory.recall(NETWORK, "another fold") is None


def test_it_really_is_the_same_for_a_larger_max_iter() -> None:
    section = {**SECTION["fixed"], "hidden_layer_sizes": [4], "tol": 0.05}
    part = folded(ROWS, 3, 0)[0]
    short, long, cut = (
        fold_fit(Job(section | {"max_iter": most}, part), ROWS) for most in (100, 400, 10)
    )
    assert 10 < short.n_iter < 100
    assert short.converged
    np.testing.assert_array_equal(short.outputs, long.outputs)
    assert not cut.converged
    assert not np.array_equal(cut.outputs, long.outputs)


def test_a_fit_that_met_max_iter_serves_that_alone(memory: FitMemory) -> None:
    fit = FoldFit(FIT.outputs, FIT.classes, 20, converged=False, failure="")
    memory.keep(NETWORK, "fold", fit)
    assert memory.recall(NETWORK, "fold") is not None
    assert memory.recall(NETWORK | {"max_iter": 40}, "fold") is None


def test_want_of_memory_is_not_remembered(memory: FitMemory) -> None:
    none = FoldFit(np.empty((0, 0)), np.empty(0, str), 0, converged=False, failure=NO_MEMORY)
    memory.keep(NETWORK, "fold", none)
    assert memory.recall(NETWORK, "fold") is None


def test_the_store_keeps_to_its_size_and_forgets_what_was_used_longest_ago(tmp_path: Path) -> None:
    memory = FitMemory(tmp_path, 10**9)
    for i in range(4):
        memory.keep(NETWORK | {"alpha": i}, "fold", FIT)
        newest = max(tmp_path.rglob("output.pkl"), key=os.path.getmtime)
        os.utime(newest, (1000 + i, 1000 + i))
    assert memory.recall(NETWORK | {"alpha": 0}, "fold") is not None  # and so it was used just now
    size = memory.size().size
    FitMemory(tmp_path, size // 2).bound()
    left = [i for i in range(4) if memory.recall(NETWORK | {"alpha": i}, "fold")]
    assert left == [0, 3]


def test_nothing_else_in_the_folder_is_ever_forgotten(tmp_path: Path) -> None:
    foreign = tmp_path / ("ab" * 32)
    foreign.mkdir()
    (foreign / "output.pkl").write_bytes(b"of another program")
    memory = FitMemory(tmp_path, 1)
    memory.keep(NETWORK, "fold", FIT)
    memory.bound()
    assert memory.recall(NETWORK, "fold") is None
    memory.clear()
    assert (foreign / "output.pkl").read_bytes() == b"of another program"


def test_a_full_disk_ends_the_remembering_and_not_the_search(
    memory: FitMemory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(array_store.ArrayStore, "dump_item", full)
    assert same(searched(memory), searched(None))
    warning = f"{memory.folder}: No space left on device; fits are not remembered from here on."
    assert capsys.readouterr().err == f"warning: {warning}\n"


def test_the_last_space_of_a_disk_is_not_taken(
    memory: FitMemory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """200 MB are left; of a disk of 1 GB, 5 %, which are 50 MB."""
    memory.keep(NETWORK, "before", FIT)
    size = (
        16 + 8 + 8 + 1 + 4
    )  # bytes: 2 floats, 2 letters, 2 numbers of which one is a truth, no text
    for total, reserve in ((10**12, 200_000_000), (10**9, 50_000_000)):
        space = SimpleNamespace(total=total, free=reserve + size)
        monkeypatch.setattr(shutil, "disk_usage", lambda _, space=space: space)
        reserve_of_disk.check(memory.folder, size)
        with pytest.raises(OSError, match=f"less than {reserve / 1e6:.0f} MB of the disk are free"):
            reserve_of_disk.check(memory.folder, size + 1)
    space.free = 0
    memory.keep(NETWORK, "after", FIT)
    memory.keep(NETWORK, "later", FIT)
    assert memory.recall(NETWORK, "before") is not None
    assert memory.recall(NETWORK, "after") is None
    assert capsys.readouterr().err == (
        f"warning: {memory.folder}: less than 50 MB of the disk are free; fits are not remembered "
        "from here on.\n"
    )


def test_what_cannot_be_written_leaves_nothing(
    memory: FitMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(file: Any, **_: Any) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", half)
    memory.keep(NETWORK, "fold", FIT)
    assert list(memory.folder.rglob("output.pkl*")) == []
    assert memory.recall(NETWORK, "fold") is None


def test_an_upgrade_and_an_edit_train_again(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = folded(ROWS, 3, 0)
    before = keys.of_folds(ROWS, parts)
    assert keys.of_folds(ROWS, parts) == before
    assert len(set(before)) == 3
    now = dict(environment.environment())
    for name in ("scikit-learn", "mlp/training"):
        monkeypatch.setattr(keys, "environment", lambda name=name: now | {name: "other"})
        assert not set(keys.of_folds(ROWS, parts)) & set(before)


def test_every_part_of_the_rows_decides_the_digest() -> None:
    rows = mixed(60)
    renamed = np.where(rows.target == "no", "not", rows.target).astype(object)
    others = [
        replace(rows, target=renamed),
        replace(rows, features=rows.features.assign(a=0.0)),
        replace(rows, features=rows.features.assign(u=rows.features["u"].replace("red", "rot"))),
        replace(rows, columns=replace(rows.columns, max_categories=3)),
    ]
    first, again, *digests = (keys.of_folds(other, [PART])[0] for other in [rows, rows, *others])
    assert first == again
    assert len({first, *digests}) == 5


def test_a_worker_that_dies_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first run breaks after a fit; the second continues with the remaining jobs."""
    runs: list[list[int]] = []

    def run(jobs: dict[int, Job], *_: object) -> Iterator[tuple[int, FoldFit]]:
        runs.append(sorted(jobs))
        for position in jobs:
            if len(runs) == 1 and position == 1:
                raise workers.DeadWorkerError("BrokenProcessPool")
            yield position, FIT

    monkeypatch.setattr(workers, "_here", run)
    jobs = [Job(NETWORK, PART)] * 3
    assert [position for position, _ in workers.fits(jobs, ROWS)] == [0, 1, 2]
    assert runs == [[0, 1, 2], [1, 2]]


def test_workers_that_die_again_and_again_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object) -> Iterator[tuple[int, FoldFit]]:
        raise workers.DeadWorkerError("BrokenProcessPool")
        yield

    monkeypatch.setattr(workers, "_here", run)
    jobs = [Job(NETWORK, PART)]
    with pytest.raises(InputError, match=r"^workers die again and again \(BrokenProcessPool\)"):
        list(workers.fits(jobs, ROWS))
