"""Made tables of any size: numbers, categories, and a label that follows from some of them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

STORE = Path(".cache/benchmarks").resolve()
PART = 1_000_000  # rows that are made and written at once


@dataclass(frozen=True)
class Size:
    """The size of a table: rows, columns of numbers, classes, and categories of one column."""

    rows: int
    columns: int
    classes: int = 3
    categories: int = 0

    @property
    def name(self) -> str:
        return f"{self.rows}x{self.columns}-{self.classes}-{self.categories}"


def made(size: Size) -> Path:
    """Return the CSV file of a table, which is made once: x0, x1 …, city, label.

    Numbers have six decimals. Classes are equal shares of a noisy sum of the first two numbers.
    """
    path = STORE / f"scale-{size.name}.csv"
    if not path.exists():
        STORE.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        rng = np.random.default_rng(0)
        starts = range(0, size.rows, PART)
        parts = (_part(size, min(PART, size.rows - start), rng) for start in starts)
        first = next(parts)
        with csv.CSVWriter(partial, first.schema) as writer:
            writer.write_table(first)
            for part in parts:
                writer.write_table(part)
        partial.rename(path)
    return path


def _part(size: Size, rows: int, rng: np.random.Generator) -> pa.Table:
    table = {f"x{i}": rng.normal(size=rows).round(6) for i in range(size.columns)}
    if size.categories:
        table["city"] = np.char.add("city ", rng.integers(size.categories, size=rows).astype(str))
    noisy = table["x0"] + table["x1"] + rng.normal(0, 0.5, rows)
    place = np.argsort(np.argsort(noisy)) * size.classes // rows
    return pa.table(table | {"label": np.char.add("class ", place.astype(str))})
