"""Files that changed between two runs: edited, deleted, or not known to git."""

import subprocess
from pathlib import Path

import pytest
from locks import content
from project import environment

from mlp.compare import edits
from mlp.history import revisions
from mlp.history.runs import Runs


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], env=environment(), check=True, capture_output=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository with a commit of two modules the current folder, and return theirs."""
    monkeypatch.chdir(tmp_path)
    modules = Path("mlp/core")
    modules.mkdir(parents=True)
    for name in ("files.py", "errors.py"):
        (modules / name).write_text("# One\n", encoding="utf-8")
    git("init", "--quiet", "--initial-branch", "main")
    git("add", "--all")
    git("commit", "--quiet", "--message", "One")
    return modules


def found() -> dict[str, object]:
    runs = Runs(content(), content(core="k2.dir"))
    return {change.name: change.new for change in edits.files(runs, revisions.named("HEAD"))}


def test_edited_and_deleted_files_of_an_input_that_differs(folder: Path) -> None:
    (folder / "errors.py").unlink()
    assert found() == {"mlp/core/errors.py": "deleted"}  # not the folder, as if it were edited
    (folder / "files.py").write_text("# Two\n", encoding="utf-8")
    (folder / "new.py").touch()
    assert found() == {
        "mlp/core/errors.py": "deleted",
        "mlp/core/files.py": "edited",
        "mlp/core/new.py": "edited",
    }
    assert edits.files(Runs(content(), content()), revisions.named("HEAD")) == []


def test_an_input_that_git_does_not_know_is_named(folder: Path) -> None:
    assert (folder / "files.py").exists()  # and nothing differs from the commit
    assert found() == {"mlp/core": "edited"}
