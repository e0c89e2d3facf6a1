"""Name a revision: a commit, branch, tag or experiment of DVC."""

import re
from dataclasses import dataclass

from mlp.core.errors import InputError
from mlp.history import git

EXPERIMENT = re.compile(r"refs/exps/[0-9a-f]{2}/([0-9a-f]{38})/(.+)")  # as DVC names them


@dataclass(frozen=True)
class Revision:
    """A commit: its hash, its short name, why it is the baseline, and which branch led to it."""

    sha: str
    name: str
    why: str = ""
    branch: str = ""

    @property
    def title(self) -> str:
        """The name, and why it is the baseline."""
        return introduced(self.name, self.why)


def introduced(name: str, why: str) -> str:
    """Return the name of a revision, and why it is the baseline.

    >>> introduced("96edd97", "the last commit"), introduced("v1 (96edd97)", "the tag v1")
    ('96edd97 (the last commit)', 'v1 (96edd97), the tag v1')
    """
    if not why:
        return name
    return f"{name}, {why}" if name.endswith(")") else f"{name} ({why})"


def named(name: str) -> Revision:
    """Return the commit of a branch, tag, hash or experiment; raise InputError if there is none."""
    sha = git.commit(name) or _experiment(name)
    if sha is None:
        raise InputError(f"'{name}' is not a revision of this repository{git.if_shallow()}.")
    return Revision(sha, sha[:7] if sha.startswith(name) else f"{name} ({sha[:7]})")


def tag(name: str) -> Revision | None:
    """Return the commit of a tag, or None if there is no such tag.

    Raises
    ------
    InputError
        If the tag is not of a commit, or the clone is so shallow that it may lack the tag.
    """
    sha = git.commit(f"refs/tags/{name}")
    if sha is None and git.object_name(f"refs/tags/{name}"):
        raise InputError(f"the tag {name} should be of a commit, and is not.")
    if sha is None and git.is_shallow():
        raise InputError(f"the tag {name} is not here{git.if_shallow()}.")
    return None if sha is None else Revision(sha, f"{name} ({sha[:7]})")


def _experiment(name: str) -> str | None:
    """Return the commit of an experiment that `dvc exp list` names; HEAD's own go first.

    Raises
    ------
    InputError
        If several are called so, and not one alone was made from HEAD.
    """
    listed = git.git("for-each-ref", "--format=%(objectname) %(refname)", "refs/exps") or ""
    lines = (line.partition(" ") for line in listed.split("\n"))
    refs = {sha: found for sha, _, ref in lines if (found := EXPERIMENT.fullmatch(ref))}
    shas = {sha: found[1] for sha, found in refs.items() if found[2] == name}
    head = git.commit("HEAD") or ""
    here = [sha for sha, base in shas.items() if head.endswith(base)]
    if len(shas) > 1 and len(here) != 1:
        raise InputError(f"{len(shas)} experiments are called {name}; name one by its hash.")
    return next(iter(here or shas), None)
