"""Judge whether a model file is worse on its rows by more than luck: paired tests."""

from collections.abc import Iterator

import pandas as pd

from mlp.compare import recalls
from mlp.evaluate.statistics import differences, exact, exchange, wording
from mlp.evaluate.statistics.differences import Difference
from mlp.gate import levels, not_worse, thresholds
from mlp.gate.network import Network
from mlp.gate.not_worse import Bound
from mlp.gate.numbers import is_number, text
from mlp.gate.params import Gate, MetricRule
from mlp.gate.thresholds import FAIL, PASS, UNSURE, Verdict


def against(
    gate: Gate, network: Network, earlier: Network, name: str, baselines: int
) -> Iterator[Verdict]:
    """Judge by the rules on chance; parameters as of `mlp.gate.rules.against`."""
    for metric, rule in levels.metric_rules(gate):
        if rule.significance:
            level = rule.significance / baselines
            sides = (earlier.predictions, network.predictions)
            yield of_metric(metric, rule.direction, level, sides, name)
        if rule.not_worse_than is not None:
            change = differences.of(earlier.predictions, network.predictions).get(metric)
            confidence = 1 - (1 - rule.confidence) / baselines
            yield _not_worse(metric, rule, change, confidence, name)
    was, now = earlier.right, network.right
    if gate.significance:
        yield of_rows(gate.significance / baselines, was, now, name)
    if gate.classes and gate.classes.significance:
        table = recalls.changes(network.predictions["actual"], was, now)
        table = table[table["support"] >= gate.classes.min_support]
        yield of_classes(table, gate.classes.significance / baselines, name)


def of_rows(level: float, was: pd.Series, now: pd.Series, of: str) -> Verdict:
    """Judge by McNemar's exact test whether more rows broke than luck explains.

    Parameters
    ----------
    level : float
        Of the one-sided test.
    was, now : Series of bool, shape (rows,)
        Whether the row is right, at the earlier revision and now.
    of : str
        The name of the earlier revision.
    """
    broken, fixed = int((was & ~now).sum()), int((now & ~was).sum())
    p_value = exact.mcnemar(broken, fixed, one_sided=True)
    good = p_value > level
    reason = (
        f"{broken} rows broken and {fixed} fixed of {len(now)} since {of}: "
        f"{wording.p_value(p_value)} {'>' if good else '<='} {level:g}"
    )
    return thresholds.verdict("significance", reason, good=good)


def of_metric(
    metric: str, direction: str, level: float, sides: tuple[pd.DataFrame, pd.DataFrame], of: str
) -> Verdict:
    """Judge whether a metric got worse by more than the luck of the rows explains.

    The accuracy by McNemar's exact test, others by exchanging predictions of rows at random: see
    `mlp.evaluate.statistics.exchange.p_value`.

    Parameters
    ----------
    metric, direction : str
        Its name, and which is better: higher or lower.
    level, of
        As in `of_rows`.
    sides : pair of DataFrame
        Earlier and present predictions: see `mlp.core.predictions.predictions`.
    """
    title = f"{metric} significance"
    change = differences.of(*sides).get(metric)
    if change is None:
        return Verdict(title, UNSURE, f"the predictions of {of} have no {metric}")
    words = f"{text(change.old)} to {text(change.new)} since {of}"
    if not is_number(change.new - change.old):
        outcome = UNSURE if is_number(change.new) else FAIL
        return Verdict(title, outcome, f"{words}: not two numbers")
    if 0.5 ** len(sides[1]) > level:  # not even a loss of every row could fail
        return Verdict(title, FAIL, f"{words}: too few rows to judge")
    if metric == "accuracy":
        p_value = _of_accuracy(*sides)
    else:
        sign = 1 if direction == "lower" else -1
        p_value = exchange.p_value(
            lambda swaps: sign * change.exchanged(swaps), len(sides[1]), one_sided=True
        )
    good = p_value > level
    reason = f"{words}: {wording.p_value(p_value)} {'>' if good else '<='} {level:g}"
    return thresholds.verdict(title, reason, good=good)


def _of_accuracy(old: pd.DataFrame, new: pd.DataFrame) -> float:
    was, now = (side["actual"] == side["predicted"] for side in (old, new))
    return exact.mcnemar(int((was & ~now).sum()), int((now & ~was).sum()), one_sided=True)


def _not_worse(
    metric: str, rule: MetricRule, change: Difference | None, confidence: float, of: str
) -> Verdict:
    """Judge whether the rows show that a metric is not worse by more than the margin of a rule."""
    title, margin = f"{metric} not_worse_than", rule.not_worse_than
    if change is None:
        return Verdict(title, UNSURE, f"the predictions of {of} have no {metric}")
    words = f"{text(change.old)} to {text(change.new)} since {of}"
    if not is_number(change.new - change.old):
        return Verdict(
            title, UNSURE if is_number(change.new) else FAIL, f"{words}: not two numbers"
        )
    worse = change.estimate if rule.direction == "lower" else change.estimate.negated()
    rows = worse.rows_for(margin, confidence)
    needed = "more would hardly show it" if rows is None else f"about {rows} rows would do"
    bound = Bound(worse.value, worse.upper(confidence) - worse.value)
    return not_worse.verdict(title, words, bound, margin, needed)


def of_classes(table: pd.DataFrame, level: float, of: str) -> Verdict:
    """Judge the classes of a table as `mlp.compare.recalls.changes` returns it."""
    title = "classes significance"
    if table.empty:
        return Verdict(title, FAIL, "no class has as many rows as classes.min_support")
    counts = list(zip(table["broken"], table["fixed"], strict=True))
    least = [exact.mcnemar(int(b + f), 0, one_sided=True) for b, f in counts]
    tests = [exact.mcnemar(int(b), int(f), one_sided=True) for b, f in counts]
    p_values = exact.holm(tests, exact.comparisons(least, level))
    table = table.assign(p_value=p_values).sort_values("p_value", kind="stable")
    worse = table[table["p_value"] <= level]
    shown = (worse if len(worse) else table.head(1)).to_dict("records")
    parts = [
        f"class {row['class']} ({row['broken']} broken, {row['fixed']} fixed, "
        f"{wording.p_value(row['p_value'])})"
        for row in shown
    ]
    if len(worse):
        return Verdict(title, FAIL, f"recall fell since {of} of {', '.join(parts)}")
    reason = f"no fall of a class is shown since {of}; nearest is {parts[0]} > {level:g}"
    return Verdict(title, PASS, reason)
