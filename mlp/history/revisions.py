"""Find the revision to compare a change with. Nothing in the repository is ever changed."""

import re
from dataclasses import dataclass

from mlp.core.errors import InputError
from mlp.history.git import git

MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


@dataclass(frozen=True)
class Revision:
    """A commit: its hash, its short name, and why it is the baseline."""

    sha: str
    name: str
    why: str = ""


def named(name: str) -> Revision:
    """Return the commit of a branch, tag or hash; raise InputError if there is none."""
    sha = _commit(name)
    if sha is None:
        raise InputError(f"'{name}' is not a revision of this repository{_if_shallow()}.")
    return Revision(sha, sha[:7] if sha.startswith(name) else f"{name} ({sha[:7]})")


def tag(name: str) -> Revision | None:
    """Return the commit of a tag, or None if there is no such tag.

    Raises
    ------
    InputError
        If the tag is not of a commit, or the clone is so shallow that it may lack the tag.
    """
    sha = _commit(f"refs/tags/{name}")
    if sha is None and _object(f"refs/tags/{name}"):
        raise InputError(f"the tag {name} should be of a commit, and is not.")
    if sha is None and _is_shallow():
        raise InputError(f"the tag {name} is not here{_if_shallow()}.")
    return None if sha is None else Revision(sha, f"{name} ({sha[:7]})")


def previous() -> Revision | None:
    """Return the commit to compare this workspace with, or None if there is none.

    It is the merge base of HEAD and the main branch. If that is HEAD itself, it is HEAD if tracked
    files differ from it, and its first parent if not.

    Raises
    ------
    InputError
        If this is not a git repository, it has no main branch, or the clone is too shallow.
    """
    if git("rev-parse", "--git-dir") is None:
        raise InputError("this folder is not in a git repository; earlier results are in git.")
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
    return _before(head)


def _before(head: str) -> Revision | None:
    """Return HEAD if tracked files differ from it, and its first parent if not."""
    if git("diff", "--quiet", "HEAD", "--") is None:
        return Revision(head, head[:7], "the last commit, whose files were changed since")
    parent = _commit("HEAD^")
    if parent is None and _is_shallow():
        raise InputError(f"the parent of HEAD is not here{_if_shallow()}.")
    return None if parent is None else Revision(parent, parent[:7], "the commit before the last")


def _commit(name: str) -> str | None:
    return _object(f"{name}^{{commit}}")


def _object(name: str) -> str | None:
    sha = git("rev-parse", "--verify", "--quiet", "--end-of-options", name)
    return sha if sha and re.fullmatch("[0-9a-f]{40,64}", sha) else None  # not ^HEAD


def _is_shallow() -> bool:
    return git("rev-parse", "--is-shallow-repository") == "true"


def _if_shallow() -> str:
    if not _is_shallow():
        return ""
    return "; this clone is shallow, and `git fetch --unshallow --tags` fetches the rest"
