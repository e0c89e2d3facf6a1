"""Lay out a comparison as tables of texts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from mlp.compare.changes import Changes, Incomparable
from mlp.compare.comparison import Comparison
from mlp.compare.configurations import Configuration
from mlp.compare.edits import Change
from mlp.compare.metrics import MetricChange
from mlp.evaluate.statistics import wording
from mlp.history.values import text
from mlp.report.document import Table

Column = tuple[str, str, Callable[[Any], str]]  # heading, key, and how a value is written


def number(value: Any) -> str:
    """Return a value with six decimals if it has a fraction."""
    if value is None or pd.isna(value):
        return "none"
    return wording.number(value) if isinstance(value, float) else str(value)


def signed(value: float) -> str:
    """Return a difference with its sign."""
    return "none" if pd.isna(value) else wording.number(value, "+")


def values(changes: Changes) -> Table:
    """Return a row for each parameter and file that changed."""
    return Table(
        ["parameter or file", "before", "now", "stages that ran for it"],
        [_change(change) for change in [*changes.parameters, *changes.files]],
        left=4,
    )


def _change(change: Change) -> list[str]:
    cells = ["", change.new] if change.is_file else [text(change.old), text(change.new)]
    return [change.name, *cells, ", ".join(change.reran) or "none"]


def incomparable(network: Incomparable) -> Table:
    """Return the metrics of both sides."""
    return Table(
        ["metric", "before", "now"],
        [[key, number(old), number(new)] for key, (old, new) in network.metrics.items()],
    )


def configuration(found: Configuration) -> Table:
    """Return the metrics of repeated trainings."""
    return Table(
        ["mean of trainings", "before", "now", "difference", "95 % interval", "verdict"],
        [
            [
                row["metric"],
                number(row["old"]),
                number(row["new"]),
                signed(row["difference"]),
                f"{signed(row['low'])} to {signed(row['high'])}",
                row["verdict"],
            ]
            for row in found.metrics
        ],
    )


def metrics(network: Comparison) -> Table:
    """Return the metrics of two networks."""
    return Table(
        ["metric", "before", "now", "difference", "95 % interval", "verdict"],
        [
            [
                change.metric,
                number(change.old),
                number(change.new),
                signed(change.difference),
                f"{signed(change.low)} to {signed(change.high)}",
                _verdict(change),
            ]
            for change in network.metrics
        ],
    )


def _verdict(change: MetricChange) -> str:
    """Return the verdict, which names its test where the interval does not show as much."""
    if change.verdict not in {"better", "worse"} or not change.low <= 0 <= change.high:
        return change.verdict
    return f"{change.verdict} (by {'McNemar' if change.metric == 'accuracy' else 'exchange'})"


def moved(columns: Sequence[Column], sides: Mapping[str, pd.DataFrame], rows: int) -> Table:
    """Return the first rows of each side, with the side's name in the column side."""
    shown = [table.head(rows).assign(side=side) for side, table in sides.items()]
    return laid_out(columns, pd.concat(shown))


def laid_out(columns: Sequence[Column], content: pd.DataFrame) -> Table:
    """Return a table with a row for each of the content."""
    return Table(
        [heading for heading, _, _ in columns],
        [[write(row[key]) for _, key, write in columns] for row in content.to_dict("records")],
    )
