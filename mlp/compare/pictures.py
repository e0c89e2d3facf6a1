"""Draw the differences between two networks: confusion matrices, and rows that are images."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mlp.compare.comparison import Comparison
from mlp.core import dataset_file, task
from mlp.history import as_recorded, results
from mlp.report.picture import Picture

FEATURES = {"test": Path("data/test.parquet"), "oof": Path("data/dataset.parquet")}


@dataclass(frozen=True)
class Gallery:
    """The pixels of the rows, or None if rows are not images or are not in this folder."""

    pixels: pd.DataFrame | None
    shape: list[int]
    note: str

    @staticmethod
    def of_workspace(evidence: str, *, is_checked: bool = True) -> "Gallery":
        """Read the rows of the predictions; they are checked as `mlp.compare.changes.find` says."""
        here = results.workspace()
        shape = here.params.get("load", {}).get("image_shape")
        path = FEATURES[evidence]
        if not shape:
            return Gallery(None, [], "")
        if not path.is_file():
            return Gallery(None, [], f"No rows are drawn: {path} is missing; `dvc repro` makes it.")
        if is_checked:
            as_recorded.check(here, path)
        rows = dataset_file.read(path)
        return Gallery(pd.DataFrame(rows.features, index=rows.rows), shape, "")

    def pictures(self, network: Comparison, rows: int) -> Iterator[Picture]:
        """Yield the confusion matrices of labels, and some of the rows that changed either way."""
        words = task.part("mlp.compare.words", network.task)
        yield from words.pictures(network)
        for side, table in words.sides(network).items():
            shown = table.head(rows)
            if self.pixels is not None and len(shown):
                captions = [words.caption(row) for row in shown.to_dict("records")]
                many = f"The {len(shown)} {words.MOST} that were {side}."
                alt = many if len(shown) > 1 else f"The row that was {side}."
                yield self._rows(self.pixels.loc[shown["row"]], captions, alt)

    def _rows(self, pixels: pd.DataFrame, captions: list[str], alt: str) -> Picture:
        from mlp.figures import sheet  # noqa: PLC0415 - matplotlib takes half a second to import

        return Picture(sheet.draw(captions, pixels.to_numpy(), self.shape), alt, wide=True)
