"""Read files that stages wrote, and refuse one that was cut short since.

Each text file ends with a newline, so a file that does not has lost its end.
"""

import os
from pathlib import Path

from mlp.core import disk
from mlp.core.errors import InputError


def damaged(path: Path, remedy: str = "dvc repro") -> InputError:
    """Return the error of a file that is not as written; remedy is the command that writes it."""
    return InputError(f"{path} is damaged or cut short; `{remedy}` writes it anew.")


def check(path: Path, remedy: str = "dvc repro") -> None:
    """Raise InputError if a text file does not end with a newline."""
    with disk.named(path), path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        if file.read() != b"\n":
            raise damaged(path, remedy)


def text(path: Path, remedy: str = "dvc repro", *, may_be_empty: bool = False) -> str:
    """Read a text file; raise InputError if its end is lost, or if it is no UTF-8."""
    content = disk.read_bytes(path)
    if not (content.endswith(b"\n") or (may_be_empty and not content)):
        raise damaged(path, remedy)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise damaged(path, remedy) from None
