"""Tell that git stores a sample of the predictions, where a table has many rows."""

import json
from collections.abc import Iterator

from mlp.compare.comparison import ROWS
from mlp.compare.matching import DATA
from mlp.core.errors import InputError
from mlp.core.sample import MOST_ROWS
from mlp.history.results import Results

COUNTS = {"test": "test_rows", "oof": "rows"}  # in metrics/data.json


def notes(side: Results, evidence: str) -> Iterator[str]:
    """Yield a sentence if the predictions are a sample of all rows.

    Parameters
    ----------
    side : Results
    evidence : str
        test or oof.
    """
    try:
        content = json.loads(side.content(DATA))
    except (InputError, ValueError):
        return
    rows = content.get(COUNTS[evidence]) if isinstance(content, dict) else None
    if isinstance(rows, int) and rows > MOST_ROWS:
        yield (
            f"Git stores a sample of {MOST_ROWS} of the {rows} {ROWS[evidence]}, so rows are "
            "compared in it; metrics/ and the means of repeated trainings are of all rows."
        )
