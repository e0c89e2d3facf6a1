"""Find columns whose values alone tell the label."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

SAMPLE = 2000  # rows that a column is tried on before all of them
FEWEST = 20  # rows below which a column can tell the classes apart by chance
DISTINCT = 5  # rows a distinct value, at least, for a value to say something of its class


def find(columns: Mapping[str, pa.ChunkedArray], labels: pa.ChunkedArray) -> Iterator[str]:
    """Yield every column whose values tell the label of every row.

    Such is a column of which each value, of few that occur often, has one label, and one of numbers
    in which each class has a range of its own.
    """
    codes = pd.factorize(labels.to_numpy())[0]
    if len(codes) < FEWEST:
        return
    sample = np.unique(np.linspace(0, len(codes) - 1, SAMPLE).astype(np.int64))
    for name, column in columns.items():
        if _tells(column.take(pa.array(sample)), codes[sample]) and _tells(column, codes):
            yield name


def _tells(column: pa.ChunkedArray, codes: npt.NDArray[np.int64]) -> bool:
    if len(np.unique(codes)) == 1:
        return True  # the sample holds one class; the whole column decides
    values = pd.factorize(column.to_numpy())[0]
    table = pd.DataFrame({"value": values, "code": codes})
    distinct = table["value"].nunique()
    if distinct * DISTINCT <= len(codes) and len(table.drop_duplicates()) == distinct:
        return True
    if not pa.types.is_floating(column.type) or column.null_count:
        return False
    numbers = column.to_numpy()
    order = np.argsort(numbers, kind="stable")
    changes = np.flatnonzero(np.diff(codes[order]))
    is_apart = bool((numbers[order][changes] < numbers[order][changes + 1]).all())
    return is_apart and len(changes) + 1 == len(np.unique(codes))


def warnings(leaking: list[str], target: str) -> Iterator[tuple[str, str]]:
    """Yield a warning of the columns that were found."""
    if leaking:
        named = ", ".join(f"'{name}'" for name in leaking)
        yield (
            "leak",
            (
                f"leak? {named} alone tells '{target}' of every row; if it is not known when a "
                "label is to be predicted, add it to load.drop."
            ),
        )
