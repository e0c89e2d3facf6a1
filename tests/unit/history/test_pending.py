"""Whether results are older than what they were made from."""

from collections.abc import Callable
from pathlib import Path

import pytest
from locks import content, entry
from project import Project

from mlp.history import digest, pending

EMPTY = "d41d8cd98f00b204e9800998ecf8427e"
TRACKED = {"params.yaml", "split.py", "mlp/core/files.py"}
PARAMS = "split: {seed: 0}\nmlp: {alpha: 0.1}\ngate: {a: 1}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: params.yaml, split.py and mlp/core."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "params.yaml").write_text(PARAMS, encoding="utf-8")
    (tmp_path / "mlp/core").mkdir(parents=True)
    for name in ("split.py", "mlp/core/files.py"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.fixture
def stale(folder: Path) -> Callable[[], list[str]]:
    """Return what is stale in a lock file of what the folder holds now."""
    lock = content(code=EMPTY, core=str(digest.md5(folder / "mlp/core")))
    return lambda: pending.stale(lock, TRACKED)


def test_results_of_what_is_here_are_not_stale(stale: Callable[[], list[str]]) -> None:
    assert stale() == []


def test_a_change_since_the_run_is_stale(folder: Path, stale: Callable[[], list[str]]) -> None:
    (folder / "split.py").write_text("# edited", encoding="utf-8")
    (folder / "mlp/core/new.py").touch()
    text = PARAMS.replace("seed: 0", "seed: 3").replace("alpha", "alhpa").replace("a: 1", "a: 9")
    (folder / "params.yaml").write_text(text, encoding="utf-8")
    assert stale() == [
        "split.seed is 3; the results were made with 0",
        "split.py was changed since the results were made",
        "mlp.alpha is nothing; the results were made with 0.1",
        "mlp/core was changed since the results were made",
    ]


def test_a_deleted_input_is_stale(folder: Path, stale: Callable[[], list[str]]) -> None:
    (folder / "split.py").unlink()
    assert stale() == ["split.py was changed since the results were made"]


@pytest.mark.usefixtures("folder")
def test_a_stage_that_has_not_run_since_one_before_it_is_stale() -> None:
    """A run was interrupted between train and evaluate."""
    stages = {
        "train@mlp": entry("", None, "model:new"),
        "evaluate@mlp": entry("model:old", None, "metrics/mlp.json:m"),
        "report": entry("metrics:x", None, "page:p"),
    }
    assert pending.stale({"stages": stages}, set()) == [
        "evaluate@mlp has not run since model changed"
    ]


def test_edited_files_of_a_folder_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git tells: in a commit with dvc.lock, and not after a run that is not committed."""
    repository = Project(folder)
    for name, value in repository.env.items():
        monkeypatch.setenv(name, value)
    repository.run("git", "init", "--quiet", "--initial-branch", "main")
    core = str(digest.md5(Path("mlp/core")))
    lock = {"stages": {"train@mlp": entry(f"mlp/core:{core}", None, "model:m")}}
    (folder / "dvc.lock").write_text("stages: {}\n", encoding="utf-8")
    repository.commit("Run")
    (folder / "mlp/core/files.py").write_text("# edited", encoding="utf-8")
    (folder / "mlp/core/new.py").touch()
    repository.run("git", "add", "mlp/core/files.py")
    named = [
        f"mlp/core/{name}.py was changed since the results were made" for name in ("files", "new")
    ]
    assert pending.stale(lock, TRACKED) == named
    repository.run("git", "commit", "--quiet", "--message", "Edit")
    assert pending.stale(lock, TRACKED) == named
    (folder / "dvc.lock").write_text("stages: {}\nschema: '2.0'\n", encoding="utf-8")
    assert pending.stale(lock, TRACKED) == ["mlp/core was changed since the results were made"]
