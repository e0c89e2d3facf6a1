"""Draw what changed between two networks: confusion matrices, and rows that are pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from mlp.compare.comparison import Comparison
from mlp.core import dataset
from mlp.core.bidi import isolated
from mlp.figures import row
from mlp.history import results
from mlp.report.document import Paragraph, Picture

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

    def pictures(self, network: Comparison, rows: int) -> Iterator[Picture | Paragraph]:
        """Yield the confusion matrices, and so many of the fixed and of the broken rows."""
        from mlp.figures import confusion  # noqa: PLC0415 - matplotlib takes time to import

        counts = {"before": network.confusion_old, "now": network.confusion_new}
        for when, matrix in counts.items():
            right = f"{matrix.trace()} of {network.rows} rows on the diagonal"
            picture = confusion.draw(matrix, network.labels, when)
            yield Picture(picture, f"Confusion matrix {when}: {right}.")
        change = network.confusion_new - network.confusion_old
        picture = confusion.draw_change(change, network.labels, "now less before")
        yield Picture(
            picture, f"Change of the confusion matrix: {change.trace():+d} on the diagonal."
        )
        for what, table in (("fixed", network.fixed), ("broken", network.broken)):
            yield from self._rows(table.head(rows), what)

    def _rows(self, table: pd.DataFrame, what: str) -> Iterator[Picture | Paragraph]:
        """Yield rows as pictures, each with its labels below it."""
        if self.pixels is None or table.empty:
            return
        many = f"The {len(table)} most confident rows that were {what}."
        yield Paragraph(many if len(table) > 1 else f"The row that was {what}.")
        for line in table.to_dict("records"):
            values = self.pixels.loc[line["row"]].to_numpy(dtype=np.float64)
            labels = f"actual {isolated(line['actual'])}, before {isolated(line['old'])}"
            now = f"now {isolated(line['new'])} ({line['new_confidence']:.1%})"
            caption = f"Row {line['row']}: {labels}, {now}."
            yield Picture(row.draw(values, self.shape), caption, small=True)
