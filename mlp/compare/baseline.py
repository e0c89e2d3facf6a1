"""Choose the revision to compare this workspace with: the newest one of the same rows."""

from dataclasses import dataclass, field, replace

import pandas as pd

from mlp.compare import matching
from mlp.core.errors import InputError
from mlp.history import git, results
from mlp.history.candidates import candidates
from mlp.history.lock import ROOT, file_of
from mlp.history.results import Results
from mlp.history.revisions import Revision

OLDER, NOTHING_RUN, UNREADABLE = "older", "nothing run", "unreadable"
OTHER_ROWS, OTHER_DATA = "other rows", "other data"


@dataclass(frozen=True)
class Passed:
    """A revision that is not comparable.

    Attributes
    ----------
    revision : Revision
    kind : str
        older than the pipeline, or than its first run; unreadable (or of an older layout, or
        without the network); of other rows of the same data, or of other data.
    why : str
        The whole reason, without a full stop.
    """

    revision: Revision
    kind: str
    why: str

    @property
    def brief(self) -> str:
        """The reason in a few words, of which the subject is the branch."""
        brief = {
            OLDER: f"has no {ROOT}",
            NOTHING_RUN: "has no results",
            UNREADABLE: "has no results to compare with",
            OTHER_ROWS: "has other rows",
            OTHER_DATA: "has other data",
        }
        return f"{self.revision.branch or self.revision.name} {brief[self.kind]}"


@dataclass(frozen=True)
class Choice:
    """The chosen revision, or None; and those that were looked at before and are not comparable."""

    revision: Revision | None
    passed: list[Passed] = field(default_factory=list)

    @property
    def first(self) -> Revision | None:
        """The chosen revision, or else the first that was looked at."""
        return self.revision or next((reason.revision for reason in self.passed), None)


def choose(tag: str | None, here: Results, evidence: str, name: str) -> Choice:
    """Choose the first candidate that is comparable; later ones are not read.

    If the results here cannot be read, it is the first candidate.

    Parameters
    ----------
    tag : str or None
        The name of the tag that is the last candidate: see `mlp.history.candidates`.
    here : Results
    evidence : str
        test or oof.
    name : str
        The network whose predictions must be of the same rows with the same labels.

    Raises
    ------
    InputError
        As `mlp.history.candidates.candidates` does.
    """
    try:
        now = here.predictions(evidence, name)
    except InputError:
        return Choice(next(candidates(tag), None))
    passed: list[Passed] = []
    for revision in candidates(tag):
        reason = why_not(revision, (here, now), evidence, name)
        if reason is None:
            return Choice(_with_reason(revision, passed), passed)
        passed.append(reason)
    return Choice(None, passed)


def _with_reason(revision: Revision, passed: list[Passed]) -> Revision:
    """Return a revision that says why those before it were not taken."""
    if not passed:
        return revision
    reasons = " and ".join(reason.brief for reason in passed)
    return replace(revision, why=f"{revision.why}, since {reasons}")


def why_not(
    revision: Revision, here: tuple[Results, pd.DataFrame], evidence: str, name: str
) -> Passed | None:
    """Return why a revision is not comparable, None if it is.

    Parameters
    ----------
    revision : Revision
    here : pair of Results and DataFrame
        The results of this workspace, and the predictions of the network there.
    evidence, name : str
        As in `choose`.
    """
    old = results.at(revision)
    if not old.has(ROOT):
        why = f"{revision.name} has no {ROOT}: it is older than the pipeline"
        return Passed(revision, OLDER, why)
    if unrun := before_the_first_run(revision):
        return Passed(revision, NOTHING_RUN, unrun)
    try:
        old.require(name)
        found = matching.of_results(old, old.predictions(evidence, name), *here)
    except InputError as error:
        return Passed(revision, UNREADABLE, str(error).removesuffix("."))
    if found is None:
        return None
    kind = OTHER_DATA if found.is_other_data else OTHER_ROWS
    return Passed(revision, kind, f"not comparable with {revision.name}: {found.why}")


def before_the_first_run(revision: Revision) -> str | None:
    """Return that neither a revision nor one before it has results, None if one has."""
    if git.was_stored(revision.sha, file_of(ROOT)):
        return None
    return f"{revision.name} has no results: nothing was run up to it"
