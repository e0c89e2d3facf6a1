"""Open the file to predict: a file, a pipe or stdin, decompressed and in UTF-8."""

import codecs
import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from mlp.core import disk
from mlp.core.errors import InputError
from mlp.data import file_kind
from mlp.predict.records import Reader

STDIN = "-"
ENDINGS = (".csv", ".csv.gz", ".parquet")
GZIP, PARQUET = b"\x1f\x8b", b"PAR1"
BUFFER = 1 << 18  # bytes


@dataclass(frozen=True)
class Input:
    """An open file.

    Attributes
    ----------
    name : str
        As it was given, for errors.
    path : Path or None
        None for a pipe or stdin, which can be read only once.
    start : bytes
        The first bytes, which tell its kind.
    raw : RawIOBase
        All its bytes.
    """

    name: str
    path: Path | None
    start: bytes
    raw: BinaryIO

    @property
    def is_parquet(self) -> bool:
        """Whether it is a Parquet file; otherwise it is CSV, perhaps compressed."""
        return self.start.startswith(PARQUET)

    @property
    def position(self) -> int:
        """The bytes of the file that were read so far; 0 for a pipe."""
        return self.raw.tell() if self.path else 0

    def text(self, encoding: str) -> Reader:
        """Return its text, decompressed and in UTF-8."""
        stream = self.raw
        if self.start.startswith(GZIP):
            stream = cast("BinaryIO", gzip.GzipFile(fileobj=stream))
        if codecs.lookup(encoding).name in {"utf-8", "utf-8-sig"}:
            return stream
        return _Encoded(io.TextIOWrapper(stream, encoding, newline=""))


class _Encoded:
    """Text, as a stream of UTF-8."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text

    def read(self, size: int) -> bytes:
        return self.text.read(size).encode()


class _Whole(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self.start, self.rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer
        block = self.start or self.rest.read(len(buffer))
        count = min(len(block), len(buffer))
        buffer[:count] = block[:count]
        self.start = block[count:]
        return count


@contextmanager
def opened(name: str, folder: Path, encoding: str) -> Iterator[Input]:
    """Open a file by its name, relative to a folder; `STDIN` is stdin.

    A pipe, a device and stdin have no name that tells what they hold, so their first bytes do.

    Raises
    ------
    InputError
        If the file cannot be read, or its content does not match its name.
    """
    path = folder / name
    if name == STDIN:
        yield _piped("stdin", _stdin(), encoding)
        return
    if path.is_dir():
        raise InputError(f"{name} is a folder; it should be a file.")
    is_pipe = path.exists() and not path.is_file()
    if not is_pipe and not path.name.endswith(ENDINGS):
        raise InputError(f"{name} should be a file that ends in .csv, .csv.gz or .parquet.")
    try:
        raw = path.open("rb")
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}.") from None
    with raw:
        if is_pipe:
            yield _piped(name, raw, encoding)
            return
        with disk.named(name):
            start = raw.read(file_kind.INSPECTED)
        file_kind.check_start(name, start, encoding)
        raw.seek(0)
        yield Input(name, path, start, raw)


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise InputError("stdin is closed; name a file to predict.")
    return sys.stdin.buffer


def _piped(name: str, raw: BinaryIO, encoding: str) -> Input:
    start = raw.read(file_kind.INSPECTED)
    if start.startswith(PARQUET):
        raise InputError(f"{name} is a Parquet file, which is not read in order: name the file.")
    ending = ".csv.gz" if start.startswith(GZIP) else ".csv"
    try:
        file_kind.check_start(f"{name}{ending}", start, encoding)
    except InputError as error:
        raise InputError(str(error).replace(f"{name}{ending}", name, 1)) from None
    whole = io.BufferedReader(_Whole(start, raw), BUFFER)
    return Input(name, None, start, cast("BinaryIO", whole))
