"""Each stage on a disk that fails: one sentence that names the file, and nothing is lost.

The Nth operation below the project's folder fails, for N = 1, 2 and so on until none does. `make test`
tries one for each stage and way to fail, `make faults` all, and some on other tables.
"""

import errno
import os
import zlib
from collections.abc import Collection
from pathlib import Path

import faulty_disk
import pytest
import small
from faulty_disk import DELETE, ERRORS, failing
from project import once, stage

from mlp.core.partial import place

NAMES = {name.partition("@")[0]: name for name in small.COMMANDS if not name.endswith("linear")}
MOST = 1000


@pytest.fixture
def project(shared: Path, tmp_path: Path) -> Path:
    """A copy of a small project in which every stage has run."""
    return made(small.FEW, shared, tmp_path)


def made(table: str, shared: Path, to: Path) -> Path:
    """Return a copy of the project of a table, in which every stage has run."""
    kept = once(shared / f"small {table}", lambda at: small.make(at / "project", table))
    small.copy(kept / "project", to / "project")
    return to / "project"


def tree(folder: Path) -> dict[str, bytes]:
    """Return each file of a folder, but for remembered fits, which change no result."""
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes() for name, path in files.items() if not name.startswith(".cache")
    }


def attempt(
    name: str, folder: Path, number: int, nth: int, kinds: Collection[str] | None = None
) -> bool:
    """Run a stage whose Nth operation fails, check what it says and leaves; return if one failed."""
    before = tree(folder)
    with failing(folder, number, nth, kinds) as disk:
        done = stage(folder, *small.words(name))
    where = f"{name}, {errno.errorcode[number]} {nth}: {disk.failed}\n{done.stdout}\n{done.stderr}"
    after = tree(folder)
    assert {folder / left for left in after.keys() - before.keys()} <= disk.kept(), where
    assert {file: after.get(file) for file in before} == before, where
    disk.delete_kept()
    if not disk.failed:
        assert done.returncode == 0, where
        return False
    check(disk, done.returncode, done.stderr, where)
    return True


def check(disk: faulty_disk.Disk, code: int, stderr: str, where: str) -> None:
    """One sentence names the file and the reason.

    Only the store of fits may fail, and be said to. A partial file that cannot be deleted is left
    to the next run.
    """
    paths = [place(path.relative_to(disk.folder)) for kind, path in disk.failed if kind != DELETE]
    others = [path for path in paths if path.parts[0] != ".cache"]
    assert "Traceback" not in stderr, where
    errors = [line for line in stderr.splitlines() if line.startswith("error: ")]
    if not others and code == 0:
        assert not errors, where
        return
    assert code == 1, where
    assert len(errors) == 1, where
    assert os.strerror(disk.number) in errors[0], where
    assert str(others[0] if others else ".cache/fits") in errors[0], where
    assert ".partial" not in errors[0], where


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("name", NAMES.values())
def test_an_operation_fails(name: str, number: int, project: Path) -> None:
    """One of the first six, another for each stage."""
    nth = zlib.crc32(f"{name} {number}".encode()) % 6 + 1
    attempt(name, project, number, nth)


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES], ids=errno.errorcode.get)
def test_what_cannot_be_deleted_costs_no_result(number: int, project: Path) -> None:
    tried = next(n for n in range(1, MOST) if not attempt("split", project, number, n, {DELETE}))
    assert tried > 2


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("name", NAMES.values())
def test_every_operation_fails(name: str, number: int, project: Path) -> None:
    tried = next(nth for nth in range(1, MOST) if not attempt(name, project, number, nth))
    assert tried > 2


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("table", [name for name in small.TABLES if name != small.FEW])
@pytest.mark.parametrize("name", NAMES.values())
def test_operations_fail_on_other_tables(
    name: str, table: str, shared: Path, tmp_path: Path
) -> None:
    """The first two, and then fewer and fewer."""
    project = made(table, shared, tmp_path)
    for number in ERRORS:
        nth = 1
        while attempt(name, project, number, nth):
            nth += 1 + nth // 2
