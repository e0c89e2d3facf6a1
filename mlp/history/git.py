"""Ask git what it stores, and what differs from it. Nothing in the repository is ever changed."""

import re
import subprocess
from collections.abc import Iterable

from mlp.core.errors import InputError


def git(*arguments: str) -> str | None:
    """Return the output of a git command as text, or None if it fails."""
    output = _run(*arguments)
    return None if output is None else output.decode("utf-8", "surrogateescape").strip()


def content(commit: str, path: str) -> bytes | None:
    """Return the content of a file at a commit, or None if git does not store it there.

    Parameters
    ----------
    commit, path : str
        Its hash, and a path from the current folder.
    """
    return _run("cat-file", "blob", f"{commit}:./{path}")


def tracked() -> set[str]:
    """Return the paths below this folder that git tracks."""
    return _names(git("ls-files", "-z"))


def edited(since: str, paths: Iterable[str]) -> list[str]:
    """Return the files below some paths that were edited or added since a commit.

    Parameters
    ----------
    since : str
        A commit.
    paths : iterable of str
        Files or folders, from the current folder.
    """
    untracked = git("ls-files", "--others", "--exclude-standard", "-z", "--", *paths)
    return sorted(_differing("d", since, paths) | _names(untracked))


def deleted(since: str, paths: Iterable[str]) -> list[str]:
    """Return the files that were deleted since a commit; parameters as of `edited`."""
    return sorted(_differing("D", since, paths))


def _differing(kinds: str, since: str, paths: Iterable[str]) -> set[str]:
    """Return the files that differ, by the letters of git's --diff-filter."""
    options = ("--name-only", "--relative", "--no-renames", f"--diff-filter={kinds}", "-z")
    return _names(git("diff", *options, since, "--", *paths))


def last_change(path: str) -> str | None:
    """Return the last commit that changed a file, None if this workspace changed it since."""
    if git("diff", "--quiet", "HEAD", "--", path) is None:
        return None
    return git("log", "-1", "--format=%H", "HEAD", "--", path) or None


def was_stored(commit: str, path: str) -> bool:
    """Return whether git stores a path at a commit, or stored it at one before; True if unsure."""
    return is_shallow() or git("log", "-1", "--format=%H", commit, "--", path) != ""


def commit(name: str) -> str | None:
    """Return the hash of the commit that a name means, or None if it means none."""
    return object_name(f"{name}^{{commit}}")


def object_name(name: str) -> str | None:
    """Return the hash of whatever git stores by a name, or None if there is nothing."""
    sha = git("rev-parse", "--verify", "--quiet", "--end-of-options", name)
    return sha if sha and re.fullmatch("[0-9a-f]{40,64}", sha) else None  # not ^HEAD


def is_shallow() -> bool:
    """Return whether this clone lacks older commits."""
    return git("rev-parse", "--is-shallow-repository") == "true"


def if_shallow() -> str:
    """Return the end of a sentence: how to fetch what a shallow clone lacks."""
    if not is_shallow():
        return ""
    return "; this clone is shallow, and `git fetch --unshallow --tags` fetches the rest"


def _names(listed: str | None) -> set[str]:
    return set((listed or "").split("\0")) - {""}


def _run(*arguments: str) -> bytes | None:
    """Return the output of a git command, or None if it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments: no shell reads them
            ["git", "--no-optional-locks", "--literal-pathspecs", *arguments],  # noqa: S607 - on PATH
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise InputError("git is not installed; earlier results are stored in git.") from None
    return done.stdout if done.returncode == 0 else None
