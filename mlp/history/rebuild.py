"""Rebuild the last commit from scratch in a clone, and compare the results with the committed."""

import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mlp.core import disk, numerics
from mlp.core.errors import InputError, listed
from mlp.fits import memory
from mlp.history import lock, near
from mlp.history.clone import clone
from mlp.history.lock import GATE, ROOT
from mlp.history.snapshot import Snapshot
from mlp.history.values import changed

RUNNING = "Running stage '"


def rebuild(source: Path, cache: Path, folder: Path, say: Callable[[str], None]) -> Iterator[str]:
    """Run all stages in a clone of the last commit, and compare their outputs with that commit.

    Parameters
    ----------
    source : Path
        The repository.
    cache : Path
        DVC's cache, for data that DVC tracks and no stage writes.
    folder : Path
        Where to make the clone; it must not exist.
    say : callable
        Called with a sentence for each stage that begins.

    Yields
    ------
    str
        A sentence for every output that is not what is committed.

    Raises
    ------
    InputError
        If the clone cannot be made, or a stage fails in it.
    """
    if not numerics.are_exact():
        say(
            f"{platform.machine()}, MLP_NUMERICS {numerics.MODE}: the numeric kernels are not "
            "pinned here, so labels and rounded metrics are compared, and no bytes"
        )
    clone(source, cache, folder)
    if not (folder / lock.file_of(ROOT)).exists():
        raise InputError(f"the last commit has no {lock.file_of(ROOT)}; commit what DVC wrote.")
    yield from _rerun(folder, ROOT, say)
    if (folder / lock.file_of(GATE)).exists():
        yield from _rerun(folder, GATE, say)
    elif (folder / GATE).exists():
        say(f"not rebuilding {GATE}: its lock file is not committed")


def _rerun(folder: Path, pipeline: str, say: Callable[[str], None]) -> Iterator[str]:
    """Run all stages of a pipeline, and yield a sentence for every output that differs."""
    file = lock.file_of(pipeline)
    committed = _outputs(folder, pipeline)
    kept = {path: _bytes(folder / path) for path in committed}
    # Without its lock file DVC runs every stage of the pipeline, and none of those before it again.
    (folder / file).unlink()
    _dvc(folder, say, "repro", "--no-run-cache", pipeline)
    written = _outputs(folder, pipeline)
    for path in sorted(written.keys() - committed.keys()):
        yield f"{path} is not in the committed {file}"
    for path in sorted(written.keys() & committed.keys()):
        old, new = kept[path], _bytes(folder / path)
        if not numerics.are_exact():
            yield from _far(path, old, new)
        elif written[path] != committed[path]:
            how = _how(path, old, new)
            yield f"{path}: a rebuild gives other bytes than {file} records{how}"
        elif old not in {None, new}:
            yield f"{path}: a rebuild gives other bytes than git has{_how(path, old, new)}"
    for path in sorted(committed.keys() - written.keys()):
        yield f"{path} is in the committed {file}, and no stage writes it"


def _far(path: str, old: bytes | None, new: bytes | None) -> Iterator[str]:
    """Yield a sentence if a result of git differs beyond rounding."""
    if old is not None and new is not None and (how := near.difference(path, old, new)):
        yield f"{path}: a rebuild differs by more than other kernels explain ({how})"


def _outputs(folder: Path, pipeline: str) -> dict[str, str]:
    snapshot = Snapshot("the clone", lambda path: (folder / path).read_bytes())
    return lock.outputs(snapshot.lock_of(pipeline))


def _dvc(folder: Path, say: Callable[[str], None], *words: str) -> None:
    """Run a command of DVC in the clone, and say which stages it runs."""
    last: list[str] = []
    # Fits that are remembered elsewhere would not be made again.
    env = {name: value for name, value in os.environ.items() if name != memory.FOLDER}
    with subprocess.Popen(  # noqa: S603 - a list of arguments: no shell reads them
        ["dvc", *words],  # noqa: S607 - the dvc of this environment, first on PATH
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            last = [*last[-20:], line.rstrip()]
            if line.startswith(RUNNING):
                stage = line.removeprefix(RUNNING).split("'")[0]
                say(f"rebuilding: {stage}")
    if process.returncode:
        raise InputError("the rebuild failed:", *last)


def _bytes(path: Path) -> bytes | None:
    return disk.read_bytes(path) if path.is_file() else None


def _how(path: str, old: bytes | None, new: bytes | None) -> str:
    """Return the first metrics that differ, where the file holds metrics."""
    if old is None or new is None or not path.endswith(".json"):
        return ""
    try:
        return _differences(json.loads(old), json.loads(new))
    except ValueError:
        return ""


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    changes = changed(old, new).items()
    named = [f"{key} {before}, rebuilt {after}" for key, (before, after) in changes]
    return f" ({listed(named, separator='; ')})" if named else ""
