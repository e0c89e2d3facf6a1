"""Predict a batch of rows, and write it as lines of CSV."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mlp.core import task
from mlp.core.dataset import Columns
from mlp.core.errors import InputError
from mlp.core.files import Floats
from mlp.model.network import Network
from mlp.predict import values
from mlp.predict.batch import Batch
from mlp.predict.cells import Written

ROWS = 1 << 13  # predicted at once, which bounds the memory of wide layers
ROUNDING = 1e-6  # how far a probability may lie above 1
VALUES = 1 << 24  # of the answers at once, which bounds that of many classes


@dataclass
class Answers:
    """The lines of a batch, and how its rows differ from the training rows.

    Attributes
    ----------
    text : str
    rows : int
    position : int
        See `mlp.predict.batch.Batch`.
    unknown, outside : Counter
        See `mlp.predict.drift.Drift`.
    """

    text: str
    rows: int
    position: int
    unknown: Counter[str]
    outside: Counter[str]


def answers(
    batch: Batch, *, model: Network, columns: Columns, file: str, written: Written
) -> Answers:
    """Predict a batch of rows.

    Parameters
    ----------
    batch : Batch
    model : Classifier or Regressor
    columns : Columns
    file : str
        The name of the file, for errors.
    written : callable
        See `mlp.predict.cells.fields`.

    Raises
    ------
    InputError
        If a row holds a value that the model cannot take, or its prediction is not a finite number.
    """
    found = Answers("", len(batch.table), batch.position, Counter(), Counter())
    texts = []
    part = task.part("mlp.predict", model.task)
    rows = size(model)
    for start in range(0, len(batch.table), rows):
        first = batch.first + start
        try:
            checked = values.checked(batch.table.slice(start, rows), columns, model, first)
        except InputError as error:
            raise InputError(f"{file}, {error}") from None
        found.unknown.update(checked.unknown)
        found.outside.update(checked.outside)
        outputs = model.outputs(checked.features)
        check(outputs, model, f"{file}, row", first)
        numbers = pa.array(np.arange(first, first + len(outputs))).cast(pa.string())
        carried = [written(column.slice(start, rows)) for column in batch.carried]
        predicted = part.answers(model, outputs, written)
        texts.append(_lines([numbers, *carried, *predicted]))
    found.text = "".join(texts)
    return found


def size(model: Network) -> int:
    """Return how many rows to predict at once."""
    part = task.part("mlp.predict", model.task)
    return min(ROWS, max(1, VALUES // len(part.header(model))))


def check(outputs: Floats, model: Network, place: str, first: int) -> None:
    """Raise InputError unless what a model gave for consecutive rows are numbers of its kind.

    Parameters
    ----------
    outputs : ndarray of float64, shape (rows, outputs)
    model : Classifier or Regressor
    place : str
        What a row is called in a sentence, before its number.
    first : int
        The number of the first row.
    """
    if not np.isfinite(outputs).all():
        row = first + int(np.isfinite(outputs).all(axis=1).argmin())
        raise InputError(f"{place} {row}: the prediction is not a finite number.")
    is_share = task.part("mlp.predict", model.task).IS_SHARE
    if is_share and not ((outputs >= 0) & (outputs <= 1 + ROUNDING)).all():
        raise InputError("the model gives probabilities that are not from 0 to 1.")


def _lines(fields: list[pa.Array]) -> str:
    """Return columns of CSV fields, of which the last ends a line, as lines."""
    joined = pc.binary_join_element_wise(*fields, ",")
    _, offsets, data = joined.buffers()
    end = int(np.frombuffer(offsets, np.int32)[len(joined)])
    return str(memoryview(data)[:end], "utf-8")
