"""Find the revision that a change is compared with. Nothing in the repository is ever changed."""

import re
import subprocess
from dataclasses import dataclass

from mlp.core.errors import InputError

MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


@dataclass(frozen=True)
class Revision:
    """A commit: its hash, a short name of it, and why it is the one to compare with."""

    sha: str
    name: str
    why: str = ""


def git(*arguments: str) -> str | None:
    """Return what a git command prints, or None when it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments: no shell reads them
            ["git", "--no-optional-locks", *arguments],  # noqa: S607 - git is where PATH has it
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
    except FileNotFoundError:
        raise InputError("git is not installed; the revision to compare with is in git.") from None
    return done.stdout.strip() if done.returncode == 0 else None


def named(name: str) -> Revision:
    """Return the commit of a branch, tag or hash; raise InputError if there is none."""
    found = _commit(name)
    if found is None:
        raise InputError(f"'{name}' is no revision of this repository{_if_shallow()}.")
    return Revision(found, f"{name} ({found[:7]})")


def tag(name: str) -> Revision | None:
    """Return the commit of a tag, or None where there is no such tag.

    Raises
    ------
    InputError
        If the tag is of no commit, or the clone is so shallow that it may lack the tag.
    """
    found = _commit(f"refs/tags/{name}")
    if found is None and _object(f"refs/tags/{name}"):
        raise InputError(f"the tag {name} should be of a commit, and is not.")
    if found is None and _is_shallow():
        raise InputError(f"the tag {name} is not here{_if_shallow()}.")
    return None if found is None else Revision(found, f"{name} ({found[:7]})")


def previous() -> Revision | None:
    """Return the commit that this workspace is to be compared with, or None where there is none.

    It is the merge base of HEAD and the main branch. Where that is HEAD itself, on the main branch,
    it is HEAD if tracked files differ from it, and else its first parent.

    Raises
    ------
    InputError
        If this is no git repository, it has no main branch, or the clone is too shallow to say.
    """
    if git("rev-parse", "--git-dir") is None:
        raise InputError("this folder is in no git repository; the earlier results are in git.")
    head = _commit("HEAD")
    if head is None:
        return None
    main = next((name for name in MAIN if _commit(name)), None)
    if main is None:
        raise InputError(
            "there is no branch main or master, here or at origin; name the revision to compare to."
        )
    base = git("merge-base", "HEAD", main)
    if base is None:
        raise InputError(f"HEAD and {main} have no common ancestor{_if_shallow()}.")
    if base != head:
        return Revision(base, base[:7], f"where this branch left {main}")
    if git("diff", "--quiet", "HEAD", "--") is None:
        return Revision(head, head[:7], "the last commit, whose files were changed since")
    parent = _commit("HEAD^")
    if parent is None and _is_shallow():
        raise InputError(f"the parent of HEAD is not here{_if_shallow()}.")
    return None if parent is None else Revision(parent, parent[:7], "the commit before the last")


def tracked() -> set[str]:
    """Return the paths below this folder that git tracks."""
    return set((git("ls-files", "-z") or "").split("\0")) - {""}


def _commit(name: str) -> str | None:
    return _object(f"{name}^{{commit}}")


def _object(name: str) -> str | None:
    found = git("rev-parse", "--verify", "--quiet", "--end-of-options", name)
    return found if found and re.fullmatch("[0-9a-f]{40,64}", found) else None  # not ^HEAD


def _is_shallow() -> bool:
    return git("rev-parse", "--is-shallow-repository") == "true"


def _if_shallow() -> str:
    if not _is_shallow():
        return ""
    return "; this clone is shallow, and `git fetch --unshallow --tags` brings the rest"
