"""Predict the rows of a file, as the lines of a CSV file."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from mlp.core import task
from mlp.core.dataset import Columns
from mlp.core.errors import InputError
from mlp.data import column_names
from mlp.data.csv_format import Format
from mlp.model.network import Network
from mlp.predict import cells, csv_rows, parquet_rows
from mlp.predict.answers import answers
from mlp.predict.cells import Written
from mlp.predict.drift import Drift
from mlp.predict.input_file import Input
from mlp.predict.ordered import ordered
from mlp.predict.wanted import Wanted

THREADS = 4  # at most


@dataclass(frozen=True)
class Lines:
    """The lines of consecutive rows.

    Attributes
    ----------
    text : str
    rows : int
        The number of rows up to here.
    position : int
        The bytes of the file that were read up to here.
    """

    text: str
    rows: int
    position: int


@dataclass(frozen=True)
class Layout:
    """The columns of the output besides the predictions.

    Attributes
    ----------
    carried : sequence of str
        The columns of the file that it repeats.
    raw : bool
        See `mlp.predict.cells.fields`.
    """

    carried: Sequence[str] = ()
    raw: bool = False


def lines(
    source: Input, model: Network, form: Format, drift: Drift, layout: Layout
) -> Iterator[Lines]:
    """Yield the lines of the output; the first come with its header.

    Batches are read, predicted and written in threads. The lines do not depend on how many there
    are.

    Parameters
    ----------
    source : Input
    model : Classifier or Regressor
    form : Format
    drift : Drift
        Filled on the way.
    layout : Layout

    Raises
    ------
    InputError
        If the file is wrong, or a row holds a value that the model cannot take.
    """
    numbers, texts = list(model.numbers), list(model.texts)
    columns = Columns(model.target, numbers, texts, model.impute, derived=model.derived)
    wanted = Wanted(columns, layout.carried)
    form = replace(form, missing=tuple(model.missing))
    written = partial(cells.fields, raw=layout.raw)
    header = _header(model, layout.carried, written)
    with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
        if source.is_parquet:
            batches = parquet_rows.batches(source, wanted, drift)
        else:
            batches = csv_rows.batches(source, wanted, form, drift, pool)
        answer = partial(answers, model=model, columns=columns, file=source.name, written=written)
        for answered in ordered(pool, answer, batches):
            drift.add(answered.rows, answered.unknown, answered.outside)
            yield Lines(header + answered.text, drift.rows, answered.position)
            header = ""
    if header:
        yield Lines(header, 0, source.position)


def _header(model: Network, carried: Sequence[str], written: Written) -> str:
    names = ["row", *carried, *task.part("mlp.predict", model.task).header(model)]
    if (name := column_names.repeated(names)) is not None:
        raise InputError(f"--columns: the output would have the column '{name}' twice.")
    return cells.line(names, written)
