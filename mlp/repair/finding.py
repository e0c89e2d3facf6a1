"""Something that a killed run left behind, and how to mend it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mlp.core import disk, partial


@dataclass(frozen=True)
class Finding:
    """A file that needs mending.

    Attributes
    ----------
    path : str
        The file, from the project's folder.
    fault : str
        The rest of a sentence that begins with the path: what is wrong.
    remedy : str
        What `mend` does, as an order.
    mend : callable
        Mends it; raises OSError if that fails.
    """

    path: str
    fault: str
    remedy: str
    mend: Callable[[], None]

    def __str__(self) -> str:
        return f"{self.path} {self.fault}: {self.remedy}"


def deleting(path: Path, fault: str) -> Finding:
    """Return the finding of a file or folder that only has to go."""

    def mend() -> None:
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from None

    return Finding(str(path), fault, "delete it", mend)


def content_of(path: Path) -> bytes | None:
    """Return the content of a file, or None if there is none."""
    try:
        return disk.read_bytes(path)
    except FileNotFoundError:
        return None


def replace(path: Path, content: bytes) -> None:
    """Write a file beside another and put it in its place, so that no reader finds half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = partial.new_name(path)
    try:
        disk.write_bytes(beside, content)
        if path.exists():
            beside.chmod(path.stat().st_mode)
        beside.replace(path)
    except OSError as error:
        raise partial.of_place(error) from None
    finally:
        partial.remove(beside)
