"""Find partial files: what a killed process had not yet put in its place."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mlp.core import partial
from mlp.history import git
from mlp.repair.finding import Finding, deleting

# Names of what is renamed once it is complete: by a stage, by DVC, and by a command's -o or --html.
PARTIAL = re.compile(rf"{partial.NAME.pattern}|.*\.[\w-]{{22}}\.tmp|\.[0-9a-f]{{16}}\.partial")
CACHE = Path(".dvc/cache")


def findings(outputs: Iterable[str]) -> list[Finding]:
    """Return the partial files and folders in DVC's cache, inside outputs and beside them.

    Parameters
    ----------
    outputs : iterable of str
        The paths of files and folders that stages write.
    """
    found = set(_below(CACHE))
    for parent in {Path(output).parent for output in outputs}:
        found |= set(_entries(parent))
    for output in map(Path, outputs):
        found |= set(_below(output))
    found -= {path for name in git.tracked() for path in (Path(name), *Path(name).parents)}
    return [deleting(path, "was never finished") for path in sorted(found)]


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        yield from (Path(parent, name) for name in (*folders, *names) if PARTIAL.fullmatch(name))
        folders[:] = (name for name in folders if not PARTIAL.fullmatch(name))


def _entries(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        with os.scandir(folder) as entries:
            yield from (folder / entry.name for entry in entries if PARTIAL.fullmatch(entry.name))
