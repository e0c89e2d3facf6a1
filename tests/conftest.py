"""Projects to test in."""

from pathlib import Path

import pytest
from filelock import FileLock
from project import Project, checkout


@pytest.fixture
def clone(tmp_path: Path) -> Project:
    """The project as a fresh clone has it, without any result that DVC stores."""
    return checkout(tmp_path / "a clone")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """A clone in which `dvc repro` has run for real; made once, never changed: copy it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "built"
    project = Project(shared / "project")
    with FileLock(f"{shared}.lock"):
        if not (shared / "done").exists():
            project = checkout(shared / "project")
            (shared / "log").write_text(project.run("dvc", "repro").stdout, encoding="utf-8")
            (shared / "done").touch()
    return project


@pytest.fixture
def copy(built: Project, tmp_path: Path) -> Project:
    """A copy of the built project, to change at will."""
    return built.copy(tmp_path / "copy")
