"""Draw what changed between two networks: confusion matrices, and rows that are pictures."""

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

    def pictures(self, network: Comparison, rows: int) -> Iterator[Picture]:
        """Yield the confusion matrices, and so many of the fixed and of the broken rows."""
        from mlp.figures import charts  # noqa: PLC0415 - matplotlib takes half a second to import

        counts = {"before": network.confusion_old, "now": network.confusion_new}
        for when, matrix in counts.items():
            right = f"{matrix.trace()} of {network.rows} rows on the diagonal"
            picture = charts.confusion(matrix, network.labels, when)
            yield Picture(picture, f"Confusion matrix {when}: {right}.")
        change = network.confusion_new - network.confusion_old
        picture = charts.confusion_change(change, network.labels, "now less before")
        yield Picture(
            picture, f"Change of the confusion matrix: {change.trace():+d} on the diagonal."
        )
        if self.pixels is None:
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
            pixels = self.pixels.loc[shown["row"]].to_numpy()
            picture = charts.gallery(captions, pixels, self.shape)
            many = f"The {len(shown)} most confident rows that were {what}."
            one = f"The row that was {what}."
            yield Picture(picture, many if len(shown) > 1 else one, wide=True)
