"""Write to stdout, to a pipe or a device, or to a file that is replaced once it is complete."""

import io
import os
import secrets
import signal
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Literal, NoReturn, TextIO

from mlp.core.errors import InputError
from mlp.core.partial import remove

STDOUT = "-"
Write = Callable[[str], None]


@contextmanager
def opened(name: str, folder: Path, kept: Mapping[str, Path | None]) -> Iterator[Write]:
    """Yield a function that writes text to a file.

    A pipe or a device is written to. A regular file is replaced once the text is complete, and
    keeps its permissions. Links are not followed.

    Parameters
    ----------
    name : str
        The file, relative to a folder, or `STDOUT`.
    folder : Path
    kept : mapping of str to Path or None
        Files that must not be replaced, by what they are.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    path = folder / name
    with _named(name):
        is_stdout = name == STDOUT or _is_stdout(path)
        if not is_stdout:
            _check(name, path, kept)
    if is_stdout:
        with _to_stdout() as out:
            yield _writer(out, "stdout")
    elif path.exists() and not path.is_file():
        with _closed(name, path, "w") as out:
            yield _writer(out, name)
    else:
        with _replaced(name, path) as out:
            yield _writer(out, name)


def _writer(out: TextIO, name: str) -> Write:
    def write(text: str) -> None:
        with _named(name):
            out.write(text)

    return write


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Give errors of the system the name of the file as it was given."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}.") from None


@contextmanager
def _to_stdout() -> Iterator[TextIO]:
    if sys.stdout is None:
        raise InputError("stdout is closed; name a file with -o.")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    try:
        yield sys.stdout
        with _named("stdout"):
            sys.stdout.flush()
    except InputError:
        with suppress(OSError):
            sys.stdout.flush()
        raise


@contextmanager
def _closed(name: str, path: Path, mode: Literal["w", "x"]) -> Iterator[TextIO]:
    """Yield an open file; an error of closing it counts unless there was one before."""
    with _named(name):
        out = path.open(mode, encoding="utf-8", newline="")
    try:
        yield out
        with _named(name):
            out.close()
    finally:
        with suppress(OSError):
            out.close()


def _is_stdout(path: Path) -> bool:
    """Return whether a path is a link to stdout, such as /dev/stdout."""
    if not path.is_symlink() or sys.stdout is None:
        return False
    with suppress(OSError, io.UnsupportedOperation):
        return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    return False


def _check(name: str, path: Path, kept: Mapping[str, Path | None]) -> None:
    """Raise InputError unless a path may be written."""
    kind = path.stat().st_mode if path.exists() else stat.S_IFREG
    if stat.S_ISDIR(kind) or not path.parent.is_dir():
        raise InputError(f"{name or repr(name)} should be a file in an existing folder.")
    if stat.S_ISBLK(kind):
        raise InputError(f"{name} is a disk, which is not overwritten; name a file.")
    if path.is_symlink() and stat.S_ISREG(kind):
        raise InputError(f"{name} is a link to {path.resolve()}; name that file.")
    for meaning, file in kept.items():
        if file and path.exists() and path.samefile(file):
            raise InputError(f"{name} is the {meaning}; name another.")
    if path.exists() and not os.access(path, os.W_OK):
        raise InputError(f"{name} is read-only; name another file.")


@contextmanager
def _replaced(name: str, path: Path) -> Iterator[TextIO]:
    """Yield a file that replaces another once it is complete, and otherwise is deleted."""
    partial = path.with_name(f".{secrets.token_hex(8)}.partial")
    with _terminable():
        try:
            with _closed(name, partial, "x") as out:
                yield out
            with _named(name):
                if path.exists():
                    partial.chmod(stat.S_IMODE(path.stat().st_mode))
                partial.replace(path)
        finally:
            remove(partial)


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the process as an exception does, so that it can clean up.

    A signal that the process ignores, for example under nohup, stays ignored. After the first one
    all are, so that none interrupts the cleaning.
    """

    def end(number: int, _: FrameType | None) -> NoReturn:
        for other in changed:
            signal.signal(other, signal.SIG_IGN)
        sys.exit(128 + number)

    numbers = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    changed = [n for n in numbers if n and signal.getsignal(n) == signal.SIG_DFL]
    for number in changed:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in changed:
            signal.signal(number, signal.SIG_DFL)
