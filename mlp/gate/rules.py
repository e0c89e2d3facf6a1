"""Apply the rules of the gate to a network: one verdict, with its reason, a rule."""

from collections.abc import Iterator

from mlp.compare import recalls
from mlp.evaluate.statistics import differences
from mlp.gate import rows, significance, thresholds
from mlp.gate.network import Network
from mlp.gate.params import Gate, MetricRule
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
    for name, rule in _rules(gate):
        yield from thresholds.bounds(name, rule, network.metrics, linear.metrics)
    for floor in gate.beats or ():
        yield rows.beats(floor, network, linear)
    if gate.classes:
        yield from rows.recalls(gate.classes, network)
    if gate.budget:
        yield from thresholds.weighs(gate.budget, network.metrics)


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
    for metric, rule in _rules(gate):
        yield from thresholds.drops(metric, rule, network.metrics, earlier.metrics, name)
        if rule.significance:
            level = rule.significance / baselines
            sides = (earlier.predictions, network.predictions)
            yield significance.of_metric(metric, rule.direction, level, sides, name)
    was, now = earlier.right, network.right
    groups = differences.groups_of(earlier.predictions, network.predictions)
    if gate.significance:
        yield significance.of_rows(gate.significance / baselines, was, now, name, groups)
    if gate.classes and gate.classes.significance:
        actual = network.predictions["actual"]
        enough = {
            label for label, n in actual.value_counts().items() if n >= gate.classes.min_support
        }
        classes = recalls.by_label(actual, was, now, groups)
        judged = {label: rows for label, rows in classes.items() if label in enough}
        yield significance.of_classes(judged, gate.classes.significance / baselines, name)


def skipped(gate: Gate, why: str) -> Iterator[Verdict]:
    """Return a verdict for each rule that needs earlier results, if there are none."""
    for metric, rule in _rules(gate):
        for key in ("max_drop", "max_drop_relative", "significance"):
            if getattr(rule, key) is not None:
                yield Verdict(f"{metric} {key}", SKIP, why)
    if gate.significance:
        yield Verdict("significance", SKIP, why)
    if gate.classes and gate.classes.significance:
        yield Verdict("classes significance", SKIP, why)


def is_empty(gate: Gate) -> bool:
    """Return whether the gate has no rule at all."""
    budget = gate.budget and gate.budget.model_fields_set
    return not any((list(_rules(gate)), gate.significance, gate.beats, gate.classes, budget))


def _rules(gate: Gate) -> Iterator[tuple[str, MetricRule]]:
    """Yield the rules on metrics that are set, by the metric's name."""
    for name in type(gate.metrics).model_fields if gate.metrics else ():
        rule = getattr(gate.metrics, name)
        if rule is not None:
            yield name, rule
