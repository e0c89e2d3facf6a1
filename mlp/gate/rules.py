"""Apply the rules of the gate to a network: one verdict, with its reason, a rule."""

from collections.abc import Iterator
from typing import Any

from mlp.compare.sides import Sides
from mlp.core import residuals, task
from mlp.gate import configuration, file, levels, rows, sight, thresholds
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.gate.thresholds import SKIP, Verdict


def absolute(gate: Gate, network: Network, linear: Network) -> Iterator[Verdict]:
    """Judge by the rules that need no earlier results.

    Parameters
    ----------
    gate : Gate
    network, linear : Network
        The network that ships and the baseline without a hidden layer, on the same rows. The
        metrics of the first include parameters and model_bytes.
    """
    for name, rule in levels.metric_rules(gate):
        yield from thresholds.bounds(name, rule, network.metrics, linear.metrics)
    for floor in gate.beats or ():
        yield _part(network).beats(floor, network, linear)
    if gate.classes:
        yield from rows.recalls(gate.classes, network)
    if gate.budget:
        yield from thresholds.weighs(gate.budget, network.metrics)


def _part(network: Network) -> Any:
    return task.part("mlp.gate", residuals.task(network.predictions))


def against(
    gate: Gate, network: Network, earlier: Network, name: str, baselines: int = 1
) -> Iterator[Verdict]:
    """Judge by the rules on changes since an earlier revision.

    Parameters
    ----------
    gate : Gate
    network, earlier : Network
        Of the same rows: see `mlp.compare.comparison.why_not_comparable`.
    name : str
        Of the earlier revision.
    baselines : int
        The number of earlier revisions. They share each level of significance equally
        (Bonferroni's correction), so that a second one does not raise the rate of false alarms.
    """
    for metric, rule in levels.metric_rules(gate):
        yield from thresholds.drops(metric, rule, network.metrics, earlier.metrics, name)
    if gate.question == "file":
        yield from file.against(gate, network, earlier, name, baselines)
        return
    sides = _sides(network, earlier)
    if isinstance(sides, Sides):
        yield from configuration.against(gate, sides, name, baselines)
    else:
        yield from configuration.unsure(gate, name)


def _sides(network: Network, earlier: Network) -> Sides | str:
    """Return both sides' repeated trainings, or why they cannot be compared."""
    old, new = earlier.repeats, network.repeats
    if isinstance(old, str) or isinstance(new, str):
        return next(why for why in (old, new) if isinstance(why, str))
    sides = Sides(old, new)
    return sides.why_not_comparable() or sides


def notes(
    gate: Gate, network: Network, earlier: Network, name: str, baselines: int
) -> Iterator[str]:
    """Yield what the rules on chance could see; parameters as in `against`."""
    if gate.question == "file":
        yield from _part(network).seen(gate, network, earlier, name, baselines)
    elif isinstance(sides := _sides(network, earlier), Sides):
        yield from sight.notes(gate, sides, name, baselines)
    else:
        yield (
            f"The configuration is not judged against {name}: {sides}. Check that revision out, "
            f"run `make gate` with gate.evidence: {gate.evidence} and commit what it writes, or "
            f"judge the model file alone: `mlp gate --question file {name.split(maxsplit=1)[0]}`."
        )


def skipped(gate: Gate, why: str) -> Iterator[Verdict]:
    """Return a verdict for each rule that needs earlier results, if there are none."""
    for metric, rule in levels.metric_rules(gate):
        for key in ("max_drop", "max_drop_relative"):
            if getattr(rule, key) is not None:
                yield Verdict(f"{metric} {key}", SKIP, why)
    for title in levels.asks_for_changes(gate):
        yield Verdict(title, SKIP, why)


def is_empty(gate: Gate) -> bool:
    """Return whether the gate has no rule at all."""
    budget = gate.budget and gate.budget.model_fields_set
    return not any(
        (list(levels.metric_rules(gate)), gate.significance, gate.beats, gate.classes, budget)
    )
