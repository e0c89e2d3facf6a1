"""Projects to test in."""

import mlp.core.start  # noqa: F401 - pins the kernels, which must come before NumPy

# isort: split
import gc
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from project import ROOT, Project, checkout, once

from mlp.core import params_file

collect_ignore = ["audit"]
DIGITS = "stages/sources/digits.py"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests of the digits where params.yaml is not of them; order the others.

    It begins with what takes long, so that two processes end at about the same time. The first test
    makes the fixture ``built``, for which all others of its kind must wait; the other process
    meanwhile runs what takes long and needs none.
    """
    source = params_file.parse(ROOT / "params.yaml")["load"]["source"]
    if source != DIGITS:
        others = [item for item in items if item.get_closest_marker("digits")]
        items[:] = [item for item in items if item not in others]
        config.hook.pytest_deselected(items=others)

    def place(item: pytest.Item) -> int:
        if "built" in getattr(item, "fixturenames", ()):
            return 2
        takes_long = item.get_closest_marker("slow") or "test_reruns" in item.nodeid
        return 1 if takes_long else 3

    for item in items:
        if "built" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(900))  # the first waits for the whole pipeline
    first = next((item for item in items if "built" in getattr(item, "fixturenames", ())), None)
    items.sort(key=lambda item: 0 if item is first else place(item))


def pytest_collection_finish() -> None:
    """Keep what is imported by now from the garbage collector, which finds no garbage in it."""
    gc.freeze()


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Let SIGINT interrupt the test and the processes it starts, even where pytest itself ignores it.

    A shell script starts what it puts into the background with SIGINT ignored, and every process
    inherits that. A handler is not inherited: a new program begins with the default instead.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all of pytest-xdist's processes share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def built(shared: Path) -> Project:
    """A clone in which every stage has run, of dvc.yaml and gate/dvc.yaml; made once and never changed: copy it.

    Beside the project stands ``log``, what `dvc repro --force` printed.
    """

    def build(folder: Path) -> None:
        project = checkout(folder / "a project")
        log = project.dvc("repro", "--force").stdout
        for made in ("gate/curve", "gate/oof", "gate/repeats"):  # so that its stages run too
            shutil.rmtree(project.path / made)
        project.dvc("repro", "gate/dvc.yaml")
        (folder / "log").write_text(log, encoding="utf-8")

    return Project(once(shared / "built", build) / "a project")


@pytest.fixture
def copy(built: Project, tmp_path: Path) -> Project:
    """A copy of the built project, to change at will."""
    return built.copy(tmp_path / "a copy")
