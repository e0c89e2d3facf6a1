"""Judge this workspace by the gate of params.yaml, against the earlier and the tagged revision."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mlp.compare import baseline, comparison, sampled
from mlp.core.errors import InputError
from mlp.gate import baselines, inputs, levels, margins, params, rules
from mlp.gate.baselines import FIRST, Baselines
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.gate.thresholds import FAIL, UNSURE, Verdict
from mlp.history import pending, results, revisions
from mlp.history.lock import BASELINE
from mlp.history.results import Results
from mlp.history.revisions import Revision
from mlp.history.snapshot import PARAMS
from mlp.history.values import changed, text

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
    is_compared : bool
        Whether it was judged against an earlier revision.
    """

    title: str
    verdicts: list[Verdict]
    unjudged: list[str]
    edits: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_compared: bool = False

    @property
    def code(self) -> int:
        """The exit code: a failed rule is certain, even where others could not be judged."""
        outcomes = {verdict.outcome for verdict in self.verdicts}
        if FAIL in outcomes:
            return FAILED
        return NO_JUDGEMENT if self.unjudged or UNSURE in outcomes else PASSED


def judge(rev: str | None, question: str | None = None, *, is_checked: bool = True) -> Judgement:
    """Apply every rule.

    Parameters
    ----------
    rev : str or None
        The earlier revision; None takes that of `mlp.compare.baseline.choose`.
    question : str, optional
        configuration or file, in place of gate.question.
    is_checked : bool
        Whether a model file must be the one that dvc.lock records.

    Raises
    ------
    InputError
        If params.yaml is wrong, or the revision to compare with cannot be told.
    """
    here = results.workspace()
    gate = inputs.gate(here, question)
    choice = baselines.choose(rev, gate, here)
    tagged = revisions.tag(gate.baseline) if gate.baseline else None
    title = _title(gate, choice.first)
    if unready := inputs.unready(here, gate, choice.first):
        advice = f"Run {pending.RUN[inputs.graphs(gate)]}, so that there are results to judge."
        return Judgement(title, [], unready, notes=[advice])
    try:
        network, linear = (inputs.network(here, gate, name) for name in (gate.model, BASELINE))
        if is_checked:
            inputs.check_models(here, (gate.model, BASELINE))
    except InputError as error:
        return Judgement(title, [Verdict("results", FAIL, str(error))], [])
    found = baselines.find(choice, tagged, gate, here, network)
    alone = list(_alone(gate, network, linear))
    judgement = Judgement(title, alone, [], is_compared=bool(found.comparable))
    _add_changes(judgement, gate, network, found)
    if choice.first and not baseline.before_the_first_run(choice.first):
        judgement.edits.extend(_edits(choice.first, here))
    judgement.notes.extend(sampled.notes(here, gate.evidence))
    judgement.notes.extend(params.warnings(gate, here.params["split"]["time"]))
    judgement.notes.extend(margins.chosen_for_other_data(gate, found.other_data))
    if gate.baseline and not tagged:
        missing = f"There is no tag {gate.baseline}, a second baseline that `git tag` would set."
        judgement.notes.append(missing)
    return judgement


def _title(gate: Gate, earlier: Revision | None) -> str:
    judged = f"judged by its {comparison.EVIDENCE[gate.evidence]}"
    title = f"Gate: the {gate.question} of {gate.model}, {judged}"
    return f"{title}, against {earlier.title}" if earlier else title


def _alone(gate: Gate, network: Network, linear: Network) -> Iterator[Verdict]:
    yield from rules.absolute(gate, network, linear)
    if rules.is_empty(gate):
        yield Verdict("rules", FAIL, f"{PARAMS} asks nothing: gate has no rule")


def _add_changes(judgement: Judgement, gate: Gate, network: Network, found: Baselines) -> None:
    """Judge by the rules on a change, against each revision that is comparable."""
    number = len(found.comparable)
    for revision, old in found.comparable:
        judgement.verdicts.extend(rules.against(gate, network, old, revision.name, number))
        judgement.notes.extend(rules.notes(gate, network, old, revision.name, number))
    judgement.notes.extend(filter(None, [levels.sentence(gate)] if found.comparable else []))
    judgement.unjudged.extend(found.unjudged)
    if not found.comparable and not found.unjudged:
        why = next(iter(found.skipped.values()), FIRST)
        judgement.verdicts.extend(rules.skipped(gate, why))
    else:
        skipped = found.skipped.items()
        judgement.notes.extend(f"Not judged against {name}: {why}." for name, why in skipped)
    judgement.notes.extend(found.notes)
    judgement.notes[:] = dict.fromkeys(judgement.notes)  # two baselines say some of it twice


def _edits(revision: Revision, here: Results) -> list[tuple[str, str, str]]:
    try:
        old = results.at(revision).params.get("gate")
    except InputError:  # it has no params.yaml: another sentence says so
        return []
    changes = changed({"gate": old}, {"gate": here.params["gate"]})
    return [(key, text(before), text(after)) for key, (before, after) in changes.items()]
