"""Predict the rows of a file, a table a batch."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from mlp.core.files import Arrays
from mlp.data.csv_format import Format
from mlp.model.saved import Network
from mlp.predict import rows
from mlp.predict.drift import Drift


def tables(
    path: Path,
    model: Network,
    form: Format,
    drift: Drift,
    say: Callable[[int, int], None],
) -> Iterator[Arrays]:
    """Yield tables of row, predicted and, for labels, a probability for each class; one at least.

    Parameters
    ----------
    path : Path
    model : Network
    form : Format
    drift : Drift
        Filled on the way.
    say : callable
        Called after each batch with the rows predicted and the bytes read.

    Raises
    ------
    InputError
        See `mlp.predict.rows.batches`.
    """
    for batch in rows.batches(path, model, form, drift):
        table = model.table(batch.features)
        count = len(table["predicted"])
        yield {"row": np.arange(batch.first, batch.first + count), **table}
        say(batch.first + count, batch.position)
    if not drift.rows:
        yield {name: np.empty(0) for name in ("row", *model.answers)}
