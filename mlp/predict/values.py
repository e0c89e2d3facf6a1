"""Check the values of rows to predict against those of the training rows."""

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.dataset import Columns
from mlp.core.errors import InputError, quoted
from mlp.data import derive, gaps
from mlp.data.feature import LARGEST
from mlp.model.saved import Model
from mlp.predict.drift import Drift


def checked(table: pa.Table, columns: Columns, model: Model, drift: Drift) -> pa.Table:
    """Return the features of a batch of rows, as floats and texts.

    Parameters
    ----------
    table : pa.Table
    columns : Columns
    model : Model
    drift : Drift
        How earlier rows differ; these rows are counted too.

    Raises
    ------
    InputError
        If a row holds a value that the model cannot take.
    """
    table = derive.features(gaps.in_table(table, model.missing), model.derived, drift.rows)
    values: dict[str, pa.ChunkedArray] = {}
    for name in columns.numbers:
        values[name] = _numbers(table[name], name, model, drift)
    for name in columns.texts:
        values[name] = _texts(table[name], name, model, drift)
    return pa.table(values)


def _numbers(column: pa.ChunkedArray, name: str, model: Model, drift: Drift) -> pa.ChunkedArray:
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    try:
        values = column.cast(pa.float64(), safe=False)
    except pa.ArrowException:
        example = quoted(column.drop_null()[:1].to_pylist()) or "null"
        raise InputError(
            f"column '{name}' should hold numbers; it holds {column.type}, such as {example}."
        ) from None
    _check_gaps(pc.is_null(values, nan_is_null=True), name, model, drift)
    limit = LARGEST[model.dtype.name]
    huge = pc.greater(pc.abs(values), limit).fill_null(False)  # noqa: FBT003 - the value of a gap
    _refuse(huge, name, f"should lie within {limit:g} of 0", drift)
    if limits := model.numbers[name]:
        outside = pc.or_(pc.less(values, limits[0]), pc.greater(values, limits[1]))
        if count := pc.sum(outside).as_py():
            drift.outside[name] += count
    return values


def _texts(column: pa.ChunkedArray, name: str, model: Model, drift: Drift) -> pa.ChunkedArray:
    texts = gaps.without_blanks(column.cast(pa.string())).fill_null("")
    _check_gaps(pc.equal(texts, ""), name, model, drift)
    known = pc.is_in(texts, pa.array(model.texts[name], pa.string()))
    if count := len(texts) - pc.sum(known).as_py():
        drift.unknown[name] += count
    return texts


def _check_gaps(is_gap: pa.ChunkedArray, name: str, model: Model, drift: Drift) -> None:
    if model.impute == "none":
        source = model.derived.source(name)
        _refuse(is_gap, source, "is empty, but the model was trained without gaps", drift)


def _refuse(is_wrong: pa.ChunkedArray, name: str, rule: str, drift: Drift) -> None:
    """Raise InputError on the first row that is wrong, if there is one."""
    if pc.any(is_wrong).as_py():
        row = drift.rows + pc.index(is_wrong, True).as_py()
        raise InputError(f"row {row}: column '{name}' {rule}.")
