"""The git repository of a new project, and the branch that brings it later versions."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from mlp.core import partial
from mlp.core.errors import InputError


def git(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> bytes:
    """Run a git command in a folder, and return what it prints; InputError if it fails."""
    done = _run(folder, arguments, env)
    if done.returncode:
        reason = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise InputError(f"git {arguments[0]} failed in {folder}: {reason}")
    return done.stdout


def try_git(folder: Path, *arguments: str) -> bytes | None:
    """Run a git command in a folder, and return what it prints, or None if it fails."""
    done = _run(folder, arguments, None)
    return None if done.returncode else done.stdout


def check_identity(folder: Path) -> None:
    """Raise InputError if git does not know by whom commits are."""
    if try_git(folder, "var", "GIT_COMMITTER_IDENT") is None:
        raise InputError(
            "git does not know who you are; run `git config --global user.name NAME` and `git "
            "config --global user.email ADDRESS`."
        )


def begin(folder: Path, branch: str, message: str, without: str) -> None:
    """Make a folder a repository, commit it on a branch but for one file, and go on to main."""
    git(folder, "init", "--quiet", f"--initial-branch={branch}")
    commit(folder, message, ".", f":(exclude){without}")
    git(folder, "switch", "--quiet", "--create", "main")


def commit(folder: Path, message: str, *paths: str, forced: Sequence[str] = ()) -> None:
    """Commit files; those that are forced even if the user's settings ignore such names."""
    git(folder, "add", "--all", "--", *paths)
    if forced:
        git(folder, "add", "--force", "--", *forced)
    git(folder, "commit", "--quiet", "--no-verify", "--message", message)


def add_version(repository: Path, branch: str, files: Path, message: str) -> bool:
    """Commit a folder of files as the next version on a branch of a repository.

    Neither its index nor its work tree is touched.

    Parameters
    ----------
    repository : Path
    branch : str
    files : Path
        A folder outside the repository.
    message : str

    Returns
    -------
    bool
        Whether the files differ from the version before.

    Raises
    ------
    InputError
        If the folder is not a repository with this branch.
    """
    tip = try_git(repository, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}")
    if tip is None:
        raise InputError(
            f"{repository} has no branch {branch}, which mlp new makes; in a clone, run `git "
            f"branch {branch} origin/{branch}` first."
        )
    folder = git(repository, "rev-parse", "--absolute-git-dir").decode().strip()
    index = {"GIT_DIR": folder, "GIT_WORK_TREE": str(files), "GIT_INDEX_FILE": f"{files}.index"}
    try:
        git(files, "add", "--all", "--force", ".", env=index)
        tree = git(files, "write-tree", env=index).decode().strip()
    finally:
        partial.remove(Path(index["GIT_INDEX_FILE"]))
    parent = tip.decode().strip()
    if git(repository, "rev-parse", f"{parent}^{{tree}}").decode().strip() == tree:
        return False
    commit = git(repository, "commit-tree", "-p", parent, "-m", message, tree).decode().strip()
    git(repository, "update-ref", f"refs/heads/{branch}", commit, parent)
    return True


def _run(
    folder: Path, arguments: tuple[str, ...], env: Mapping[str, str] | None
) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in PLACES}
    try:
        return subprocess.run(  # noqa: S603 - a list of arguments: no shell reads them
            ["git", *arguments],  # noqa: S607 - the git on PATH
            cwd=folder, env=kept | dict(env or {}),
            capture_output=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise InputError("git is not installed; a project needs it.") from None


PLACES = {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"}  # which would lead to another repository
