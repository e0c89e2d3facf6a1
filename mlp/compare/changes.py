"""What changed between an earlier revision and this workspace: values, stages and networks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mlp.compare import comparison
from mlp.compare.comparison import Comparison
from mlp.core.errors import InputError
from mlp.history import lock, pending, results, revisions
from mlp.history.results import PARAMS, PIPELINE, Results
from mlp.history.revisions import Revision


@dataclass(frozen=True)
class Change:
    """A parameter (or, without values, a file) that changed, and the stages that ran for it."""

    name: str
    old: Any
    new: Any
    reran: list[str]
    is_file: bool = False


@dataclass(frozen=True)
class Incomparable:
    """Why a network cannot be compared, with its metrics before and now where they are known."""

    why: str
    metrics: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Changes:
    """What changed since a revision.

    Attributes
    ----------
    since, why : str
        The revision, and why it is the one to compare with.
    evidence : str
        test or oof.
    parameters, files : list of Change
    reran : list of str
        Every stage that ran with other inputs.
    networks : dict
        A Comparison or an Incomparable, by the name of the network.
    notes : list of str
        What the reader should know besides.
    """

    since: str
    why: str
    evidence: str
    parameters: list[Change]
    files: list[Change]
    reran: list[str]
    networks: dict[str, Comparison | Incomparable]
    notes: list[str]


def find(rev: str | None, evidence: str) -> Changes | str:
    """Compare this workspace with a revision, or return why there is nothing to compare with.

    Parameters
    ----------
    rev : str or None
        None takes the revision of `mlp.history.revisions.previous`.
    evidence : str
        test or oof.

    Raises
    ------
    InputError
        If results are missing or broken on either side.
    """
    revision = revisions.previous() if rev is None else revisions.named(rev)
    if revision is None:
        return "This is the first commit: there is nothing to compare with."
    old, new = results.at(revision), results.workspace()
    if not old.has(PIPELINE):
        return f"{revision.name} has no {PIPELINE}: it is older than the pipeline."
    return _between(old, new, revision, evidence)


def _between(old: Results, new: Results, revision: Revision, evidence: str) -> Changes:
    ran = lock.reran(old.lock, new.lock)
    parameters = [
        Change(key, before, after, _both(ran, lock.readers_of_key(new.lock, PARAMS, key)))
        for key, (before, after) in lock.changed(old.params, new.params).items()
    ]
    files = [
        Change(path, None, None, _both(ran, lock.readers_of_file(new.lock, path)), is_file=True)
        for path in lock.edited(old.lock, new.lock)
    ]
    notes = [
        f"Out of date: {sentence}. Run `dvc repro`."
        for sentence in pending.since_the_run(new, revision)
    ]
    before, after = old.scores(evidence), new.scores(evidence)
    networks = {
        name: _network(old, new, name, evidence, (before.get(name), after[name])) for name in after
    }
    return Changes(revision.name, revision.why, evidence, parameters, files, ran, networks, notes)


def _network(
    old: Results,
    new: Results,
    name: str,
    evidence: str,
    metrics: tuple[Mapping[str, Any] | None, Mapping[str, Any]],
) -> Comparison | Incomparable:
    before, after = metrics
    known = {key: ((before or {}).get(key), after.get(key)) for key in comparison.METRICS}
    if before is None:
        return Incomparable(f"there was no network {name}", known)
    tables = [side.predictions(evidence, name) for side in (old, new)]
    if why := comparison.why_not_comparable(*tables):
        return Incomparable(why, known)
    return comparison.compare(*tables)


def _both(ordered: Sequence[str], names: set[str]) -> list[str]:
    return [name for name in ordered if name in names]


def evidence_of_gate(params: Mapping[str, Any]) -> str:
    """Return the evidence that the gate uses, test where params.yaml does not say."""
    gate = params.get("gate")
    named = gate.get("evidence") if isinstance(gate, Mapping) else None
    if named not in {None, *comparison.EVIDENCE}:
        raise InputError(f"{PARAMS}: gate.evidence is {named}; it should be test or oof.")
    return named or "test"
