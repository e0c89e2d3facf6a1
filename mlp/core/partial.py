"""Make the outputs of a stage beside their places, and put them there together at the end.

What a stage has not finished stands under a hidden name, ``.NAME.HEX.partial``, that git and DVC
ignore. Whatever ends the stage, nothing unfinished is at the place of an output.
"""

import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

SUFFIX = ".partial"
NAME = re.compile(r"\.(.+)\.[0-9a-f]{8}\.partial")
Move = tuple[Path, Path]


@contextmanager
def outputs(places: Mapping[str, Path], folders: Collection[str]) -> Iterator[dict[str, Path]]:
    """Yield where to write each output; put all of them at their places if no error is raised.

    Parameters
    ----------
    places : mapping of str to Path
        The place of each output by its name.
    folders : collection of str
        The names of outputs that are folders. An empty folder to write to exists from the start.
        Files of a folder that is at the place of one stay there, unless files of the same names
        replace them.
    """
    made = {name: _beside(path) for name, path in places.items()}
    try:
        for name in folders:
            made[name].mkdir()
        yield made
        _put([move for name, path in places.items() for move in _moves(made[name], path)])
    except OSError as error:
        raise of_place(error) from None
    finally:
        for path in made.values():
            remove(path)


def place(path: Path) -> Path:
    """Return the place of what is written beside it.

    >>> place(Path("data/.models.0123abcd.partial/model.onnx")).as_posix()
    'data/models/model.onnx'
    """
    return Path(*(NAME.sub(r"\1", part) for part in path.parts))


def of_place(error: OSError) -> OSError:
    """Return an error that names the place of an output, not what is beside it."""
    if error.filename is None:
        return error
    return OSError(error.errno, error.strerror, str(place(Path(error.filename))))


def remove(path: Path) -> None:
    """Delete a file or a folder, if it is there and can be deleted."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _beside(path: Path) -> Path:
    """Return a new name in the folder of an output, and delete what earlier runs left there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{escape(path.name)}.*{SUFFIX}"):
        if place(left) == path:
            remove(left)
    return new_name(path)


def new_name(path: Path) -> Path:
    """Return a hidden name beside a file, which no other process has."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}{SUFFIX}")


def _moves(made: Path, path: Path) -> list[Move]:
    """Return what has to be renamed to what; a folder that exists keeps its other files."""
    if not (made.is_dir() and path.is_dir()):
        return [(made, path)]
    return [move for inner in sorted(made.iterdir()) for move in _moves(inner, path / inner.name)]


def _put(moves: list[Move]) -> None:
    """Rename all, or none: if one cannot be renamed, all are given their names back."""
    done: list[Move] = []
    replaced = []
    try:
        for made, path in moves:
            if path.exists():
                old = new_name(path)
                path.rename(old)
                done.append((path, old))
                replaced.append(old)
            made.rename(path)
            done.append((made, path))
    except OSError:
        for before, now in reversed(done):
            with suppress(OSError):
                now.rename(before)
        raise
    for old in replaced:
        remove(old)
