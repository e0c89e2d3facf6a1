"""Read and write files, with errors that name the file.

The system names a file that cannot be opened, but not one that cannot be read or written to its
end, for example on a full disk.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def named(path: object) -> Iterator[None]:
    """Give errors of the system the name of a file, unless they have one.

    Parameters
    ----------
    path : object
        The file, as it is to be named.

    Raises
    ------
    OSError
        With the reason in ``strerror`` and the file in ``filename``.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is not None:
            raise
        number = error.errno or 0
        raise OSError(number, os.strerror(number) if number else str(error), str(path)) from None


def read_bytes(path: Path) -> bytes:
    """Return the content of a file."""
    with named(path):
        return path.read_bytes()


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8."""
    with named(path):
        return path.read_text(encoding="utf-8")


def write_bytes(path: Path, content: bytes) -> None:
    """Make content the whole of a file."""
    with named(path):
        path.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Make a text the whole of a file: in UTF-8, and with the line ends that it has."""
    with named(path):
        path.write_text(text, encoding="utf-8", newline="\n")
