"""Turn raw columns into features: numbers without infinities, and texts to encode one-hot."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError
from mlp.data import column_names, feature
from mlp.data.params import Load

MANY = 1000  # categories of a column, above which a network of that many inputs is doubtful
MOST_REFUSED = 5  # columns of which each gets its sentence
SHOWN = 3  # values or columns that a sentence names
INDEX = re.compile(r"__index_level_\d+__")  # where pandas keeps an index in a Parquet file


@dataclass
class Features:
    """The features of a table, and what was said of its columns.

    Attributes
    ----------
    numbers, texts : dict of str to ChunkedArray
        Floats of `load.dtype`, and strings; gaps are null.
    dropped : dict of str to str
        Columns that are no feature, and why not.
    warnings : dict of str to str
        A sentence a kind of oddity.
    """

    numbers: dict[str, pa.ChunkedArray] = field(default_factory=dict)
    texts: dict[str, pa.ChunkedArray] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)


def find(table: pa.Table, params: Load) -> Features:
    """Return the features of a table.

    Parameters
    ----------
    table : pa.Table
        The raw columns.
    params : Load

    Raises
    ------
    InputError
        If a column that params names is not there, a column cannot be a feature, or none is left.
    """
    column_names.check(table.column_names, params)
    found = Features(dropped=dict.fromkeys(params.drop, "load.drop"))
    refused: list[str] = []
    for name in table.column_names:
        if name == params.target or name in found.dropped:
            continue
        try:
            if reason := _no_feature(name, table[name], params):
                found.dropped[name] = reason
            else:
                _add(found, name, table[name], params)
        except InputError as error:
            refused.append(str(error))
    if len(refused) > MOST_REFUSED:
        refused[MOST_REFUSED:] = [f"so are {len(refused) - MOST_REFUSED} more columns."]
    if refused:
        raise InputError(*refused)
    if not found.numbers and not found.texts:
        raise InputError(f"there is no feature: no column is left beside {params.target}.")
    _check_gaps(found, params)
    found.warnings = dict(_warnings(found))
    return found


def check_image(numbers: int, texts: list[str], shape: list[int] | None) -> None:
    """Raise InputError unless pictures of this shape (rows, columns) have one pixel a feature."""
    if not shape:
        return
    if prod(shape) != numbers:
        raise InputError(
            f"load.image_shape is {shape[0]} x {shape[1]} = {prod(shape)} pixels; there are "
            f"{numbers} features that are numbers. It is null where samples are no pictures."
        )
    if texts:
        raise InputError(
            f"load.image_shape is set, but column '{texts[0]}' holds text, which is no pixel; set "
            "it to null, or add the column to load.drop."
        )


def _no_feature(name: str, column: pa.ChunkedArray, params: Load) -> str | None:
    """Return why a column is left out, with a warning; None if it is a feature."""
    if INDEX.fullmatch(name):
        return "an index that pandas stored"
    is_unnamed = not name.strip() or name.startswith("Unnamed: 0")
    if is_unnamed and _counts_rows(column):
        return "row numbers"
    if not name.strip():
        raise InputError("a column has no name, and does not number the rows; name it.")
    is_pixel = params.image_shape is not None  # a constant pixel is part of its picture
    if not is_pixel and column.null_count < len(column) and _is_constant(column):
        return "constant"
    return None


def _counts_rows(column: pa.ChunkedArray) -> bool:
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        return False
    values = column.cast(pa.float64())
    steps = pc.pairwise_diff(values.combine_chunks(), 1)
    return column.null_count == 0 and values[0].as_py() in {0, 1} and _only(steps, 1.0)


def _only(values: pa.Array, value: float) -> bool:
    return pc.min_max(values).as_py() in ({"min": value, "max": value}, {"min": None, "max": None})


def _is_constant(column: pa.ChunkedArray) -> bool:
    if column.null_count or len(column) == 1:  # that there is a value says something
        return False
    try:
        return bool(pc.all(pc.equal(column, column[0])).as_py())
    except pa.ArrowException:  # Arrow cannot compare values of every kind
        return False


def _add(found: Features, name: str, column: pa.ChunkedArray, params: Load) -> None:
    """Add a column to the features, or raise InputError."""
    values = feature.of(name, column, params)
    kinds = found.texts if pa.types.is_string(values.type) else found.numbers
    kinds[name] = values


def _check_gaps(found: Features, params: Load) -> None:
    """Raise InputError where values are missing and nothing fills them."""
    if params.impute != "none":
        return
    gaps = {
        name: column.null_count
        for name, column in {**found.numbers, **found.texts}.items()
        if column.null_count
    }
    if not gaps:
        return
    named = ", ".join(f"'{name}' {count}" for name, count in list(gaps.items())[:SHOWN])
    more = f" and {len(gaps) - SHOWN} more columns" if len(gaps) > SHOWN else ""
    raise InputError(
        f"values are missing: column {named}{more}; set load.impute to median, mean or "
        "most_frequent, or add the columns to load.drop."
    )


def _warnings(found: Features) -> Iterator[tuple[str, str]]:
    for reason, code in (
        ("constant", "constant_columns"),
        ("row numbers", "row_numbers"),
        ("an index that pandas stored", "pandas_index"),
    ):
        if names := [name for name, why in found.dropped.items() if why == reason]:
            yield code, f"{_list(names)} {'is' if len(names) == 1 else 'are'} no feature: {reason}."
    wide = {name: pc.count_distinct(column).as_py() for name, column in found.texts.items()}
    if wide := {name: count for name, count in wide.items() if count > MANY}:
        counts = ", ".join(f"'{name}' has {count}" for name, count in wide.items())
        yield "many_categories", f"{counts} categories, each of which is an input of the network."


def _list(names: list[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:SHOWN])
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"column{'s' if len(names) > 1 else ''} {shown}{more}"
