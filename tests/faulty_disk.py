"""A disk that fails at the Nth operation, as SQLite's tests of errors have it.

Source: https://www.sqlite.org/testing.html, section 3.2. Files are opened, read and written through
Python here, and pyarrow's own reading and writing by path counts as one operation.
"""

import builtins
import errno
import inspect
import io
import os
import shutil
import tarfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

OPEN, READ, CREATE, WRITE, RENAME, MKDIR = "open", "read", "create", "write", "rename", "mkdir"
DELETE = "delete"
ERRORS = {  # what may fail in which way
    errno.ENOSPC: {CREATE, WRITE, RENAME, MKDIR},
    errno.EIO: {READ, WRITE, RENAME, DELETE},
    errno.EACCES: {OPEN, CREATE, RENAME, MKDIR, DELETE},
}


class Disk:
    """It fails at the Nth operation that may fail in this way; when it is full, from there on."""

    def __init__(self, folder: Path, number: int, nth: int, kinds: Collection[str]) -> None:
        self.folder = folder.resolve()
        self.number = number
        self.nth = nth
        self.kinds = kinds
        self.count = 0
        self.failed: list[tuple[str, Path]] = []
        self.trees: dict[tuple[str, ...], Path] = {}

    def covers(self, path: object) -> bool:
        """Return whether a path is below the folder; the project's code is one file among many."""
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        place = self.place(path)
        return place.is_relative_to(self.folder) and place.suffix != ".py"

    def place(self, path: Any) -> Path:
        """Return where a path leads from the current folder, without following a link."""
        return Path(Path.cwd(), os.path.normpath(os.fsdecode(path)))

    def is_first(self, path: object) -> bool:
        """Return whether nothing else was deleted yet in the same tree, where all would be alike."""
        path = self.place(path)
        return self.trees.setdefault(path.relative_to(self.folder).parts[:2], path) == path

    def fails(self, kind: str, path: object) -> bool:
        if kind not in self.kinds or not self.covers(path):
            return False
        path = self.place(path)
        if (kind, path) in self.failed and self.number != errno.ENOSPC:
            return True  # as a bad sector, or a file of somebody else
        self.count += 1
        is_full = self.number == errno.ENOSPC and self.count > self.nth and kind != RENAME
        if self.count != self.nth and not is_full:
            return False
        self.failed.append((kind, path))
        return True

    def kept(self) -> set[Path]:
        """Return what could not be deleted, and the folders that it is in."""
        undeleted = {path for kind, path in self.failed if kind == DELETE}
        return undeleted | {parent for path in undeleted for parent in path.parents}

    def delete_kept(self) -> None:
        """Delete what could not be, as an administrator would."""
        for kind, path in self.failed:
            if kind == DELETE and path.is_dir():
                shutil.rmtree(path)
            elif kind == DELETE:
                path.unlink(missing_ok=True)

    def error(self, *path: object) -> OSError:
        return OSError(self.number, os.strerror(self.number), *path)


disk: Disk | None = None


@contextmanager
def failing(
    folder: Path, number: int, nth: int, kinds: Collection[str] | None = None
) -> Iterator[Disk]:
    """Have the Nth operation below a folder fail with the error of a number.

    It is one of all kinds that may fail in this way, or of those that are given.
    """
    global disk  # noqa: PLW0603 - what is patched finds it there
    disk = Disk(folder, number, nth, ERRORS[number] if kinds is None else kinds)
    try:
        yield disk
    finally:
        disk = None


class File(io.FileIO):
    """A file on the disk."""

    def __init__(self, path: Any, mode: str, opener: Any) -> None:
        super().__init__(path, mode, opener=opener)
        self.path, self.was_read = path, False

    def _read(self) -> None:
        if disk and not self.was_read and disk.fails(READ, self.path):
            raise disk.error()
        self.was_read = True

    def readinto(self, buffer: Any) -> int | None:
        self._read()
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self._read()
        return super().readall()

    def write(self, content: Any) -> int | None:
        if disk and disk.fails(WRITE, self.path):
            super().write(memoryview(content).cast("B")[:1])
            raise disk.error()
        return super().write(content)


REAL_OPEN = io.open
SIGNATURE = inspect.signature(io.open)


def _open(file: Any, *args: Any, **options: Any) -> Any:
    if not disk or not disk.covers(file):
        return REAL_OPEN(file, *args, **options)
    call = SIGNATURE.bind(file, *args, **options)
    call.apply_defaults()
    given, path = SimpleNamespace(**call.arguments), os.fspath(file)
    reads = not set(given.mode) & set("wax+")
    if disk.fails(OPEN if reads else CREATE, path):
        raise disk.error(path)
    raw = File(path, given.mode.replace("b", "").replace("t", ""), given.opener)
    if given.buffering == 0:
        return raw
    both = "+" in given.mode
    kind: Any = io.BufferedRandom if both else io.BufferedReader if reads else io.BufferedWriter
    if "b" in given.mode:
        return kind(raw)
    text = io.TextIOWrapper(kind(raw), given.encoding, given.errors, given.newline)
    text.mode = given.mode
    return text


def _renaming(real: Callable[..., Any], kind: str) -> Callable[..., Any]:
    def call(path: Any, *rest: Any, **options: Any) -> Any:
        if disk is None:
            return real(path, *rest, **options)
        is_there = kind == MKDIR and Path(path).is_dir()  # and so it says that, whatever the disk
        if not is_there and disk.fails(kind, path):
            raise disk.error(path)
        return real(path, *rest, **options)

    return call


def _deleting(real: Callable[..., Any]) -> Callable[..., Any]:
    def call(path: Any, *, dir_fd: int | None = None) -> Any:
        place: Any = path if dir_fd is None else Path(f"/proc/self/fd/{dir_fd}").readlink() / path
        if disk and disk.covers(place) and os.path.lexists(place):
            is_tried = dir_fd is None or disk.is_first(place)
            if is_tried and disk.fails(DELETE, place):
                raise disk.error(path)
        return real(path, dir_fd=dir_fd)

    return call


def _arrow(real: Callable[..., Any], kind: str, place: int) -> Callable[..., Any]:
    """Return a function of pyarrow that fails as it does: with a long text, and no file in it."""

    def call(*args: Any, **options: Any) -> Any:
        path = args[place]
        if disk and disk.fails(kind, path):
            if kind == WRITE:
                REAL_OPEN(path, "wb").write(b"P")
            reason = f"Error of a file. Detail: [errno {disk.number}] {os.strerror(disk.number)}"
            raise OSError(disk.number, reason)
        return real(*args, **options)

    return call


def install() -> None:
    """Patch what opens, reads, writes, renames and deletes; without a disk it does as before."""
    io.open = builtins.open = tarfile.bltn_open = _open  # type: ignore[assignment,attr-defined]  # of one kind
    for name in ("rename", "replace"):
        setattr(os, name, _renaming(getattr(os, name), RENAME))
    os.mkdir = _renaming(os.mkdir, MKDIR)
    for name in ("remove", "unlink", "rmdir"):
        setattr(os, name, _deleting(getattr(os, name)))
    pq.write_table = _arrow(pq.write_table, WRITE, 1)
    pq.read_table = _arrow(pq.read_table, READ, 0)
    pq.read_schema = _arrow(pq.read_schema, OPEN, 0)
    csv.read_csv = _arrow(csv.read_csv, READ, 0)
    pa.OSFile = _arrow(pa.OSFile, OPEN, 0)


class ParquetFile(pq.ParquetFile):
    """A Parquet file on the disk."""

    def __init__(self, source: Any, **options: Any) -> None:
        if disk:
            for kind in (OPEN, READ):
                if disk.fails(kind, source):
                    raise OSError(disk.number, f"Failed. Detail: {os.strerror(disk.number)}")
        super().__init__(source, **options)


pq.ParquetFile = ParquetFile
install()
