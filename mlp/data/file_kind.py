"""Look at a data file before it is read: what it really is, and whether it fits into memory."""

import codecs
import os
from pathlib import Path

import psutil

from mlp.core.errors import InputError

BUDGET = "MLP_MEMORY_BUDGET"  # bytes that a data file may have; by default, what is free
LOOKED_AT = 1024  # bytes
CONTAINERS = [
    (b"\x1f\x8b", ".gz", "compressed by gzip"),
    (b"PAR1", ".parquet", "a Parquet file"),
]
FOREIGN = {
    b"PK\x03\x04": "a zip archive or an Excel file: save the table as CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel file: save the table as CSV",
    b"SQLite format 3": "an SQLite database: read it in a .py source",
    b"\x89HDF": "an HDF5 file: read it in a .py source",
    b"version https://git-lfs": "a git-lfs pointer: `git lfs pull` brings the data",
    b"outs:\n": "what DVC keeps of the data: `dvc pull` brings them, and the name has no .dvc",
    b"BZh9": "compressed by bzip2: use gzip, and the ending .csv.gz",
    b"\xfd7zXZ": "compressed by xz: use gzip, and the ending .csv.gz",
    b"\x28\xb5\x2f\xfd": "compressed by zstd: use gzip, and the ending .csv.gz",
}
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def check(path: Path, encoding: str = "utf-8") -> None:
    """Raise InputError unless a file's content is what its name says, and it fits into memory.

    Parameters as of `check_content`.
    """
    check_content(path, encoding)
    budget = _budget()
    size = path.stat().st_size
    if size > budget:
        raise InputError(
            f"{path} is {size / 1e9:.1f} GB, and {budget / 1e9:.1f} GB of memory are free; use a "
            f"sample of its rows, fewer columns, or a larger machine ({BUDGET} sets another limit)."
        )


def _budget() -> int:
    """Return the bytes that a file may have."""
    given = os.environ.get(BUDGET)
    if given is None:
        return int(psutil.virtual_memory().available)
    if not given.isdecimal():
        raise InputError(f"{BUDGET} is '{given}'; it should be a number of bytes.")
    return int(given)


def check_content(path: Path, encoding: str) -> None:
    """Raise InputError unless a file's content is what its name says.

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
        start = file.read(LOOKED_AT)
    if not start:
        raise InputError(f"{path} is empty.")
    if reason := _foreign(path.name, start, encoding):
        raise InputError(f"{path} {reason}.")


def _foreign(name: str, start: bytes, encoding: str) -> str | None:
    """Return how the content differs from what the name says, None if it does not."""
    kind = next((what for magic, what in FOREIGN.items() if start.startswith(magic)), None)
    if kind:
        return f"is {kind}"
    for magic, ending, what in CONTAINERS:
        if start.startswith(magic) != name.endswith(ending):
            has = start.startswith(magic)
            return f"is {what}: its name should end in {ending}" if has else f"is not {what}"
    is_text = not name.endswith((".parquet", ".gz"))
    return _no_csv(start, codecs.lookup(encoding).name) if is_text else None


def _no_csv(start: bytes, encoding: str) -> str | None:
    if start.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return "is a web page: perhaps an error page was saved in place of the data"
    is_wide = encoding.startswith(("utf-16", "utf-32"))
    if start.startswith(UTF16) and not is_wide:
        return "is encoded as UTF-16: set load.encoding to utf-16, or save it as UTF-8"
    if b"\0" in start and not is_wide:
        return "holds zero bytes, which no text does; it should be a CSV file"
    return None


def check_place(source: str, project: Path) -> None:
    """Raise InputError if a source of the project leads out of it, through a link.

    A file that DVC tracks may be a link into DVC's cache, wherever that is.
    """
    path = project / source
    is_of_dvc = Path(f"{path}.dvc").is_file()
    if not is_of_dvc and not path.resolve().is_relative_to(project.resolve()):
        raise InputError(
            f"load.source: {source} is a link that leads out of the project; copy the file into it."
        )
