"""Remembered answers: when one is taken, when not, and that it never shows in what is written."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from ruamel.yaml import YAML

from mlp.core import dataset
from mlp.fits import workers
from mlp.fits.fold_fit import NO_MEMORY
from mlp.fits.memory import FOLDER, FitMemory
from mlp.search import answer_memory
from mlp.search.search import Found
from stages import search

OUTPUTS = ("best", "trials", "answer")
SECTION = {
    "strategy": "random",
    "n_iter": 2,
    "cv": 2,
    "repeats": 1,
    "scoring": "accuracy",
    "seed": 0,
    "space": {"alpha": {"loguniform": [0.001, 0.1]}},
    "fixed": {
        "hidden_layer_sizes": [4],
        "max_iter": 3,
        "solver": "adam",
        "random_state": 0,
        "scale": "standard",
    },
}


class Project:
    """A train split, parameters and a store in a folder, and what a search writes there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows(0)
        self.params()

    def rows(self, seed: int) -> None:
        values = np.random.default_rng(seed).normal(size=40)
        table = pa.table({"x": values, "label": np.where(values > 0, "a", "b")})
        columns = dataset.Columns("label", ["x"], [], "none")
        dataset.write(table, columns, self.folder / "train.parquet")

    def params(self, **changes: object) -> None:
        YAML().dump({"search": SECTION | changes}, self.folder / "params.yaml")

    @property
    def words(self) -> list[str]:
        files = {"params": "params.yaml", "train": "train.parquet"} | {n: n for n in OUTPUTS}
        return [w for name, file in files.items() for w in (f"--{name}", str(self.folder / file))]

    def run(self) -> list[bytes]:
        for name in OUTPUTS:  # as DVC does
            (self.folder / name).unlink(missing_ok=True)
        search.main(self.words)
        return [(self.folder / name).read_bytes() for name in OUTPUTS]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv(FOLDER, str(tmp_path / "store"))
    monkeypatch.delenv("DASK_SCHEDULER_ADDRESS", raising=False)
    return Project(tmp_path)


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for every search that was not answered from the store."""
    calls: list[object] = []
    true = search._search  # noqa: SLF001 - what is remembered is that it need not run

    def counted(*args: Any) -> Found:
        calls.append(args)
        return true(*args)

    monkeypatch.setattr(search, "_search", counted)
    return calls


def test_the_same_search_is_answered_with_the_same_bytes_and_words(
    project: Project, searched: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    first = project.run()
    said = capsys.readouterr().out.splitlines()
    assert project.run() == first
    assert capsys.readouterr().out.splitlines() == said[-3:]  # before them stands the progress
    assert len(searched) == 1


def test_a_known_answer_needs_no_scikit_learn(project: Project) -> None:
    code = "import sys; from stages import search; search.main(); print('sklearn' in sys.modules)"
    loaded = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code, *project.words], capture_output=True, text=True, check=True
        )
        loaded.append(done.stdout.splitlines()[-1])
    assert loaded == ["True", "False"]


@pytest.mark.parametrize("decides", ["params", "rows", "packages", "code"])
def test_whatever_decides_it_searches_anew(
    project: Project, searched: list[object], monkeypatch: pytest.MonkeyPatch, decides: str
) -> None:
    first = project.run()
    now = dict(answer_memory.environment())
    if decides == "params":
        project.params(scoring="balanced_accuracy")
    elif decides == "rows":
        project.rows(1)
    elif decides == "packages":
        monkeypatch.setattr(answer_memory, "environment", lambda: now | {"scikit-learn": "0.1"})
    else:
        monkeypatch.setattr(answer_memory, "digests", lambda _: {"mlp.search": "another"})
    second = project.run()
    assert len(searched) == 2
    assert (second == first) == (decides in {"packages", "code"})


def test_a_damaged_answer_costs_time_alone(project: Project, searched: list[object]) -> None:
    first = project.run()
    (entry,) = (project.folder / "store").rglob("answers/*/output.pkl")
    content = bytearray(entry.read_bytes())
    content[content.index(b"alpha") + 1] ^= 1
    for damaged in (bytes(content), content[:50], b""):
        entry.write_bytes(damaged)
        assert project.run() == first
    assert len(searched) == 4
    assert project.run() == first
    assert len(searched) == 4


def test_it_is_no_fit_and_is_forgotten_with_them(project: Project, searched: list[object]) -> None:
    project.run()
    memory = FitMemory.of_environment()
    assert memory.size().fits == 4
    memory.clear()
    project.run()
    assert len(searched) == 2
    assert memory.size().fits == 4


def test_one_for_want_of_memory_is_not_remembered(
    project: Project, searched: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    true, counts = workers.fits, [0]

    def fits(jobs: list[object], rows: dataset.Dataset) -> object:
        for position, fit in true(jobs, rows):  # type: ignore[arg-type]  # as they came
            is_short = position == 0 and counts == [0]
            yield position, type(fit)(*_nothing()) if is_short else fit
        counts[0] += 1

    monkeypatch.setattr(workers, "fits", fits)
    first = project.run()
    assert NO_MEMORY.encode() in first[1]
    second = project.run()
    assert NO_MEMORY.encode() not in second[1]
    assert len(searched) == 2


def _nothing() -> tuple[object, ...]:
    return np.empty((0, 0)), np.empty(0, str), 0, False, NO_MEMORY
