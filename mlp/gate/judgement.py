"""Judge this workspace by the gate of params.yaml, against the earlier and the tagged revision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mlp.compare import comparison
from mlp.core.errors import InputError
from mlp.gate import inputs, rules
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.gate.thresholds import FAIL, UNSURE, Verdict
from mlp.history import pending, results, revisions
from mlp.history.lock import BASELINE, ROOT
from mlp.history.results import Results
from mlp.history.revisions import Revision
from mlp.history.snapshot import PARAMS
from mlp.history.values import changed

PASSED, FAILED, NO_JUDGEMENT = 0, 1, 2


@dataclass(frozen=True)
class Judgement:
    """The answer of the gate.

    Attributes
    ----------
    title : str
    verdicts : list of Verdict
        One a rule and, for rules on a change, a revision.
    unjudged : list of str
        Why it cannot judge; empty if it can.
    edits : list of (str, str, str)
        Rules of the gate itself that the change edits: key, value before, value now.
    notes : list of str
        Further sentences for the reader.
    """

    title: str
    verdicts: list[Verdict]
    unjudged: list[str]
    edits: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def code(self) -> int:
        """The exit code: a failed rule is certain, even where others could not be judged."""
        outcomes = {verdict.outcome for verdict in self.verdicts}
        if FAIL in outcomes:
            return FAILED
        return NO_JUDGEMENT if self.unjudged or UNSURE in outcomes else PASSED


def judge(rev: str | None) -> Judgement:
    """Apply every rule.

    Parameters
    ----------
    rev : str or None
        The earlier revision; None takes that of `mlp.history.revisions.previous`.

    Raises
    ------
    InputError
        If params.yaml is wrong, or the revision to compare with cannot be told.
    """
    here = results.workspace()
    gate = inputs.gate(here)
    earlier = revisions.previous() if rev is None else revisions.named(rev)
    tagged = revisions.tag(gate.baseline) if gate.baseline else None
    title = _title(gate, earlier)
    if unready := inputs.unready(here, gate, earlier):
        advice = f"Run {pending.RUN[gate.evidence]}, so that there are results to judge."
        return Judgement(title, [], unready, notes=[advice])
    try:
        network, linear = (inputs.network(here, gate, name) for name in (gate.model, BASELINE))
    except InputError as error:
        return Judgement(title, [Verdict("results", FAIL, str(error))], [])
    judgement = Judgement(title, list(_alone(gate, network, linear)), [])
    _add_changes(judgement, gate, network, [earlier, tagged])
    if earlier:
        judgement.edits.extend(_edits(earlier, here))
    if gate.baseline and not tagged:
        missing = f"There is no tag {gate.baseline}, a second baseline that `git tag` would set."
        judgement.notes.append(missing)
    return judgement


def _title(gate: Gate, earlier: Revision | None) -> str:
    title = f"Gate: {gate.model}, judged by its {comparison.EVIDENCE[gate.evidence]}"
    if earlier is None:
        return title
    return f"{title}, against {earlier.name}{f' ({earlier.why})' if earlier.why else ''}"


def _alone(gate: Gate, network: Network, linear: Network) -> Iterator[Verdict]:
    yield from rules.absolute(gate, network, linear)
    if rules.is_empty(gate):
        yield Verdict("rules", FAIL, f"{PARAMS} asks nothing: gate has no rule")


def _add_changes(
    judgement: Judgement, gate: Gate, network: Network, earlier: Sequence[Revision | None]
) -> None:
    """Judge by the rules on a change, against each revision that there is."""
    baselines: dict[str, Revision] = {}
    for revision in earlier:
        if revision:
            baselines.setdefault(revision.sha, revision)
    for revision in baselines.values():
        _against(judgement, gate, network, revision, len(baselines))
    if earlier[0] is None:
        why = "this is the first commit: there is nothing before it"
        judgement.verdicts.extend(rules.skipped(gate, why))


def _against(
    judgement: Judgement, gate: Gate, network: Network, revision: Revision, number: int
) -> None:
    """Add the verdicts of the rules on a change, or why they could not be judged."""
    before = results.at(revision)
    if not before.has(ROOT):
        why = f"{revision.name} has no {ROOT}: it is older than the pipeline"
        judgement.verdicts.extend(rules.skipped(gate, why))
        return
    try:
        old = inputs.network(before, gate, gate.model)
    except InputError as error:
        judgement.unjudged.append(str(error).removesuffix("."))
        return
    if why_not := comparison.why_not_comparable(old.predictions, network.predictions):
        judgement.unjudged.append(f"not comparable with {revision.name}: {why_not}")
        return
    judgement.verdicts.extend(rules.against(gate, network, old, revision.name, number))
    judgement.notes.append(rules.could_see(gate, network, old, revision.name, number))


def _edits(revision: Revision, here: Results) -> list[tuple[str, str, str]]:
    try:
        old = results.at(revision).params.get("gate")
    except InputError:  # it has no params.yaml: another sentence says so
        return []
    changes = changed({"gate": old}, {"gate": here.params["gate"]})
    return [(key, str(before), str(after)) for key, (before, after) in changes.items()]
