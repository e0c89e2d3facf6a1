"""Check the values of rows to predict against those that the model was trained on."""

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.dataset import Columns
from mlp.core.errors import InputError
from mlp.data.feature import LARGEST
from mlp.model.saved import Model
from mlp.predict.drift import Drift


def checked(table: pa.Table, columns: Columns, model: Model, found: Drift) -> pa.Table:
    """Return the features of a batch of rows, as floats and texts.

    Parameters
    ----------
    table : pa.Table
    columns : Columns
    model : Model
    found : Drift
        How the rows before it differ; these are counted too.

    Raises
    ------
    InputError
        If a row holds what the model was not trained to take.
    """
    values: dict[str, pa.ChunkedArray] = {}
    for name in columns.numbers:
        values[name] = _numbers(table[name], name, model, found)
    for name in columns.texts:
        values[name] = _texts(table[name], name, model, found)
    return pa.table(values)


def _numbers(column: pa.ChunkedArray, name: str, model: Model, found: Drift) -> pa.ChunkedArray:
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    try:
        values = column.cast(pa.float64(), safe=False)
    except pa.ArrowException:
        some = column.drop_null()[:1].to_pylist()
        raise InputError(
            f"column '{name}' should hold numbers; it holds {column.type}, such as {some}."
        ) from None
    is_gap = pc.is_null(values, nan_is_null=True)
    if model.impute == "none":
        _refuse(is_gap, name, "is empty, and the model was trained without gaps", found)
    limit = LARGEST[model.dtype.name]
    huge = pc.greater(pc.abs(values), limit).fill_null(False)  # noqa: FBT003 - of a gap
    _refuse(huge, name, f"should lie within {limit:g} of 0", found)
    if limits := model.numbers[name]:
        outside = pc.or_(pc.less(values, limits[0]), pc.greater(values, limits[1]))
        if count := pc.sum(outside).as_py():
            found.outside[name] += count
    return values


def _texts(column: pa.ChunkedArray, name: str, model: Model, found: Drift) -> pa.ChunkedArray:
    texts = column.cast(pa.string()).fill_null("")
    if model.impute == "none":
        is_gap = pc.equal(texts, "")
        _refuse(is_gap, name, "is empty, and the model was trained without gaps", found)
    known = pc.is_in(texts, pa.array(model.texts[name], pa.string()))
    if count := len(texts) - pc.sum(known).as_py():
        found.unknown[name] += count
    return texts


def _refuse(wrong: pa.ChunkedArray, name: str, rule: str, found: Drift) -> None:
    if pc.any(wrong).as_py():
        row = found.rows + pc.index(wrong, True).as_py()
        raise InputError(f"row {row}: column '{name}' {rule}.")
