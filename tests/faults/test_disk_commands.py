"""Each command on a disk that fails: what it cannot read or write is named, and nothing is lost.

As tests/faults/test_disk.py has it for the stages. A command that judges may say in its answer what
it could not read, and one may do without a file of which its answer does not depend.
"""

import errno
import os
import zlib
from pathlib import Path

import pandas as pd
import pytest
from faulty_disk import ERRORS, Disk, failing
from project import Project

from mlp.core.partial import place
from mlp.history.lock import FILES_OF_DVC

COMMANDS = {  # and the exit code of an error
    "compare": 2,
    "compare --html page.html": 2,
    "gate": 2,
    "predict rows.csv -o predicted.csv": 1,
    "predict rows.parquet -o predicted.csv": 1,
    "explain": 2,
    "explain mlp.alpha": 2,
    "verify --quick": 2,
}
REPLACED = ("page.html", "predicted.csv")
FIRST = 20  # operations of which each fails; later ones are many files that are read alike


@pytest.fixture
def results(copy: Project) -> Project:
    """The built project with files that commands read and replace."""
    rows = pd.read_parquet(copy.path / "data/test.parquet").head(5)
    rows.to_csv(copy.path / "rows.csv", index=False)
    rows.to_parquet(copy.path / "rows.parquet")
    for name in REPLACED:
        (copy.path / name).write_text("earlier", encoding="utf-8")
    return copy


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of what a command replaces, of results, and the names beside them."""
    named = (*folder.iterdir(), *folder.glob("metrics/*"), folder / "dvc.lock")
    return {
        str(path): path.read_bytes() if path.suffix in {".html", ".csv", ".json", ".lock"} else b""
        for path in named
    }


def attempt(command: str, project: Project, number: int, nth: int, answer: str) -> bool:
    """Run a command whose Nth operation fails, check what it says; return if one failed."""
    before = files(project.path)
    (project.path / ".dvc/tmp/rwlock").unlink(missing_ok=True)  # DVC leaves it empty on a full disk
    with failing(project.path, number, nth) as disk:
        done = project.mlp(*command.split(), code=None)
    said = f"{done.stdout}\n{done.stderr}"
    where = f"{command}, {errno.errorcode[number]} {nth}: {disk.failed}\n{said}"
    if not disk.failed:
        assert done.stdout == answer, where
        return False
    check(command, disk, done.returncode, done.stderr, where)
    if done.returncode != COMMANDS[command]:
        assert done.stdout == answer or os.strerror(number) in " ".join(said.split()), where
    if done.stdout != answer:
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
    path = place(disk.failed[0][1].relative_to(disk.folder))
    names = [str(path), FILES_OF_DVC, *(REPLACED if path.suffix == ".partial" else ())]
    assert code == COMMANDS[command], where
    assert any(name in error for name in names), where
    assert os.strerror(disk.number) in error, where


@pytest.mark.parametrize("command", COMMANDS)
def test_an_operation_fails(command: str, results: Project) -> None:
    number = list(ERRORS)[zlib.crc32(command.encode()) % len(ERRORS)]
    answer = results.mlp(*command.split(), code=None).stdout
    for name in REPLACED:
        (results.path / name).write_text("earlier", encoding="utf-8")
    attempt(command, results, number, zlib.crc32(command.encode()) % 4 + 1, answer)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("command", COMMANDS)
def test_operation_after_operation_fails(command: str, number: int, results: Project) -> None:
    answer = results.mlp(*command.split(), code=None).stdout
    for name in REPLACED:
        (results.path / name).write_text("earlier", encoding="utf-8")
    nth = 1
    while attempt(command, results, number, nth, answer):
        nth += 1 + nth // FIRST
