"""Read the tables of predictions, and of row scores, that stages write."""

import io
from typing import TYPE_CHECKING

from mlp.core import residuals
from mlp.core.files import read_csv
from mlp.core.predictions import GROUP
from mlp.core.task import CLASSIFICATION, REGRESSION

if TYPE_CHECKING:
    import pandas as pd

TEXTS = {CLASSIFICATION: ("actual", "predicted", "majority"), REGRESSION: ()}  # kept as written


def parse(content: bytes) -> "pd.DataFrame":
    """Return the table of a CSV file, of labels or of numbers; labels and groups stay as written.

    Parameters
    ----------
    content : bytes
        The file.

    Raises
    ------
    ValueError
        If it is not a table.
    """
    header = content.partition(b"\n")[0].decode("utf-8", "replace").split(",")
    return read_csv(io.BytesIO(content), [*TEXTS[residuals.task(header)], GROUP])
