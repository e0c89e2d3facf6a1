"""Predict the rows of a file, a table a batch."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from mlp.data.csv_format import Format
from mlp.model.saved import Model
from mlp.predict import rows
from mlp.predict.drift import Drift


def tables(
    path: Path, model: Model, form: Format, drift: Drift, say: Callable[[int, int], None]
) -> Iterator[pd.DataFrame]:
    """Yield tables of row, predicted, and a probability for each class; one at least.

    Parameters
    ----------
    path : Path
    model : Model
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
    names = [f"probability_{label}" for label in model.classes]
    for batch in rows.batches(path, model, form, drift):
        labels, probabilities = model.predict(batch.features)
        table = pd.DataFrame(probabilities, columns=names)
        table.insert(0, "predicted", labels)
        table.insert(0, "row", range(batch.first, batch.first + len(labels)))
        yield table
        say(batch.first + len(labels), batch.position)
    if not drift.rows:
        yield pd.DataFrame(columns=["row", "predicted", *names])
