"""Check the values of rows to predict against those of the training rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.dataset import Columns, Features, split_kinds
from mlp.core.dataset_file import features
from mlp.core.errors import InputError, quoted
from mlp.data import derive, gaps
from mlp.data.feature import LARGEST
from mlp.model.base import Model

GAP = "is empty, but the model was trained without gaps"


@dataclass(frozen=True)
class Checked:
    """Rows that a model can take, and how they differ from the training rows.

    Attributes
    ----------
    features : ndarray or DataFrame
        See `mlp.core.dataset.Dataset`.
    unknown, outside : Counter
        See `mlp.predict.drift.Drift`.
    """

    features: Features
    unknown: Counter[str]
    outside: Counter[str]


def checked(table: pa.Table, columns: Columns, model: Model, first: int) -> Checked:
    """Check the features of consecutive rows.

    Parameters
    ----------
    table : pa.Table
    columns : Columns
    model : Model
    first : int
        The number of the first row in the file.

    Raises
    ------
    InputError
        If a row holds a value that the model cannot take.
    """
    table = gaps.in_table(table, model.missing)
    if model.derived.columns:
        table = derive.features(table, model.derived, first)
    values = [_numbers(column, name) for name, column in _named(table, columns.numbers)]
    texts = [_texts(column, name) for name, column in _named(table, columns.texts)]
    rows = features(pa.table([*values, *texts], names=columns.features), columns)
    matrix, _ = split_kinds(rows, len(columns.numbers))
    _check_numbers(matrix, columns, model, first)
    for name, column in zip(columns.texts, texts, strict=True):
        _check_texts(column, name, model, first)
    return Checked(rows, _unknown(texts, columns, model), _outside(matrix, columns, model))


def _named(table: pa.Table, names: Sequence[str]) -> list[tuple[str, pa.ChunkedArray]]:
    return list(zip(names, table.select(names).columns, strict=True))


def _numbers(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    if column.type == pa.float64():
        return column
    try:
        if pa.types.is_boolean(column.type):
            column = column.cast(pa.int8())
        return column.cast(pa.float64(), safe=False)
    except pa.ArrowException:
        raise InputError(_other_kind(column, name, "numbers")) from None


def _texts(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    try:
        return gaps.without_blanks(column.cast(pa.string())).fill_null("")
    except pa.ArrowException:
        raise InputError(_other_kind(column, name, "texts")) from None


def _other_kind(column: pa.ChunkedArray, name: str, kind: str) -> str:
    example = quoted(column.drop_null()[:1].to_pylist()) or "null"
    return f"column '{name}' should hold {kind}; it holds {column.type}, such as {example}."


def _check_numbers(
    matrix: npt.NDArray[np.float64], columns: Columns, model: Model, first: int
) -> None:
    if not matrix.size:
        return
    limit = LARGEST[model.dtype.name]
    if matrix.min() >= -limit and matrix.max() <= limit:  # which NaN is not
        return
    is_wrong = ~(np.abs(matrix) <= limit)
    if model.impute != "none":
        is_wrong &= ~np.isnan(matrix)
    if is_wrong.any():
        row, column = divmod(int(is_wrong.argmax()), is_wrong.shape[1])
        rule = GAP if np.isnan(matrix[row, column]) else f"should lie within {limit:g} of 0"
        name = model.derived.source(columns.numbers[column])
        raise InputError(f"row {first + row}: column '{name}' {rule}.")


def _check_texts(column: pa.ChunkedArray, name: str, model: Model, first: int) -> None:
    row = pc.index(column, "").as_py() if model.impute == "none" else -1
    if row >= 0:
        raise InputError(f"row {first + row}: column '{name}' {GAP}.")


def _unknown(texts: list[pa.ChunkedArray], columns: Columns, model: Model) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name, column in zip(columns.texts, texts, strict=True):
        known = pc.is_in(column, pa.array(model.texts[name], pa.string()))
        if count := len(column) - (pc.sum(known).as_py() or 0):
            counts[name] = count
    return counts


def _outside(matrix: npt.NDArray[np.float64], columns: Columns, model: Model) -> Counter[str]:
    ranges = [model.numbers[name] or (-np.inf, np.inf) for name in columns.numbers]
    low, high = np.array(ranges, dtype=np.float64).reshape(-1, 2).T
    counts = ((matrix < low) | (matrix > high)).sum(axis=0)
    return Counter({columns.numbers[i]: int(counts[i]) for i in np.flatnonzero(counts).tolist()})
