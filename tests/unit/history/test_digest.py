"""Hashes of files and folders are DVC's own."""

from pathlib import Path

import pytest
from dvc.repo import Repo

from mlp.history import digest, git

EMPTY = "d41d8cd98f00b204e9800998ecf8427e"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with files in an order that differs from that of their paths."""
    monkeypatch.chdir(tmp_path)
    for name in ("code/b.py", "code/b/c.py", "code/a.py", "code/é ü.py", "code/.hidden", "one.py"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(f"# {name}\n", encoding="utf-8")
    return tmp_path


def of_dvc(path: str) -> str:
    """Return the hash that DVC records of a dependency."""
    with Repo() as repo:
        stage = repo.stage.create(name="s", cmd="true", deps=[path], outs=["x"])
        (dep,) = stage.deps
        return str(dep.get_hash().value)


def test_of_files(folder: Path) -> None:
    (folder / "empty").touch()
    assert digest.md5(folder / "empty") == EMPTY
    assert digest.md5(folder / "none") is None


def test_of_folders_and_what_dvcignore_excludes(folder: Path) -> None:
    git.git("init", "--quiet")
    with Repo.init():
        pass
    assert digest.md5(Path("one.py")) == of_dvc("one.py")
    before = digest.md5(Path("code"))
    assert before == of_dvc("code")
    (folder / "code/b/__pycache__").mkdir()
    for name in ("b/__pycache__/c.txt", "b/c.pyc", "b/note.txt"):
        (folder / "code" / name).touch()
    assert digest.md5(Path("code")) == of_dvc("code") != before
    (folder / ".dvcignore").write_text("__pycache__/\n*.pyc\nnote.txt\n", encoding="utf-8")
    assert digest.md5(Path("code")) == of_dvc("code") == before
    git.git("add", "--all")
    assert digest.md5(Path("code")) == before  # also where git tracks what DVC ignores


def test_of_a_folder_outside_a_repository(folder: Path) -> None:
    assert str(digest.md5(folder / "code")).endswith(".dir")
