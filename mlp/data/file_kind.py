"""Check a data file's real format, size and place before reading it."""

import codecs
import os
from pathlib import Path

import psutil

from mlp.core.errors import InputError

BUDGET = "MLP_MEMORY_BUDGET"  # the largest data file allowed, in bytes; by default, free memory
INSPECTED = 1024  # bytes
CONTAINERS = [
    (b"\x1f\x8b", ".gz", "compressed by gzip"),
    (b"PAR1", ".parquet", "a Parquet file"),
]
FOREIGN = {
    b"PK\x03\x04": "a zip archive or an Excel file: save the table as CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel file: save the table as CSV",
    b"SQLite format 3": "an SQLite database: read it in a .py source",
    b"\x89HDF": "an HDF5 file: read it in a .py source",
    b"version https://git-lfs": "a git-lfs pointer: `git lfs pull` fetches the data",
    b"outs:\n": "a DVC pointer: `dvc pull` fetches the data, whose name does not end in .dvc",
    b"BZh9": "compressed by bzip2: compress it by gzip, and end its name in .csv.gz",
    b"\xfd7zXZ": "compressed by xz: compress it by gzip, and end its name in .csv.gz",
    b"\x28\xb5\x2f\xfd": "compressed by zstd: compress it by gzip, and end its name in .csv.gz",
}
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def check(path: Path, encoding: str = "utf-8") -> None:
    """Raise InputError unless a file's content matches its name, and it fits into memory.

    The parameters are those of `check_content`.
    """
    check_content(path, encoding)
    budget = _budget()
    size = path.stat().st_size
    if size > budget:
        raise InputError(
            f"{path} is {size / 1e9:.1f} GB, but only {budget / 1e9:.1f} GB of memory are free; "
            f"use a sample of its rows, fewer columns, or a larger machine ({BUDGET} sets another "
            "limit)."
        )


def check_content(path: Path, encoding: str) -> None:
    """Raise InputError unless a file's content matches its name.

    Parameters
    ----------
    path : Path
        It ends in .csv, .csv.gz or .parquet.
    encoding : str
        Of a CSV file's text.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder; it should be a file.")
    with path.open("rb") as file:
        check_start(str(path), file.read(INSPECTED), encoding)


def check_start(name: str, start: bytes, encoding: str) -> None:
    """Raise InputError unless the first bytes of a file match its name.

    Parameters
    ----------
    name : str
        It ends in .csv, .csv.gz or .parquet.
    start : bytes
        `INSPECTED` bytes, or all if there are fewer.
    encoding : str
        Of a CSV file's text.
    """
    if not start:
        raise InputError(f"{name} is empty.")
    if fault := _mismatch(name, start, encoding):
        raise InputError(f"{name} {fault}.")


def damaged(path: Path | str, error: Exception) -> str:
    r"""Return a sentence on a file that a library cannot read to its end, with the reason it gave.

    >>> damaged(Path("a.csv.gz"), EOFError("the end\nis missing"))
    'a.csv.gz is cut off or damaged: the end is missing.'
    """
    reason = " ".join(str(error).split()).removesuffix(".")
    return f"{path} is cut off or damaged: {reason}."


def check_place(source: str, project: Path) -> None:
    """Raise InputError if a source is a link to a file outside the project.

    A file that DVC tracks may be a link into DVC's cache, wherever that is.
    """
    path = project / source
    is_of_dvc = Path(f"{path}.dvc").is_file()
    if not is_of_dvc and not path.resolve().is_relative_to(project.resolve()):
        raise InputError(
            f"load.source: {source} is a link to a file outside the project; copy the file into it."
        )


def _budget() -> int:
    """Return the largest file size allowed, in bytes."""
    given = os.environ.get(BUDGET)
    if given is None:
        return int(psutil.virtual_memory().available)
    if not given.isdecimal():
        raise InputError(f"{BUDGET} is '{given}'; it should be a number of bytes.")
    return int(given)


def _mismatch(name: str, start: bytes, encoding: str) -> str | None:
    """Return how the content differs from what the name promises, or None if it does not."""
    for magic, meaning in FOREIGN.items():
        if start.startswith(magic):
            return f"is {meaning}"
    for magic, ending, meaning in CONTAINERS:
        is_kind = start.startswith(magic)
        if is_kind and not name.endswith(ending):
            return f"is {meaning}: its name should end in {ending}"
        if name.endswith(ending) and not is_kind:
            return f"is not {meaning}"
    is_text = not name.endswith((".parquet", ".gz"))
    return _not_csv(start, codecs.lookup(encoding).name) if is_text else None


def _not_csv(start: bytes, encoding: str) -> str | None:
    if start.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return "is a web page: perhaps an error page was saved instead of the data"
    is_wide = encoding.startswith(("utf-16", "utf-32"))
    if start.startswith(UTF16) and not is_wide:
        return "is encoded as UTF-16: set load.encoding to utf-16, or save it as UTF-8"
    if b"\0" in start and not is_wide:
        return "holds zero bytes, which text never does; it should be a CSV file"
    return None
