"""Check the column of labels, and return it as text."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError, counted, listed
from mlp.data import look_alikes
from mlp.data.feature import check_zero_bytes

MOST_VALUES = 20  # distinct numbers with decimals that may still be classes
CONTROL = r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]"  # but for tabs and line ends
FEW_ROWS = 10  # rows of a class, on average, below which more numbers than these may be amounts


def as_text(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return labels as text.

    Raises
    ------
    InputError
        If a label is missing, there are fewer than two classes, every row has a different label, or
        the labels look like the target of a regression.
    """
    if not len(column):
        raise InputError("the table has no rows.")
    try:
        texts = column.cast(pa.string())
    except pa.ArrowException:
        raise InputError(
            f"column '{name}', the target, should hold texts or numbers; it holds {column.type}."
        ) from None
    _check_gaps(name, column, texts)
    check_zero_bytes(f"column '{name}', the target", texts)
    classes = pc.unique(texts)
    _check_controls(name, texts, classes)
    if len(classes) == 1:
        raise InputError(
            f"column '{name}', the target, holds only the class '{classes[0].as_py()}'; "
            "it should hold two classes or more."
        )
    _check_regression(name, texts, classes)
    return texts


def counts(texts: pa.ChunkedArray) -> dict[str, int]:
    """Return how many rows each label has, sorted by label."""
    table = pc.value_counts(texts)
    pairs = zip(table.field(0).to_pylist(), table.field(1).to_pylist(), strict=True)
    return dict(sorted(pairs))


def warnings(name: str, texts: pa.ChunkedArray) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence for labels that look alike, or may be amounts."""
    if alike := look_alikes.find(pc.unique(texts).to_pylist()):
        sentence = (
            f"labels of '{name}' look alike and count as different classes: "
            f"{listed([look_alikes.shown(labels) for labels in alike], separator='; ')}."
        )
        yield "labels_alike", sentence
    yield from _amounts(name, texts)


def _amounts(name: str, texts: pa.ChunkedArray) -> Iterator[tuple[str, str]]:
    classes = pc.unique(texts)
    numbers, rows = _as_numbers(classes), len(texts) / len(classes)
    if numbers is not None and len(classes) > MOST_VALUES and rows < FEW_ROWS:
        sentence = (
            f"the labels of '{name}' are {len(classes)} distinct whole numbers, from "
            f"{numbers.min():g} to {numbers.max():g}, with {rows:.1f} rows each on average; if "
            "they are amounts, set load.task to regression."
        )
        yield "many_numbers", sentence


def _check_gaps(name: str, column: pa.ChunkedArray, texts: pa.ChunkedArray) -> None:
    gaps = pc.or_(pc.is_null(column, nan_is_null=True), pc.equal(pc.utf8_trim(texts, " \t"), ""))
    rows = np.flatnonzero(gaps.fill_null(True).to_numpy())  # noqa: FBT003 - the value of a gap
    if len(rows):
        raise InputError(
            f"column '{name}', the target, is empty in {counted(len(rows), 'row')}, first in row "
            f"{rows[0]}; every row should have a label."
        )


def _check_controls(name: str, texts: pa.ChunkedArray, classes: pa.Array) -> None:
    """Raise InputError if a label holds a control character, which a terminal would obey."""
    wrong = classes.filter(pc.match_substring_regex(classes, CONTROL))
    if len(wrong):
        row = pc.index(texts, wrong[0]).as_py()
        raise InputError(
            f"column '{name}', the target, row {row} holds a label with a control character, "
            f"'{wrong[0].as_py()}'; remove it."
        )


def _check_regression(name: str, texts: pa.ChunkedArray, classes: pa.Array) -> None:
    """Raise InputError if the labels are measurements, or differ in every row."""
    numbers = _as_numbers(classes)
    has_decimals = numbers is not None and bool((numbers != np.floor(numbers)).any())
    is_measured = has_decimals or 2 * len(classes) > len(texts)
    if numbers is not None and len(classes) > MOST_VALUES and is_measured:
        raise InputError(
            f"column '{name}', the target, holds {len(classes)} distinct numbers, from "
            f"{numbers.min():g} to {numbers.max():g}, which looks like regression; set load.task "
            "to regression to predict numbers."
        )
    if len(classes) == len(texts):
        other = " Set load.task to regression to predict numbers." if numbers is not None else ""
        raise InputError(
            f"column '{name}', the target, holds a different label in each of {len(texts)} rows; "
            f"it should hold classes.{other}"
        )


def _as_numbers(classes: pa.Array) -> npt.NDArray[np.float64] | None:
    try:
        numbers: npt.NDArray[np.float64] = classes.cast(pa.float64()).to_numpy()
    except pa.ArrowException:
        return None
    return numbers
