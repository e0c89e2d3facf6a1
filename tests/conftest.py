"""Projects to test in."""

from pathlib import Path

import pytest
from filelock import FileLock
from project import ROOT, Project, checkout

collect_ignore = ["audit", "pipeline/stub_stage.py"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """A clone in which `dvc repro --force` has run for real; made once and never changed: copy it.

    Beside the project stand ``log``, what it printed, and ``opened``, the files that each stage opened.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "built"
    project = Project(shared / "a project")
    with FileLock(f"{shared}.lock"):
        if not (shared / "done").exists():
            project = checkout(shared / "a project")
            audit = {
                "PYTHONPATH": str(ROOT / "tests" / "audit"),
                "AUDIT_LOG": str(shared / "opened"),
            }
            log = project.run("dvc", "repro", "--force", **audit).stdout
            (shared / "log").write_text(log, encoding="utf-8")
            (shared / "done").touch()
    return project


@pytest.fixture
def copy(built: Project, tmp_path: Path) -> Project:
    """A copy of the built project, to change at will."""
    return built.copy(tmp_path / "a copy")
