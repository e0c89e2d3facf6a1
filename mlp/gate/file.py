"""Judge whether a model file is worse than another on the same rows."""

from collections.abc import Iterator

from mlp.compare import recalls
from mlp.evaluate.statistics import differences
from mlp.evaluate.statistics.differences import Difference
from mlp.gate import levels, not_worse, significance
from mlp.gate.metric_rules import MetricRule
from mlp.gate.network import Network
from mlp.gate.not_worse import Bound
from mlp.gate.numbers import is_number
from mlp.gate.params import ClassRules, Gate
from mlp.gate.thresholds import Verdict


def against(
    gate: Gate, network: Network, earlier: Network, of: str, baselines: int
) -> Iterator[Verdict]:
    """Judge by the rules on chance; parameters as of `mlp.gate.rules.against`."""
    sides = (earlier.predictions, network.predictions)
    for metric, rule in levels.metric_rules(gate):
        if rule.significance:
            level = rule.significance / baselines
            yield significance.of_metric(metric, rule.direction, level, sides, of)
        if rule.not_worse_than is not None:
            change = differences.of(*sides).get(metric)
            confidence = 1 - (1 - rule.confidence) / baselines
            yield _not_worse(metric, rule, change, confidence, of)
    groups = differences.groups_of(*sides)
    if gate.significance:
        was, now = earlier.right, network.right
        yield significance.of_rows(gate.significance / baselines, was, now, of, groups)
    if gate.classes and gate.classes.significance:
        yield _classes(gate.classes, gate.classes.significance / baselines, network, earlier, of)


def _classes(
    rules: ClassRules, level: float, network: Network, earlier: Network, of: str
) -> Verdict:
    """Judge the recall of each class that has enough rows."""
    actual = network.predictions["actual"]
    enough = {label for label, rows in actual.value_counts().items() if rows >= rules.min_support}
    groups = differences.groups_of(earlier.predictions, network.predictions)
    classes = recalls.by_label(actual, earlier.right, network.right, groups)
    judged = {label: rows for label, rows in classes.items() if label in enough}
    return significance.of_classes(judged, level, of)


def _not_worse(
    metric: str, rule: MetricRule, change: Difference | None, confidence: float, of: str
) -> Verdict:
    """Judge whether the rows show that a metric is not worse by more than the margin of a rule."""
    title, margin = f"{metric} not_worse_than", rule.not_worse_than
    words = significance.in_words(change, metric, of)
    if change is None or not is_number(change.new - change.old):
        return Verdict(title, significance.without_numbers(change), words)
    worse = change.estimate if rule.direction == "lower" else change.estimate.negated()
    rows = worse.rows_for(margin, confidence)
    needed = "more would hardly show it" if rows is None else f"about {rows} rows would do"
    bound = Bound(worse.value, worse.upper(confidence) - worse.value)
    return not_worse.verdict(title, words, bound, margin, needed)
