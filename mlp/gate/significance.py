"""Judge whether a change for the worse is more than the luck of the rows: paired tests."""

from collections.abc import Mapping

import pandas as pd

from mlp.compare import recalls
from mlp.core.files import Rows
from mlp.evaluate.statistics import differences, turned, wording
from mlp.evaluate.statistics.differences import Difference
from mlp.evaluate.statistics.turned import Turned
from mlp.gate import thresholds
from mlp.gate.numbers import is_number, text
from mlp.gate.thresholds import FAIL, PASS, UNSURE, Verdict


def of_rows(
    level: float, was: pd.Series, now: pd.Series, of: str, groups: Rows | None = None
) -> Verdict:
    """Judge by McNemar's exact test whether more rows broke than luck explains.

    Parameters
    ----------
    level : float
        Of the one-sided test.
    was, now : Series of bool, shape (rows,)
        Whether the row is right, at the earlier revision and now.
    of : str
        The name of the earlier revision.
    groups : ndarray of int64, shape (rows,), optional
        The number of each row's group.
    """
    rows = turned.of(was.to_numpy(), now.to_numpy(), groups)
    words = f"{rows.broken} rows broken and {rows.fixed} fixed of {len(now)} since {of}"
    if too_few := _too_few(len(now), groups, level):
        return Verdict("significance", FAIL, f"{words}: {too_few}")
    p_value = rows.p_value(one_sided=True)
    good = p_value > level
    by = "" if groups is None else f", by {_number(groups)} groups"
    reason = f"{words}{by}: {wording.p_value(p_value)} {'>' if good else '<='} {level:g}"
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
    words = in_words(change, metric, of)
    if change is None or not is_number(change.new - change.old):
        return Verdict(title, without_numbers(change), words)
    if too_few := _too_few(len(sides[1]), change.groups, level):
        return Verdict(title, FAIL, f"{words}: {too_few}")
    if metric == "accuracy":
        was, now = ((side["actual"] == side["predicted"]).to_numpy() for side in sides)
        p_value = turned.of(was, now, change.groups).p_value(one_sided=True)
    else:
        p_value = change.p_value(1 if direction == "lower" else -1, one_sided=True)
    good = p_value > level
    reason = f"{words}: {wording.p_value(p_value)} {'>' if good else '<='} {level:g}"
    return thresholds.verdict(title, reason, good=good)


def in_words(change: Difference | None, metric: str, of: str) -> str:
    """Return the values before and now, or why there are none."""
    if change is None:
        return f"the predictions of {of} have no {metric}"
    words = f"{text(change.old)} to {text(change.new)} since {of}"
    return words if is_number(change.new - change.old) else f"{words}: not two numbers"


def without_numbers(change: Difference | None) -> str:
    """Return the outcome where a value is missing: a rule fails where it is the present one."""
    return UNSURE if change is None or is_number(change.new) else FAIL


def _too_few(rows: int, groups: Rows | None, level: float) -> str:
    """Return in words that not even a loss of every row could fail; empty if it could."""
    units, name = (rows, "rows") if groups is None else (_number(groups), "groups")
    return f"too few {name} to judge" if 0.5**units > level else ""


def _number(groups: Rows) -> int:
    return int(groups.max()) + 1


def of_classes(classes: Mapping[str, Turned], level: float, of: str) -> Verdict:
    """Judge the recall of classes.

    Parameters
    ----------
    classes : mapping
        See `mlp.compare.recalls.by_label`; those with enough rows.
    level, of
        As in `of_rows`.
    """
    title = "classes significance"
    if not classes:
        return Verdict(title, FAIL, "no class has as many rows as classes.min_support")
    p_values = recalls.corrected(classes, level, one_sided=True)
    alone = [rows.p_value(one_sided=True) for rows in classes.values()]  # parts equal ones
    by_p = [(p, label) for p, _, label in sorted(zip(p_values, alone, classes, strict=True))]
    worse = [pair for pair in by_p if pair[0] <= level]
    parts = [
        f"class {label} ({classes[label].broken} broken, {classes[label].fixed} fixed, "
        f"{wording.p_value(p_value)})"
        for p_value, label in worse or by_p[:1]
    ]
    if worse:
        return Verdict(title, FAIL, f"recall fell since {of} of {', '.join(parts)}")
    reason = f"no fall of a class is shown since {of}; nearest is {parts[0]} > {level:g}"
    return Verdict(title, PASS, reason)
