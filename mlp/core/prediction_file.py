"""Read the tables of predictions, and of row scores, that stages write."""

import io
from typing import TYPE_CHECKING

from mlp.core import residuals
from mlp.core.files import read_csv
from mlp.core.predictions import GROUP
from mlp.core.residuals import METRICS
from mlp.core.task import CLASSIFICATION, REGRESSION

if TYPE_CHECKING:
    import pandas as pd

TEXTS = {CLASSIFICATION: ("actual", "predicted", "majority"), REGRESSION: ()}  # kept as written
NUMBERS = {CLASSIFICATION: (), REGRESSION: ("actual", "predicted", "residual", "mean", *METRICS)}


def parse(content: bytes) -> "pd.DataFrame":
    """Return the table of a CSV file, of labels or of numbers; labels and groups stay as written.

    Parameters
    ----------
    content : bytes
        The file.

    Raises
    ------
    ValueError
        If it is not a table, or holds a text in place of a number.
    """
    header = content.partition(b"\n")[0].decode("utf-8", "replace").split(",")
    task = residuals.task(header)
    table = read_csv(io.BytesIO(content), [*TEXTS[task], GROUP])
    return table.astype({name: float for name in NUMBERS[task] if name in table})
