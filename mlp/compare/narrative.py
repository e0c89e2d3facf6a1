"""Tell in a document what changed: the parameters, and each network's numbers, classes and rows."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from mlp.compare import comparison
from mlp.compare.changes import Change, Changes, Incomparable
from mlp.compare.comparison import Comparison
from mlp.compare.pictures import Gallery
from mlp.evaluate.statistics import wording
from mlp.report.document import Document, Heading, Paragraph, Table
from mlp.report.picture import Picture

Block = Heading | Paragraph | Table | Picture


def document(changes: Changes, rows: int, gallery: Gallery | None = None) -> Document:
    """Return the document.

    Parameters
    ----------
    changes : Changes
    rows : int
        How many of the fixed and of the broken rows to show.
    gallery : Gallery, optional
        With it, confusion matrices and rows are drawn.
    """
    found: list[Block] = [Paragraph(note) for note in changes.notes]
    found += _values(changes)
    for name, network in changes.networks.items():
        found.append(Heading(name))
        if isinstance(network, Incomparable):
            found += _incomparable(network)
        else:
            found += _compared(network, changes.evidence, rows)
            if gallery and network.verdict != "unchanged":
                found += gallery.pictures(network, rows)
    if gallery and gallery.note:
        found.append(Paragraph(gallery.note))
    since = f"{changes.since} ({changes.why})" if changes.why else changes.since
    return Document(f"This workspace against {since}", found)


def _values(changes: Changes) -> Iterator[Block]:
    yield Heading("What changed")
    if not changes.parameters and not changes.files:
        yield Paragraph("No parameter and no file that a stage reads.")
        return
    yield Table(
        ["parameter or file", "before", "now", "stages that ran for it"],
        [_change(change) for change in [*changes.parameters, *changes.files]],
        left=4,
    )


def _change(change: Change) -> list[str]:
    values = ["", "edited"] if change.is_file else [str(change.old), str(change.new)]
    return [change.name, *values, ", ".join(change.reran) or "none"]


def _incomparable(network: Incomparable) -> Iterator[Block]:
    yield Paragraph(f"Not comparable: {network.why}.")
    yield Table(
        ["metric", "before", "now"],
        [[key, _number(old), _number(new)] for key, (old, new) in network.metrics.items()],
    )


def _compared(network: Comparison, evidence: str, rows: int) -> Iterator[Block]:
    yield Paragraph(sentence(network, evidence))
    if all(change.difference == 0 for change in network.metrics):
        return
    yield Table(
        ["metric", "before", "now", "difference", "95 % interval", "verdict"],
        [
            [
                change.metric,
                _number(change.old),
                _number(change.new),
                _signed(change.difference),
                f"{_signed(change.low)} to {_signed(change.high)}",
                change.verdict,
            ]
            for change in network.metrics
        ],
    )
    yield from _classes(network.classes)
    yield Table(
        ["row", "actual", "before", "confidence", "now", "confidence", "it was"],
        [
            *_rows(network.fixed.head(rows), "fixed"),
            *_rows(network.broken.head(rows), "broken"),
        ],
    )


def sentence(found: Comparison, evidence: str) -> str:
    """Return the comparison in words, with what it could have seen."""
    drop = wording.points(found.detectable_drop)
    rows = f"{found.rows} {comparison.ROWS[evidence]}"
    could = f"With {rows} a drop of {drop} would be seen (80 % power)."
    if found.verdict == "unchanged":
        return f"unchanged: every prediction is as before. {could}"
    return (
        f"{found.verdict}: {len(found.fixed)} rows fixed, {len(found.broken)} broken "
        f"(McNemar {wording.p_value(found.p_value)}). {could}"
    )


def _classes(table: pd.DataFrame) -> Iterator[Block]:
    moved = table[(table["fixed"] > 0) | (table["broken"] > 0)]
    if moved.empty:
        return
    yield Table(
        [
            "class",
            "rows",
            "recall before",
            "now",
            "change",
            "broken",
            "fixed",
            "p (Holm)",
            "verdict",
        ],
        [
            [
                str(row["class"]),
                str(row["support"]),
                *(_number(row[key]) for key in ("old", "new")),
                _signed(row["change"]),
                str(row["broken"]),
                str(row["fixed"]),
                wording.p_value(row["p_value"]).removeprefix("p = ").removeprefix("p "),
                row["verdict"],
            ]
            for row in moved.to_dict("records")
        ],
    )


def _rows(table: pd.DataFrame, what: str) -> list[list[str]]:
    return [
        [
            str(row["row"]),
            row["actual"],
            row["old"],
            _number(row["old_confidence"]),
            row["new"],
            _number(row["new_confidence"]),
            what,
        ]
        for row in table.to_dict("records")
    ]


def _number(value: Any) -> str:
    if value is None or pd.isna(value):
        return "none"
    return f"{value:.6f}" if isinstance(value, float) else str(value)


def _signed(value: float) -> str:
    return "none" if pd.isna(value) else f"{value:+.6f}"
