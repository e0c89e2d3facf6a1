"""Judge numbers alone: a metric by its bounds and its change, a network by its size."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mlp.core.json_file import DECIMALS
from mlp.evaluate.statistics import wording
from mlp.gate import margins
from mlp.gate.metric_rules import MetricRule
from mlp.gate.numbers import is_number, rounded, text
from mlp.gate.params import Budget

PASS, FAIL, SKIP, UNSURE = "pass", "FAIL", "not judged", "cannot judge"


@dataclass(frozen=True)
class Verdict:
    """The outcome of one rule.

    ``outcome`` is pass; FAIL; not judged, if there is no baseline; or cannot judge, if the baseline
    lacks the value that the rule needs.
    """

    rule: str
    outcome: str
    reason: str


def bounds(
    name: str, rule: MetricRule, metrics: Mapping[str, Any], linear: Mapping[str, Any]
) -> Iterator[Verdict]:
    """Judge a metric by its minimum and maximum, both inclusive.

    Parameters
    ----------
    name : str
    rule : MetricRule
    metrics, linear : mapping
        Those of the network that is judged, and those of linear.
    """
    metric = metrics.get(name)
    for key, bound in (("min", rule.min), ("max", rule.max)):
        if bound is None:
            continue
        title = f"{name} {key}"
        limit, words = margins.resolved(name, bound, metrics, linear)
        if not is_number(metric) or limit is None:
            why = words if limit is None else f"{name} is {text(metric)}, not a number"
            yield Verdict(title, FAIL, why)
            continue
        good = metric >= limit if key == "min" else metric <= limit
        sign = {("min", True): ">=", ("min", False): "<", ("max", True): "<="}.get((key, good), ">")
        yield verdict(title, f"{text(metric)} {sign} {words}", good=good)


def drops(
    name: str, rule: MetricRule, metrics: Mapping[str, Any], earlier: Mapping[str, Any], of: str
) -> Iterator[Verdict]:
    """Judge the drop of a metric since an earlier revision, both limits inclusive.

    Differences are rounded to the decimals of stored metrics, so that 0.95 to 0.93 is 0.02.
    """
    new, old = metrics.get(name), earlier.get(name)
    for key in ("max_drop", "max_drop_relative"):
        most = getattr(rule, key)
        if most is None:
            continue
        title = f"{name} {key}"
        if not is_number(new):
            yield Verdict(title, FAIL, f"{name} is {text(new)}, not a number")
            continue
        if not is_number(old):
            yield Verdict(title, UNSURE, f"{name} was {text(old)} at {of}, not a number")
            continue
        drop = rounded(old - new if rule.direction == "higher" else new - old, old, new)
        if key == "max_drop_relative":
            drop = _relative(drop, old)
        write = "{:.1%}".format if key == "max_drop_relative" else wording.number
        change = f"{text(old)} to {text(new)} since {of}"
        yield verdict(title, f"{change}: {_by(drop, most, write)}", good=drop <= most)


def _by(drop: float, most: float, write: Callable[[float], str]) -> str:
    """Return a drop beside its limit in words; below 0 they are improvements."""
    change = "better" if drop < 0 else "worse"
    words = f"{change} by {write(abs(drop))}" if drop else "no change"
    if most < 0:
        return f"{words}, and at least {write(-most)} better is asked"
    return words if drop <= 0 else f"{words} {'<=' if drop <= most else '>'} {write(most)}"


def _relative(drop: float, old: float) -> float:
    """Return a drop as a share of the baseline's absolute value; of 0, any drop is infinite."""
    if old == 0:
        return math.copysign(math.inf, drop) if drop else 0.0
    return round(drop / abs(old), DECIMALS)


def weighs(budget: Budget, metrics: Mapping[str, Any]) -> Iterator[Verdict]:
    """Judge the size of the model."""
    for key, most in budget.model_dump(exclude_unset=True).items():
        value = metrics.get(key)
        if not is_number(value):
            yield Verdict(f"budget {key}", FAIL, f"{key} is {text(value)}, not a number")
            continue
        good = value <= most
        yield verdict(f"budget {key}", f"{value} {'<=' if good else '>'} {most}", good=good)


def verdict(rule: str, reason: str, *, good: bool) -> Verdict:
    """Return pass or FAIL."""
    return Verdict(rule, PASS if good else FAIL, reason)
