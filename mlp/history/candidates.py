"""Find the commits that a change can be compared with. Nothing in the repository is changed."""

from collections.abc import Iterator
from dataclasses import replace

from mlp.core.errors import InputError
from mlp.history import git, revisions
from mlp.history.revisions import Revision

ORIGIN, LOCAL = ("origin/HEAD", "origin/main", "origin/master"), ("main", "master")


def candidates(tagged: str | None) -> Iterator[Revision]:
    """Yield the commits to compare this workspace with, each once, the best first.

    They are the merge bases of HEAD with the main branch of origin and with the local one, the
    newest first; on the main branch itself its last commit if tracked files differ from it, and
    the commit before if not; and the tag.

    Parameters
    ----------
    tagged : str or None
        The name of the tag.

    Raises
    ------
    InputError
        If this is not a git repository, it has neither a main branch nor the tag, or the clone is
        too shallow.
    """
    seen: set[str] = set()
    for revision in _candidates(tagged):
        if revision.sha not in seen:
            seen.add(revision.sha)
            yield revision


def _candidates(tagged: str | None) -> Iterator[Revision]:
    if git.git("rev-parse", "--git-dir") is None:
        raise InputError("this folder is not in a git repository; earlier results are in git.")
    head = git.commit("HEAD")
    if head is None:
        return
    bases = _bases()
    if any(base.sha == head for base in bases) and is_edited():
        yield Revision(head, head[:7], "the last commit, whose files were changed since", "HEAD")
    yield from (base for base in bases if base.sha != head)
    if any(base.sha == head for base in bases):
        yield from _before()
    revision = revisions.tag(tagged) if tagged else None
    if revision:
        yield replace(revision, why=f"the tag {tagged}", branch=f"the tag {tagged}")
    elif not bases:
        raise InputError(
            "there is no branch main or master, here or at origin; name the revision to compare to."
        )


def _bases() -> list[Revision]:
    """Return where HEAD left the main branch of origin and the local one, the newest first."""
    mains = [next(filter(git.commit, names), None) for names in (ORIGIN, LOCAL)]
    bases = [base for main in mains if main for base in _base(main)]
    if any(mains) and not bases:
        names = " and ".join(main for main in mains if main)
        raise InputError(f"HEAD and {names} have no common ancestor{git.if_shallow()}.")
    shas = [base.sha for base in bases]
    is_older = len(set(shas)) > 1 and git.git("merge-base", "--is-ancestor", *shas) is not None
    return bases[::-1] if is_older else bases


def _base(main: str) -> Iterator[Revision]:
    base = git.git("merge-base", "HEAD", main)
    if base:
        yield Revision(base, base[:7], f"where this branch left {main}", main)


def is_edited() -> bool:
    """Return whether tracked files differ from HEAD."""
    return git.git("diff", "--quiet", "HEAD", "--") is None


def _before() -> Iterator[Revision]:
    """Yield the first parent of HEAD, if there is one."""
    parent = git.commit("HEAD^")
    if parent is None and git.is_shallow():
        raise InputError(f"the parent of HEAD is not here{git.if_shallow()}.")
    if parent:
        yield Revision(parent, parent[:7], "the commit before the last", "HEAD^")
