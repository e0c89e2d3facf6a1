"""Tell in a document what changed: the parameters, and each network's numbers, classes and rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from mlp import comparison, dataset, results
from mlp.changes import Change, Changes, Incomparable
from mlp.comparison import Comparison
from mlp.document import Document, Heading, Paragraph, Picture, Table

Block = Heading | Paragraph | Table | Picture
FEATURES = {"test": Path("data/test.parquet"), "oof": Path("data/dataset.parquet")}


@dataclass(frozen=True)
class Gallery:
    """The pixels of the rows, to draw them; None where rows are no pictures or are not here."""

    pixels: pd.DataFrame | None
    shape: list[int]
    note: str

    @staticmethod
    def of_workspace(evidence: str) -> "Gallery":
        """Read the rows that the predictions are of."""
        shape = results.workspace().params.get("load", {}).get("image_shape")
        path = FEATURES[evidence]
        if not shape:
            return Gallery(None, [], "")
        if not path.is_file():
            return Gallery(None, [], f"No rows are drawn: {path} is missing; `dvc repro` makes it.")
        rows = dataset.read(path)
        return Gallery(pd.DataFrame(rows.features, index=rows.rows), shape, "")


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
                found += _drawn(network, rows, gallery)
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
    yield Paragraph(comparison.sentence(network, evidence))
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
                comparison.p_text(row["p_value"]).removeprefix("p = ").removeprefix("p "),
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


def _drawn(network: Comparison, rows: int, gallery: Gallery) -> Iterator[Block]:
    from mlp import figures  # noqa: PLC0415 - matplotlib takes half a second to import

    counts = {"before": network.confusion_old, "now": network.confusion_new}
    for when, matrix in counts.items():
        right = f"{matrix.trace()} of {network.rows} rows on the diagonal"
        picture = figures.confusion(matrix, network.labels, when)
        yield Picture(picture, f"Confusion matrix {when}: {right}.")
    change = network.confusion_new - network.confusion_old
    picture = figures.confusion_change(change, network.labels, "now less before")
    yield Picture(picture, f"Change of the confusion matrix: {change.trace():+d} on the diagonal.")
    if gallery.pixels is None:
        return
    for what, table in (("fixed", network.fixed), ("broken", network.broken)):
        shown = table.head(rows)
        if shown.empty:
            continue
        captions = [
            f"{row['actual']}: {row['old']}, now {row['new']}\n"
            f"{row['new_confidence']:.1%}, row {row['row']}"
            for row in shown.to_dict("records")
        ]
        pixels = gallery.pixels.loc[shown["row"]].to_numpy()
        picture = figures.gallery(captions, pixels, gallery.shape)
        many = f"The {len(shown)} most confident rows that were {what}."
        one = f"The row that was {what}."
        yield Picture(picture, many if len(shown) > 1 else one, wide=True)


def _number(value: Any) -> str:
    if value is None or pd.isna(value):
        return "none"
    return f"{value:.6f}" if isinstance(value, float) else str(value)


def _signed(value: float) -> str:
    return "none" if pd.isna(value) else f"{value:+.6f}"
