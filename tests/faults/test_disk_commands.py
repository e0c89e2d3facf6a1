"""Each command on a disk that fails: what it cannot read or write is named, and nothing is lost.

As tests/faults/test_disk.py has it for the stages. A command that judges may say in its answer what
it could not read, and one may do without a file of which its answer does not depend.
"""

import errno
import os
import zlib
from pathlib import Path

import pytest
import small
from failing_commands import REFUSED, REPLACED, TEMPORARY, call, prepare, reset
from faulty_disk import ERRORS, Disk, failing
from project import ROOT, Project, once

from mlp.core.partial import place
from mlp.history.lock import FILES_OF_DVC

FIRST = 20  # operations of which each fails; later ones are many files that are read alike
STORE = Path(".cache/fits")  # whose files have no names that mean anything
MENDS = "repair --yes"
SERVES = {"live"}  # a server, in tests/faults/test_disk_live.py


@pytest.fixture
def results(copy: Project) -> Project:
    """The built project with files that commands read and replace."""
    prepare(copy)
    return copy


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of what a command replaces, of results, and the names beside them."""
    named = (*folder.iterdir(), *folder.glob("metrics/*"), *folder.glob("data/*"))
    kept = {".html", ".mmd", ".csv", ".json", ".lock", ".parquet", ".onnx"}
    return {
        str(path): path.read_bytes() if path.is_file() and path.suffix in kept else b""
        for path in named
    }


def attempt(command: str, project: Project, number: int, nth: int, answer: str) -> bool:
    """Run a command whose Nth operation fails, check what it says; return if one failed."""
    reset(command, project)
    before = files(project.path)
    with failing(project.path, number, nth) as disk:
        done = call(command, project)
    said = f"{done.stdout}\n{done.stderr}"
    where = f"{command}, {errno.errorcode[number]} {nth}: {disk.failed}\n{said}"
    assert set((project.path / TEMPORARY).iterdir()) <= disk.kept(), where
    disk.delete_kept()
    if not disk.failed:
        assert done.stdout == answer, where
        return False
    check(command, disk, done.returncode, done.stderr, where)
    if done.returncode != REFUSED[command]:
        assert done.stdout == answer or os.strerror(number) in " ".join(said.split()), where
    if command == MENDS:
        check_mended(project, where)
    elif done.stdout != answer:
        assert files(project.path) == before, where
    return True


def check(command: str, disk: Disk, code: int, stderr: str, where: str) -> None:
    """At most one error, which names the file and the reason."""
    assert "Traceback" not in stderr, where
    assert code in {0, 1, 2}, where
    errors = [line for line in stderr.splitlines() if line.startswith("error: ")]
    if not errors:
        return
    (error,) = errors
    failed = disk.failed[0][1].relative_to(disk.folder)
    path = place(failed)
    if path.parts[0].startswith(".mlp-new-"):
        path = Path(*path.parts[1:])
    store = path.parts[:2] == STORE.parts
    names = [
        str(STORE if store else path),
        str(failed),
        FILES_OF_DVC,
        *(REPLACED if path.suffix == ".partial" else ()),
    ]
    if "clone" in path.parts:
        names.append(f"{str(path).partition('/clone/')[2]} of the clone")
    assert code == REFUSED[command], where
    assert any(name in error for name in names), where
    assert os.strerror(disk.number) in error, where


def check_mended(project: Project, where: str) -> None:
    """Check that after a failure another `mlp repair --yes` mends the rest."""
    assert call(MENDS, project).returncode == 0, where
    assert project.run("git", "diff", "--name-only", "--", "dvc.lock").stdout == "", where
    assert not list(project.path.glob("data/.train.*")), where


def test_each_command_is_tried() -> None:
    modules = {path.stem for path in (ROOT / "commands").glob("[!_]*.py")}
    words = [command.removeprefix("python -m commands.").split()[0] for command in REFUSED]
    assert modules == SERVES | set(words)


@pytest.mark.parametrize("command", REFUSED)
def test_an_operation_fails(command: str, results: Project) -> None:
    number = list(ERRORS)[zlib.crc32(command.encode()) % len(ERRORS)]
    reset(command, results)
    answer = call(command, results).stdout
    attempt(command, results, number, zlib.crc32(command.encode()) % 4 + 1, answer)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("command", REFUSED)
def test_operation_after_operation_fails(command: str, number: int, results: Project) -> None:
    reset(command, results)
    answer = call(command, results).stdout
    nth = 1
    while attempt(command, results, number, nth, answer):
        nth += 1 + nth // FIRST


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("table", ["diabetes", *set(small.TABLES) & {"penguins"}])
@pytest.mark.parametrize("command", REFUSED)
def test_operations_fail_on_other_tables(
    command: str, table: str, shared: Path, tmp_path: Path
) -> None:
    """The first two, and then fewer and fewer."""
    kept = once(shared / f"{table} by DVC", lambda at: make(at / "project", table))
    project = Project(kept / "project").copy(tmp_path / "a copy")
    prepare(project)
    reset(command, project)
    answer = call(command, project).stdout
    for number in ERRORS:
        nth = 1
        while attempt(command, project, number, nth, answer):
            nth += 1 + nth // 2


def make(folder: Path, table: str) -> None:
    small.by_dvc(folder, table, "dvc.yaml", "gate/dvc.yaml")
