"""Find what changed between an earlier revision and this workspace: values, stages, networks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mlp.compare import baseline, comparison, configurations, edits, matching, sampled
from mlp.compare.comparison import Comparison
from mlp.compare.configurations import Configuration
from mlp.compare.edits import Change
from mlp.compare.sides import Sides
from mlp.core import residuals, task
from mlp.core.errors import InputError
from mlp.history import as_recorded, pending, results, revisions
from mlp.history.lock import BASELINE, REPEATED, ROOT
from mlp.history.results import Results
from mlp.history.revisions import Revision
from mlp.history.runs import Runs
from mlp.history.snapshot import PARAMS


@dataclass(frozen=True)
class Incomparable:
    """Why a network cannot be compared, and its metrics before and now."""

    why: str
    metrics: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Changes:
    """The differences from a revision.

    Attributes
    ----------
    since, why : str
        The revision, and why it is the baseline.
    evidence : str
        test or oof.
    parameters, files : list of Change
    reran : list of str
        Every stage that ran with other inputs.
    networks : dict
        A Comparison or an Incomparable, by the name of a network that both sides have.
    notes : list of str
        Sentences: networks that one side lacks, and results that are out of date.
    configurations : dict
        By name, the comparison of repeated trainings, or why there is none.
    """

    since: str
    why: str
    evidence: str
    parameters: list[Change]
    files: list[Change]
    reran: list[str]
    networks: dict[str, Comparison | Incomparable]
    notes: list[str]
    configurations: dict[str, Configuration | str]


def find(rev: str | None, evidence: str, *, is_checked: bool = True) -> Changes | str:
    """Compare this workspace with a revision, or return why there is no baseline.

    Parameters
    ----------
    rev : str or None
        None takes the revision of `mlp.compare.baseline.choose`.
    evidence : str
        test or oof.
    is_checked : bool
        Whether a model file here must be the one that dvc.lock records.

    Raises
    ------
    InputError
        If results are missing or broken on either side, one side stores them elsewhere, or they are
        of another task.
    """
    new = results.workspace()
    revision = _baseline(new, evidence) if rev is None else revisions.named(rev)
    if revision is None:
        return "This is the first commit: there is nothing to compare with."
    old = results.at(revision)
    if not old.has(ROOT):
        return f"{revision.name} has no {ROOT}: it is older than the pipeline."
    if why := baseline.before_the_first_run(revision):
        return f"{why}."
    refuse_other_task(old, new)
    runs = Runs(old.lock(evidence), new.lock(evidence))
    names = [name for name in new.judged(evidence) if name in old.judged(evidence)]
    for name in names if is_checked else ():
        as_recorded.check(new, as_recorded.MODEL.format(name))
    return Changes(
        since=revision.name,
        why=revision.why,
        evidence=evidence,
        parameters=edits.parameters(runs, old, new),
        files=edits.files(runs, revision),
        reran=runs.reran,
        networks={name: _network(old, new, name, evidence) for name in names},
        notes=[
            *_notes(old, new, evidence),
            *_outdated(new, evidence, revision),
            *sampled.notes(new, evidence),
        ],
        configurations={
            name: _configuration(old, new, name, evidence) for name in names if _repeated(new, name)
        },
    )


def refuse_other_task(old: Results, new: Results) -> None:
    """Raise InputError if the results of two revisions are of different tasks."""
    before, now = old.task, new.task
    if before != now:
        raise InputError(
            f"{old.name} has another task: load.task is {before} there and {now} here, so there "
            "is nothing to compare."
        )


def _baseline(new: Results, evidence: str) -> Revision | None:
    """Return the revision that `mlp.compare.baseline` chooses by the network that ships."""
    gate = new.params.get("gate")
    asked = gate if isinstance(gate, Mapping) else {}
    tag, model = asked.get("baseline"), asked.get("model")
    name = model if model in new.networks else BASELINE
    return baseline.choose(str(tag) if tag else None, new, evidence, name).first


def _network(old: Results, new: Results, name: str, evidence: str) -> Comparison | Incomparable:
    before, after = (side.metrics(evidence, name) for side in (old, new))
    tables = [side.predictions(evidence, name) for side in (old, new)]
    if found := matching.of_results(old, tables[0], new, tables[1]):
        metrics = task.part("mlp.compare", residuals.task(tables[1])).METRICS
        keys = [key for key in metrics if key in before or key in after]
        known = {key: (before.get(key), after.get(key)) for key in keys}
        return Incomparable(found.why, known)
    return comparison.compare(*tables)


def _repeated(side: Results, name: str) -> bool:
    """Return whether the stage repeat is meant to train a network repeatedly."""
    gate = side.params.get("gate")
    return name == BASELINE or (isinstance(gate, Mapping) and gate.get("model") == name)


def _configuration(old: Results, new: Results, name: str, evidence: str) -> Configuration | str:
    try:
        sides = Sides(old.repeats(evidence, name), new.repeats(evidence, name))
    except InputError as error:
        return str(error).removesuffix(".")
    why = sides.why_not_comparable()
    return why or configurations.compare(sides, name, old.name)


def _notes(old: Results, new: Results, evidence: str) -> Iterator[str]:
    """Yield a sentence for the networks that one side lacks."""
    before, after = (side.judged(evidence) for side in (old, new))
    subject = {"test": "Networks", "oof": "Out-of-fold evidence"}[evidence]
    if added := [name for name in after if name not in before]:
        yield f"{subject} new since {old.name}, so not compared: {', '.join(added)}."
    if gone := [name for name in before if name not in after]:
        yield f"{subject} gone since {old.name}: {', '.join(gone)}."


def _outdated(new: Results, evidence: str, revision: Revision) -> Iterator[str]:
    # Of repeated trainings, their comparison says so itself.
    for sentence in pending.since_the_run(new, evidence, revision, REPEATED):
        yield f"Out of date: {sentence}. Run {pending.RUN[evidence]}."


def evidence_of_gate(params: Mapping[str, Any]) -> str:
    """Return the evidence that the gate uses, test where params.yaml does not say."""
    gate = params.get("gate")
    named = gate.get("evidence") if isinstance(gate, Mapping) else None
    if named not in {None, *comparison.EVIDENCE}:
        raise InputError(f"{PARAMS}: gate.evidence is {named}; it should be test or oof.")
    return named or "test"
