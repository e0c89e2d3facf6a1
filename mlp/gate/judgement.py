"""Judge this workspace by the gate of params.yaml, against the earlier and the tagged revision."""

from dataclasses import dataclass, field
from pathlib import Path

from mlp.compare import comparison
from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.gate import rules
from mlp.gate.params import Gate
from mlp.gate.rules import Network
from mlp.gate.thresholds import FAIL, UNSURE, Verdict
from mlp.history import lock, pending, results, revisions
from mlp.history.results import PARAMS, PIPELINE, Results
from mlp.history.revisions import Revision

PASSED, FAILED, NO_JUDGEMENT = 0, 1, 2


@dataclass(frozen=True)
class Judgement:
    """What the gate says.

    Attributes
    ----------
    title : str
    verdicts : list of Verdict
        One a rule and, for rules about a change, a revision.
    unjudged : list of str
        Why it could not judge; empty if it could.
    edits : list of (str, str, str)
        Rules of the gate itself that the change edits: key, value before, value now.
    notes : list of str
        What the reader should know besides.
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
        If params.yaml is wrong, or there is no telling what to compare with.
    """
    gate = params_file.read_section(Path(PARAMS), "gate", Gate)
    earlier = revisions.previous() if rev is None else revisions.named(rev)
    anchor = revisions.tag(gate.baseline) if gate.baseline else None
    here = results.workspace()
    title = f"Gate: {gate.model}, judged by its {comparison.EVIDENCE[gate.evidence]}"
    if earlier:
        title += f", against {earlier.name}" + (f" ({earlier.why})" if earlier.why else "")
    if stale := pending.since_the_run(here, earlier):
        advice = "Run `dvc repro`, so that there are results to judge."
        return Judgement(title, [], stale, notes=[advice])
    try:
        network, linear = (_network(here, gate, model) for model in (gate.model, "linear"))
    except InputError as error:
        return Judgement(title, [Verdict("results", FAIL, str(error))], [])
    verdicts = list(rules.absolute(gate, network, linear))
    if rules.is_empty(gate):
        verdicts.append(Verdict("rules", FAIL, f"{PARAMS} asks nothing: gate has no rule"))
    found = Judgement(title, verdicts, [], _edits(earlier, here) if earlier else [])
    baselines = [earlier] if earlier else []
    if anchor and anchor.sha not in {revision.sha for revision in baselines}:
        baselines.append(anchor)
    for revision in baselines:
        _against(gate, network, revision, len(baselines), found)
    if not earlier:
        verdicts += rules.skipped(gate, "this is the first commit: there is nothing before it")
    if gate.baseline and not anchor:
        name = gate.baseline
        found.notes.append(f"There is no tag {name}, a second baseline that `git tag` would set.")
    return found


def _against(
    gate: Gate, network: Network, revision: Revision, number: int, found: Judgement
) -> None:
    """Add the verdicts of the rules on a change, or why they could not be judged."""
    before = results.at(revision)
    if not before.has(PIPELINE):
        why = f"{revision.name} has no {PIPELINE}: it is older than the pipeline"
        found.verdicts.extend(rules.skipped(gate, why))
        return
    try:
        old = _network(before, gate, gate.model)
    except InputError as error:
        found.unjudged.append(str(error).removesuffix("."))
        return
    if why_not := comparison.why_not_comparable(old.predictions, network.predictions):
        found.unjudged.append(f"not comparable with {revision.name}: {why_not}")
        return
    found.verdicts.extend(rules.against(gate, network, old, revision.name, number))
    found.notes.append(rules.could_see(gate, network, old, revision.name, number))


def _network(side: Results, gate: Gate, model: str) -> Network:
    """Read what the rules look at; its size stands beside the scores of the test split."""
    sizes, scores = (side.metrics(evidence, model) for evidence in ("test", gate.evidence))
    return Network({**sizes, **scores}, side.predictions(gate.evidence, model))


def _edits(revision: Revision, here: Results) -> list[tuple[str, str, str]]:
    try:
        old = results.at(revision).params.get("gate")
    except InputError:  # it has no params.yaml: what else is missing is said elsewhere
        return []
    changes = lock.changed({"gate": old}, {"gate": here.params["gate"]})
    return [(key, str(before), str(after)) for key, (before, after) in changes.items()]
