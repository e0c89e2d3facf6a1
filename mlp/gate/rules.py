"""Apply the rules of the gate to a network: one verdict, with its reason, a rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mlp.compare import comparison
from mlp.evaluate.statistics import exact, power, wording
from mlp.gate import significance, thresholds
from mlp.gate.params import ClassRules, Gate, MetricRule
from mlp.gate.thresholds import FAIL, SKIP, Verdict


@dataclass(frozen=True)
class Network:
    """What the rules look at.

    Attributes
    ----------
    metrics : mapping
        Of metrics/scores.json or metrics/oof.json.
    predictions : DataFrame
        See `mlp.core.predictions.predictions`.
    """

    metrics: Mapping[str, Any]
    predictions: pd.DataFrame


def absolute(gate: Gate, network: Network, linear: Network) -> Iterator[Verdict]:
    """Judge by the rules that need no earlier results.

    Parameters
    ----------
    gate : Gate
    network, linear : Network
        The one that ships and the one without a hidden layer, on the same rows. The metrics of the
        first hold parameters and model_bytes too.
    """
    for name, rule in _rules(gate):
        yield from thresholds.bounds(name, rule, network.metrics)
    for floor in gate.beats or ():
        yield _beats(floor, network, linear)
    if gate.classes:
        yield from _recalls(gate.classes, network.predictions)
    if gate.budget:
        yield from thresholds.weighs(gate.budget, network.metrics)


def against(
    gate: Gate, network: Network, earlier: Network, name: str, baselines: int = 1
) -> Iterator[Verdict]:
    """Judge by the rules on what changed since an earlier revision.

    Parameters
    ----------
    gate : Gate
    network, earlier : Network
        Their predictions must be of the same rows: see `mlp.compare.comparison.why_not_comparable`.
    name : str
        Of the earlier revision.
    baselines : int
        How many earlier revisions there are. They share each level of significance equally
        (Bonferroni's correction), so that one more does not raise the rate of false alarms.
    """
    for metric, rule in _rules(gate):
        yield from thresholds.drops(metric, rule, network.metrics, earlier.metrics, name)
        if rule.significance:
            level = rule.significance / baselines
            sides = (earlier.predictions, network.predictions)
            yield significance.of_metric(metric, rule.direction, level, sides, name)
    was, now = (_right(side.predictions) for side in (earlier, network))
    if gate.significance:
        yield significance.of_rows(gate.significance / baselines, was, now, name)
    if gate.classes and gate.classes.significance:
        table = comparison.classes(network.predictions["actual"], was, now)
        table = table[table["support"] >= gate.classes.min_support]
        yield significance.of_classes(table, gate.classes.significance / baselines, name)


def could_see(gate: Gate, network: Network, earlier: Network, name: str, baselines: int) -> str:
    """Return in words how large a drop of accuracy would be seen; parameters as of `against`."""
    was, now = (_right(side.predictions) for side in (earlier, network))
    level = (gate.significance or comparison.LEVEL) / baselines
    seen = power.detectable_drop(len(now), int((was != now).sum()), level)
    rows = f"{len(now)} {comparison.ROWS[gate.evidence]}"
    return (
        f"With {rows} a drop of {wording.points(seen)} since {name} would be seen "
        f"at level {level:g} (80 % power)."
    )


def skipped(gate: Gate, why: str) -> Iterator[Verdict]:
    """Return a verdict for each rule that needs earlier results, where there are none."""
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
    """Return the rules of metrics that are set, by the metric's name."""
    for name in type(gate.metrics).model_fields if gate.metrics else ():
        rule = getattr(gate.metrics, name)
        if rule is not None:
            yield name, rule


def _beats(floor: str, network: Network, linear: Network) -> Verdict:
    title, rows = f"beats {floor}", len(network.predictions)
    now = _right(network.predictions)
    if floor == "majority":
        share = network.metrics.get("majority_accuracy")
        if not thresholds.is_number(share):
            return Verdict(
                title, FAIL, f"majority_accuracy is {thresholds.text(share)}, not a number"
            )
        right = round(share * rows)
        reason = f"{int(now.sum())} of {rows} rows right, and {right} with the commonest class"
        return thresholds.verdict(title, reason, good=int(now.sum()) > right)
    if why := comparison.why_not_comparable(linear.predictions, network.predictions):
        return Verdict(title, FAIL, f"not comparable with linear: {why}")
    other = _right(linear.predictions)
    p_value = exact.mcnemar(int((other & ~now).sum()), int((now & ~other).sum()), one_sided=False)
    reason = (
        f"{int(now.sum())} of {rows} rows right, and {int(other.sum())} with linear "
        f"({wording.p_value(p_value)})"
    )
    return thresholds.verdict(title, reason, good=int(now.sum()) > int(other.sum()))


def _recalls(rules: ClassRules, predictions: pd.DataFrame) -> Iterator[Verdict]:
    if rules.min_recall is None:
        return
    title = "classes min_recall"
    right = _right(predictions)
    table = right.groupby(predictions["actual"]).agg(["mean", "size"])
    judged = table[table["size"] >= rules.min_support].sort_values("mean", kind="stable")
    left = len(table) - len(judged)
    note = f"; {left} of {len(table)} classes have fewer than {rules.min_support} rows"
    if judged.empty:
        yield Verdict(title, FAIL, f"no class has {rules.min_support} rows or more")
        return
    below = judged[judged["mean"] < rules.min_recall]
    shown = below if len(below) else judged.head(1)
    parts = [f"class {label} {row['mean']:.6f}" for label, row in shown.iterrows()]
    sign = "<" if len(below) else ">="
    reason = f"{', '.join(parts)} {sign} {rules.min_recall:g}{note if left else ''}"
    yield thresholds.verdict(title, reason, good=below.empty)


def _right(predictions: pd.DataFrame) -> pd.Series:
    return predictions["actual"] == predictions["predicted"]
