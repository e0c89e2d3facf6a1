"""Find the parameters and the files that changed, and the stages that ran for each."""

from dataclasses import dataclass
from typing import Any

from mlp.history import git
from mlp.history.results import Results
from mlp.history.revisions import Revision
from mlp.history.runs import Runs
from mlp.history.snapshot import PARAMS
from mlp.history.values import changed


@dataclass(frozen=True)
class Change:
    """A parameter or a file that changed, and the stages that ran for it.

    Of a file, ``old`` is None, and ``new`` is edited or deleted.
    """

    name: str
    old: Any
    new: Any
    reran: list[str]
    is_file: bool = False


def parameters(runs: Runs, old: Results, new: Results) -> list[Change]:
    """Return the parameters whose values differ."""
    return [
        Change(key, before, after, runs.of_key(PARAMS, key))
        for key, (before, after) in changed(old.params, new.params).items()
    ]


def files(runs: Runs, revision: Revision) -> list[Change]:
    """Return the edited and the deleted files of the inputs that differ."""
    return [
        Change(path, None, state, runs.of_file(path), is_file=True)
        for path, state in _states(runs, revision).items()
    ]


def _states(runs: Runs, revision: Revision) -> dict[str, str]:
    """Return the edited and deleted files of the inputs that differ.

    Where git does not tell, it is the input.
    """
    files: dict[str, str] = {}
    for path, was_read in runs.edited().items():
        found = dict.fromkeys(git.edited(revision.sha, [path]), "edited")
        found |= dict.fromkeys(git.deleted(revision.sha, [path]), "deleted")
        files |= found or ({path: "edited"} if was_read else {})
    return files
