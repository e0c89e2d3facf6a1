"""Verify results: their bytes against dvc.lock, and dvc.lock against a rebuild from scratch."""

import json
import os
import subprocess
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from mlp.core import params_file
from mlp.core.errors import InputError, listed
from mlp.fits import memory
from mlp.history import lock
from mlp.history.lock import Lock
from mlp.history.results import LOCK

RUNNING = "Running stage '"


def rehash(
    content: Lock, in_cache: Callable[[str], Path], tracked: Collection[str]
) -> Iterator[str]:
    """Return a sentence for every output whose bytes are not those that dvc.lock records.

    Parameters
    ----------
    content : mapping
        The content of dvc.lock.
    in_cache : callable
        Returns the path of an MD5 hash in DVC's cache.
    tracked : collection of str
        The files that git stores. Others may be missing, as in a fresh clone: DVC restores them.

    Notes
    -----
    DVC itself trusts a read-only file in its cache unseen.
    """
    for path, recorded in lock.outputs(content).items():
        found = lock.md5(Path(path))
        if found is None and path in tracked:
            yield f"{path} is missing"
        elif found not in {None, recorded}:
            yield f"{path} is not what dvc.lock records"
        kept = in_cache(recorded)
        if kept.is_file() and lock.md5(kept) != recorded.removesuffix(".dir"):
            yield f"{path}: its copy in DVC's cache, {kept}, has rotted; delete it"


def rebuild(source: Path, cache: Path, folder: Path, say: Callable[[str], None]) -> Iterator[str]:
    """Run every stage in a clone of the last commit, and compare what it writes with that commit.

    Parameters
    ----------
    source : Path
        The repository.
    cache : Path
        DVC's cache, for data that DVC tracks and no stage writes.
    folder : Path
        Where the clone is made; it must not exist.
    say : callable
        Called with the name of each stage that begins.

    Yields
    ------
    str
        A sentence for every output that is not what is committed.

    Raises
    ------
    InputError
        If the clone cannot be made, or a stage fails in it.
    """
    _clone(source, folder)
    if not (folder / LOCK).exists():
        raise InputError(f"the last commit has no {LOCK}; commit what `dvc repro` wrote.")
    committed = lock.outputs(params_file.parse(folder / LOCK))
    _bring_data(cache, folder)
    kept = {path: _bytes(folder / path) for path in committed}
    _repro(folder, say)
    written = lock.outputs(params_file.parse(folder / LOCK))
    for path, now in written.items():
        how = _how(folder, path, kept.get(path))
        if path not in committed:
            yield f"{path} is not in the committed {LOCK}"
        elif now != committed[path]:
            yield f"{path}: a rebuild gives other bytes than {LOCK} records{how}"
        elif kept[path] not in {None, _bytes(folder / path)}:
            yield f"{path}: a rebuild gives other bytes than git has{how}"
    for path in sorted(committed.keys() - written.keys()):
        yield f"{path} is in the committed {LOCK}, and no stage writes it"


def _clone(source: Path, folder: Path) -> None:
    command = ["git", "clone", "--quiet", "--no-checkout", str(source), str(folder)]
    _git(command, source)
    head = _git(["git", "rev-parse", "HEAD"], source).strip()
    _git(["git", "checkout", "--quiet", "--detach", head], folder)


def _bring_data(cache: Path, folder: Path) -> None:
    """Bring the data of all .dvc files into the clone, from the cache as if it were a remote."""
    listed = _git(["git", "ls-files", "*.dvc"], folder).splitlines()
    if not listed:
        return
    for command in (["dvc", "remote", "add", "--local", "cache", str(cache)], _pull(listed)):
        done = subprocess.run(  # noqa: S603 - a list of arguments: no shell reads them
            command, cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise InputError(
                f"the data of {', '.join(listed)} are not in DVC's cache here; `dvc pull` brings "
                "them."
            )


def _pull(targets: list[str]) -> list[str]:
    return ["dvc", "pull", "--remote", "cache", "--", *targets]


def _git(command: list[str], folder: Path) -> str:
    done = subprocess.run(  # noqa: S603 - a list of arguments: no shell reads them
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise InputError(f"git cannot clone this repository: {' '.join(done.stderr.split())}")
    return done.stdout


def _repro(folder: Path, say: Callable[[str], None]) -> None:
    """Run all stages, whether or not DVC finds them changed."""
    last: list[str] = []
    # Fits that are remembered elsewhere would not be made again.
    env = {name: value for name, value in os.environ.items() if name != memory.FOLDER}
    with subprocess.Popen(
        ["dvc", "repro", "--force"],  # noqa: S607 - the dvc of this environment, first on PATH
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
                say(line.removeprefix(RUNNING).split("'")[0])
    if process.returncode:
        raise InputError("the rebuild failed:", *last)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _how(folder: Path, path: str, committed: bytes | None) -> str:
    """Return the first metrics that differ, where the file holds metrics."""
    if committed is None or not path.endswith(".json"):
        return ""
    try:
        old, new = json.loads(committed), json.loads((folder / path).read_bytes())
    except ValueError:
        return ""
    return _differences(old, new)


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    changes = lock.changed(old, new).items()
    named = [f"{key} {before}, rebuilt {after}" for key, (before, after) in changes]
    return f" ({listed(named, separator='; ')})" if named else ""
