"""Lay out a comparison as tables of texts."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd

from mlp.compare.changes import Changes, Incomparable
from mlp.compare.comparison import Comparison
from mlp.compare.configurations import Configuration
from mlp.compare.edits import Change
from mlp.evaluate.statistics import wording
from mlp.history.values import text
from mlp.report.document import Table

Column = tuple[str, str, Callable[[Any], str]]  # heading, key, and how a value is written


def number(value: Any) -> str:
    """Return a value with six decimals if it has a fraction."""
    if value is None or pd.isna(value):
        return "none"
    return f"{value:.6f}" if isinstance(value, float) else str(value)


def signed(value: float) -> str:
    """Return a difference with its sign."""
    return "none" if pd.isna(value) else f"{value:+.6f}"


def _p_value(value: float) -> str:
    return wording.p_value(value).removeprefix("p = ").removeprefix("p ")


CLASSES: Sequence[Column] = (
    ("class", "class", str),
    ("rows", "support", str),
    ("recall before", "old", number),
    ("now", "new", number),
    ("change", "change", signed),
    ("broken", "broken", str),
    ("fixed", "fixed", str),
    ("p (Holm)", "p_value", _p_value),
    ("verdict", "verdict", str),
)
ROWS: Sequence[Column] = (
    ("row", "row", str),
    ("actual", "actual", str),
    ("before", "old", str),
    ("confidence", "old_confidence", number),
    ("now", "new", str),
    ("confidence", "new_confidence", number),
    ("it was", "change", str),
)


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


def compared(network: Comparison, rows: int) -> Iterator[Table]:
    """Yield the metrics, the classes with rows that changed, and those rows.

    Parameters
    ----------
    network : Comparison
    rows : int
        How many of the fixed and of the broken rows to show.
    """
    yield Table(
        ["metric", "before", "now", "difference", "95 % interval", "verdict"],
        [
            [
                change.metric,
                number(change.old),
                number(change.new),
                signed(change.difference),
                f"{signed(change.low)} to {signed(change.high)}",
                change.verdict,
            ]
            for change in network.metrics
        ],
    )
    moved = (network.classes["fixed"] > 0) | (network.classes["broken"] > 0)
    yield _table(CLASSES, network.classes[moved])
    sides = (("fixed", network.fixed), ("broken", network.broken))
    shown = [table.head(rows).assign(change=change) for change, table in sides]
    yield _table(ROWS, pd.concat(shown))


def _table(columns: Sequence[Column], content: pd.DataFrame) -> Table:
    return Table(
        [heading for heading, _, _ in columns],
        [[write(row[key]) for _, key, write in columns] for row in content.to_dict("records")],
    )
