"""Tell which columns cannot serve as features, and why."""

import re
from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError, quoted
from mlp.data.params import Load

CONSTANT, ROW_NUMBERS, INDEX = "constant", "row numbers", "index stored by pandas"
CODES = {CONSTANT: "constant_columns", ROW_NUMBERS: "row_numbers", INDEX: "pandas_index"}
FEW_ROWS = 10  # below it a column may number the rows by chance
INDEX_NAME = re.compile(r"__index_level_\d+__")  # under which pandas stores an index in Parquet


def reason(name: str, column: pa.ChunkedArray, params: Load) -> str | None:
    """Return why a column is not used as a feature, or None if it is.

    Raises
    ------
    InputError
        If the column has no name and does not number the rows.
    """
    if INDEX_NAME.fullmatch(name):
        return INDEX
    is_unnamed = not name.strip() or name.startswith("Unnamed: 0")
    if is_unnamed and _counts_rows(column):
        return ROW_NUMBERS
    if not name.strip():
        raise InputError("a column has no name and does not number the rows; name it.")
    is_pixel = params.image_shape is not None  # an image keeps its constant pixels
    if not is_pixel and _is_constant(column):
        return CONSTANT
    return None


def warnings(reasons: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence for each reason, given the reason of each unused column."""
    for reason, code in CODES.items():
        names = [name for name, given in reasons.items() if given == reason]
        if len(names) == 1:
            yield code, f"column '{names[0]}' is not used as a feature ({reason})."
        elif names:
            yield code, f"columns {quoted(names)} are not used as features ({reason})."


def counting(numbers: Mapping[str, pa.ChunkedArray]) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence if features number the rows: see `is_count`."""
    names = [name for name, column in numbers.items() if is_count(column)]
    if names:
        them = "it" if len(names) == 1 else "them"
        verb = "column {} numbers" if len(names) == 1 else "columns {} number"
        sentence = (
            f"{verb.format(quoted(names))} the rows in their order; add {them} to load.drop unless "
            "the order of the rows says something."
        )
        yield "counts_rows", sentence


def is_count(column: pa.ChunkedArray) -> bool:
    """Return whether a column numbers the rows in their order, and not by chance."""
    return len(column) >= FEW_ROWS and _counts_rows(column)


def _counts_rows(column: pa.ChunkedArray) -> bool:
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        return False
    if column.null_count or not len(column):
        return False
    first, last = column[0].as_py(), column[len(column) - 1].as_py()
    if first not in {0, 1} or last - first != len(column) - 1:
        return False
    values = column.cast(pa.float64())
    steps = pc.min_max(pc.pairwise_diff(values.combine_chunks(), 1)).as_py()
    return set(steps.values()) in ({1.0}, {None})  # None: there is one row, and so no step


def _is_constant(column: pa.ChunkedArray) -> bool:
    if column.null_count or len(column) == 1:  # whether a value is missing may say something
        return False
    try:
        return bool(pc.all(pc.equal(column, column[0])).as_py())
    except pa.ArrowException:  # Arrow cannot compare values of every kind
        return False
