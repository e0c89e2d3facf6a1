"""Tell which earlier revisions a change is judged against, and why others are not."""

from dataclasses import dataclass, field

import pandas as pd

from mlp.compare import baseline, matching
from mlp.compare.baseline import (
    NOTHING_RUN,
    OLDER,
    OTHER_DATA,
    OTHER_ROWS,
    UNREADABLE,
    Choice,
    Passed,
)
from mlp.core.errors import InputError
from mlp.gate import inputs
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.history import candidates, git, results, revisions
from mlp.history.results import Results
from mlp.history.revisions import Revision
from mlp.history.snapshot import PARAMS

Now = tuple[Results, pd.DataFrame]  # this workspace, and the predictions of the network here
ACCEPTED = "the data are new, accepted by gate.accept_new_data"
FIRST = "this is the first commit: there is nothing before it"


@dataclass(frozen=True)
class Baselines:
    """The revisions that a change is judged against.

    Attributes
    ----------
    comparable : list of (Revision, Network)
        Each with the earlier state of the network.
    skipped : dict of str to str
        Why the rules on a change are not judged against others, by their names.
    unjudged : list of str
        Why they cannot be judged against others.
    other_data : list of Revision
        Those of unrelated data.
    blocked : list of Revision
        Those that cannot be judged against since their rows differ.
    notes : list of str
        What to do about it.
    """

    comparable: list[tuple[Revision, Network]] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    unjudged: list[str] = field(default_factory=list)
    other_data: list[Revision] = field(default_factory=list)
    blocked: list[Revision] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def choose(rev: str | None, gate: Gate, here: Results) -> Choice:
    """Return the revision that is named, or else the choice of `mlp.compare.baseline.choose`."""
    if rev is not None:
        return Choice(revisions.named(rev))
    return baseline.choose(gate.baseline, here, gate.evidence, gate.model)


def find(
    choice: Choice, tagged: Revision | None, gate: Gate, here: Results, network: Network
) -> Baselines:
    """Read the chosen revision and the tagged one, or say why they are not comparable.

    Parameters
    ----------
    choice : Choice
    tagged : Revision or None
    gate : Gate
    here : Results
    network : Network
        The network that is judged, as it is here.
    """
    found = Baselines()
    now = (here, network.predictions)
    looked_at = {reason.revision.sha for reason in choice.passed}
    if choice.revision:
        found.other_data.extend(r.revision for r in choice.passed if r.kind == OTHER_DATA)
        _judge_or_explain(found, choice.revision, gate, now)
    else:
        for reason in choice.passed:
            _explain(found, reason, gate, now)
    if tagged and tagged.sha not in looked_at | {choice.revision and choice.revision.sha}:
        _judge_or_explain(found, tagged, gate, now)
    _advise(found, choice, gate, now)
    return found


def _judge_or_explain(found: Baselines, revision: Revision, gate: Gate, now: Now) -> None:
    """Add a revision to those that are comparable, or say why it is not."""
    reason = baseline.why_not(revision, now, gate.evidence, gate.model)
    if reason is None:
        try:
            old = inputs.network(results.at(revision), gate, gate.model)
        except InputError as error:
            reason = Passed(revision, UNREADABLE, str(error).removesuffix("."))
        else:
            found.comparable.append((revision, old))
            return
    _explain(found, reason, gate, now)


def _explain(found: Baselines, reason: Passed, gate: Gate, now: Now) -> None:
    """Add why a revision is not judged against, or why that cannot be judged."""
    is_other = reason.kind in {OTHER_ROWS, OTHER_DATA}
    if reason.kind == OTHER_DATA:
        found.other_data.append(reason.revision)
    if reason.kind in {OLDER, NOTHING_RUN}:
        found.skipped[reason.revision.name] = reason.why
    elif is_other and gate.accept_new_data == matching.digest(now[1]):
        found.skipped[reason.revision.name] = ACCEPTED
    else:
        found.unjudged.append(reason.why)
        found.blocked.extend([reason.revision] if is_other else [])


def _advise(found: Baselines, choice: Choice, gate: Gate, now: Now) -> None:
    """Say how to go on where data differ, and where the accepted data are not these."""
    data = matching.digest(now[1])
    if gate.accept_new_data and gate.accept_new_data != data:
        found.notes.append(
            f"gate.accept_new_data names other data ({gate.accept_new_data}) than these ({data}), "
            "so it is ignored."
        )
    if not found.blocked:
        return
    found.notes.append(
        f"If the data are meant to be these, accept them by this line in the section gate of "
        f"{PARAMS}: accept_new_data: {data}"
    )
    if choice.revision and choice.revision not in found.blocked:  # it is the tag that is blocked
        found.notes.append(
            f"Or move the tag to a commit of these data: "
            f"`git tag --force {gate.baseline} {choice.revision.sha[:7]}`."
        )
    elif nearer := _nearer(choice, gate, now):
        found.notes.append(f"`mlp gate {nearer}` would judge: that commit has these data.")
    else:
        found.notes.append("`mlp gate REV` judges against a revision REV that has these data.")


def _nearer(choice: Choice, gate: Gate, now: Now) -> str | None:
    """Return HEAD or the commit before it, if it is comparable and differs from this workspace."""
    seen = {reason.revision.sha for reason in choice.passed}
    for name in (["HEAD"] if candidates.is_edited() else []) + ["HEAD^"]:
        sha = git.commit(name)
        if not sha or sha in seen:
            continue
        if baseline.why_not(Revision(sha, name), now, gate.evidence, gate.model) is None:
            return name
    return None
