"""Draw the differences between two networks: confusion matrices, and rows that are images."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mlp.compare.comparison import Comparison
from mlp.core import dataset
from mlp.history import results
from mlp.report.picture import Picture

FEATURES = {"test": Path("data/test.parquet"), "oof": Path("data/dataset.parquet")}


@dataclass(frozen=True)
class Gallery:
    """The pixels of the rows, or None if rows are not images or are not in this folder."""

    pixels: pd.DataFrame | None
    shape: list[int]
    note: str

    @staticmethod
    def of_workspace(evidence: str) -> "Gallery":
        """Read the rows of the predictions."""
        shape = results.workspace().params.get("load", {}).get("image_shape")
        path = FEATURES[evidence]
        if not shape:
            return Gallery(None, [], "")
        if not path.is_file():
            return Gallery(None, [], f"No rows are drawn: {path} is missing; `dvc repro` makes it.")
        rows = dataset.read(path)
        return Gallery(pd.DataFrame(rows.features, index=rows.rows), shape, "")

    def pictures(self, network: Comparison, rows: int) -> Iterator[Picture]:
        """Yield the confusion matrices, and some of the fixed and of the broken rows."""
        yield from _matrices(network)
        for change, table in (("fixed", network.fixed), ("broken", network.broken)):
            shown = table.head(rows)
            if self.pixels is not None and len(shown):
                yield self._rows(self.pixels.loc[shown["row"]], shown, change)

    def _rows(self, pixels: pd.DataFrame, table: pd.DataFrame, change: str) -> Picture:
        from mlp.figures import sheet  # noqa: PLC0415 - as below

        captions = [
            f"{row['actual']}: {row['old']}, now {row['new']}\n"
            f"{row['new_confidence']:.1%}, row {row['row']}"
            for row in table.to_dict("records")
        ]
        many = f"The {len(table)} most confident rows that were {change}."
        alt = many if len(table) > 1 else f"The row that was {change}."
        return Picture(sheet.draw(captions, pixels.to_numpy(), self.shape), alt, wide=True)


def _matrices(network: Comparison) -> Iterator[Picture]:
    from mlp.figures import confusion  # noqa: PLC0415 - matplotlib takes half a second to import

    for when, matrix in (("before", network.confusion_old), ("now", network.confusion_new)):
        right = f"{matrix.trace()} of {network.rows} rows on the diagonal"
        picture = confusion.draw(matrix, network.labels, when)
        yield Picture(picture, f"Confusion matrix {when}: {right}.")
    change = network.confusion_new - network.confusion_old
    picture = confusion.draw_change(change, network.labels, "now less before")
    yield Picture(picture, f"Change of the confusion matrix: {change.trace():+d} on the diagonal.")
