"""Read a table of predictions: labels as texts, or numbers."""

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from mlp.core import residuals
from mlp.core.files import read_csv
from mlp.core.predictions import GROUP
from mlp.core.task import REGRESSION

if TYPE_CHECKING:
    import pandas as pd

FLOORS = ("majority", "mean")  # the answer of a guess, of out-of-fold predictions
ANSWERS = ("actual", "predicted", *FLOORS)  # whichever there are


def read(source: Path | BinaryIO) -> "pd.DataFrame":
    """Return the table; raise ValueError if it is no table, or holds a text in place of a number.

    A predicted number that is not finite, which the file has as an empty field, is NaN.
    """
    table = read_csv(source, [*ANSWERS, GROUP])
    if residuals.task(table) == REGRESSION:
        return table.astype({name: float for name in ANSWERS if name in table})
    return table
