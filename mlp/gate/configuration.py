"""Judge whether a configuration is worse, by repeated training on both sides."""

import math
from collections.abc import Iterator

from mlp.compare.sides import Sides
from mlp.evaluate.statistics import exact, wording
from mlp.evaluate.statistics.repeated import Change
from mlp.gate import levels, not_worse, thresholds
from mlp.gate.metric_rules import MetricRule
from mlp.gate.not_worse import Bound
from mlp.gate.numbers import is_number, text
from mlp.gate.params import ClassRules, Gate
from mlp.gate.thresholds import FAIL, PASS, SKIP, UNSURE, Verdict

WORSE = {"higher": -1, "lower": 1}  # the sign of a difference for the worse


def against(gate: Gate, sides: Sides, of: str, baselines: int) -> Iterator[Verdict]:
    """Judge by the rules on chance; parameters as of `mlp.gate.rules.against`."""
    for metric, rule in levels.metric_rules(gate):
        change = sides.of_metric(metric)
        if rule.significance:
            title, level = f"{metric} significance", rule.significance / baselines
            yield _by_level(title, change, rule.direction, level, of)
        if rule.not_worse_than is not None:
            yield _not_worse(metric, rule, sides, of, baselines)
    if gate.significance:
        change, level = sides.of_metric("accuracy"), gate.significance / baselines
        yield _by_level("significance", change, "higher", level, of)
    if gate.classes and gate.classes.significance:
        yield _classes(gate.classes, gate.classes.significance / baselines, sides, of)


def p_values(gate: Gate, sides: Sides) -> dict[str, float]:
    """Return the p value of each test, that of the classes after Holm's correction, by its title.

    NaN where a score is not a number, which fails the gate or cannot be judged.
    """
    found = {}
    for metric, rule in levels.metric_rules(gate):
        if rule.significance:
            change = sides.of_metric(metric)
            found[f"{metric} significance"] = change.p_value(WORSE[rule.direction])
    if gate.significance:
        found["significance"] = sides.of_metric("accuracy").p_value(WORSE["higher"])
    if gate.classes and gate.classes.significance:
        found["classes significance"] = min(_by_class(gate.classes, sides).values(), default=1.0)
    return found


def _by_class(rules: ClassRules, sides: Sides) -> dict[str, float]:
    """Return the corrected p value of each class that has enough rows, not all of one group."""
    changes = {label: sides.of_class(label) for label in sides.labels(rules.min_support)}
    judged = {label: change for label, change in changes.items() if is_number(change.error)}
    found = exact.holm([change.p_value(WORSE["higher"]) for change in judged.values()])
    return dict(zip(judged, found, strict=True))


def unsure(gate: Gate, of: str) -> Iterator[Verdict]:
    """Return a verdict for each rule on chance, where repeated trainings are missing."""
    for title in levels.asks_for_changes(gate):
        yield Verdict(title, UNSURE, f"no repeated trainings to compare with {of}")


def _by_level(title: str, change: Change, better: str, level: float, of: str) -> Verdict:
    """Judge whether a metric got worse by more than the luck of seeds and rows explains."""
    if found := _not_judged(title, change, of):
        return found
    p_value = change.p_value(WORSE[better])
    good = p_value > level
    reason = f"{_words(change, of)}: {wording.p_value(p_value)} {'>' if good else '<='} {level:g}"
    return thresholds.verdict(title, reason, good=good)


def _not_worse(metric: str, rule: MetricRule, sides: Sides, of: str, baselines: int) -> Verdict:
    title, change = f"{metric} not_worse_than", sides.of_metric(metric)
    if found := _not_judged(title, change, of):
        return found
    margin = rule.not_worse_than
    worse = WORSE[rule.direction] * change.difference
    bound = Bound(worse, change.reach((1 - rule.confidence) / baselines))
    needed = _needed(bound.factor(margin), sides)
    return not_worse.verdict(title, _words(change, of), bound, margin, needed)


def _needed(factor: float | None, sides: Sides) -> str:
    if factor is None:
        return "more would hardly show it"
    trainings, rows = (math.ceil(factor * n) for n in (len(sides.new.converged), sides.new.rows))
    return f"about {trainings} trainings (gate.repeats) judged by {rows} rows would do"


def _classes(rules: ClassRules, level: float, sides: Sides, of: str) -> Verdict:
    """Judge the recall of each class that has enough rows, with Holm's correction."""
    title = "classes significance"
    judged = _by_class(rules, sides)
    if not judged:
        few = f"no class has {rules.min_support} rows or more, that are not all of one group"
        return Verdict(title, SKIP, few)
    ordered = sorted(judged.items(), key=lambda item: item[1])
    fallen = [item for item in ordered if item[1] <= level]
    parts = [_fall(label, p_value, sides) for label, p_value in fallen or ordered[:1]]
    if fallen:
        return Verdict(title, FAIL, f"recall fell since {of} of {', '.join(parts)}")
    reason = f"no fall of a class is shown since {of}; nearest is {parts[0]} > {level:g}"
    return Verdict(title, PASS, reason)


def _fall(label: str, p_value: float, sides: Sides) -> str:
    change = sides.of_class(label)
    return f"class {label} ({text(change.old)} to {text(change.new)}, {wording.p_value(p_value)})"


def _words(change: Change, of: str) -> str:
    return f"mean {text(change.old)} to {text(change.new)} since {of}"


def _not_judged(title: str, change: Change, of: str) -> Verdict | None:
    """Return the verdict where a mean or its error is not a number, None if all are."""
    words = _words(change, of)
    if not is_number(change.new):
        return Verdict(title, FAIL, f"{words}: not two numbers")
    if not is_number(change.old):
        return Verdict(title, UNSURE, f"{words}: not two numbers")
    if not is_number(change.error):
        return Verdict(title, UNSURE, f"{words}: rows of one group tell nothing of others")
    return None
