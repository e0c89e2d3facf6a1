"""Clone the last commit into a folder of its own, with the data that DVC tracks."""

import subprocess
from pathlib import Path

from mlp.core.errors import InputError


def clone(source: Path, cache: Path, folder: Path) -> None:
    """Make the clone.

    Parameters
    ----------
    source : Path
        The repository.
    cache : Path
        DVC's cache, for data that DVC tracks and no stage writes.
    folder : Path
        It must not exist.

    Raises
    ------
    InputError
        If git refuses, or the data are not in the cache.
    """
    _run("git", "clone", "--quiet", "--no-checkout", str(source), str(folder), at=source)
    head = _run("git", "rev-parse", "HEAD", at=source).strip()
    _run("git", "checkout", "--quiet", "--detach", head, at=folder)
    if tracked := _run("git", "ls-files", "*.dvc", at=folder).splitlines():
        _bring(tracked, cache, folder)


def _bring(tracked: list[str], cache: Path, folder: Path) -> None:
    """Bring the data of .dvc files into the clone, from the cache as if it were a remote."""
    try:
        _run("dvc", "remote", "add", "--local", "cache", str(cache), at=folder)
        _run("dvc", "pull", "--remote", "cache", "--", *tracked, at=folder)
    except InputError:
        raise InputError(
            f"the data of {', '.join(tracked)} are not in DVC's cache here; `dvc pull` fetches "
            "them."
        ) from None


def _run(*command: str, at: Path) -> str:
    done = subprocess.run(  # noqa: S603 - a list of arguments: no shell reads them
        command, cwd=at, capture_output=True, text=True, check=False
    )
    if done.returncode:
        why = " ".join(done.stderr.split())
        raise InputError(f"{command[0]} cannot clone this repository: {why}")
    return done.stdout
