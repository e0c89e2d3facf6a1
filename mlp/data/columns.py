"""Turn raw columns into features: finite numbers, and texts to encode one-hot."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod

import pyarrow as pa

from mlp.core.derived import Derived
from mlp.core.errors import InputError, counted, listed
from mlp.data import categories, declared, feature, unused_columns
from mlp.data.dates import packed_dates
from mlp.data.params import Load

MOST_REFUSED = 5  # columns that get a sentence each


@dataclass
class Features:
    """The features of a table, and what is notable about its columns.

    Attributes
    ----------
    numbers, texts : dict of str to ChunkedArray
        Floats of `load.dtype`, and strings; gaps are null.
    dropped : dict of str to str
        The columns that are not used as features, with the reason.
    """

    numbers: dict[str, pa.ChunkedArray] = field(default_factory=dict)
    texts: dict[str, pa.ChunkedArray] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, pa.ChunkedArray]:
        """All features, numbers first."""
        return {**self.numbers, **self.texts}

    def warnings(self, max_categories: int | None) -> Iterator[tuple[str, str]]:
        """Yield a code and a sentence for each kind of oddity."""
        yield from unused_columns.warnings(self.dropped)
        yield from unused_columns.counting(self.numbers)
        yield from packed_dates.warnings(self.numbers)
        yield from categories.warnings(self.texts, max_categories)


def find(table: pa.Table, params: Load) -> Features:
    """Return the features of a table.

    Parameters
    ----------
    table : pa.Table
        The raw columns, with names that `column_names.check` has passed.
    params : Load

    Raises
    ------
    InputError
        If a column cannot be a feature, none is left, or texts become too many inputs.
    """
    features = Features(dropped=dict.fromkeys(params.drop, "load.drop"))
    refused: list[str] = []
    for name in table.column_names:
        if name == params.target or name in features.dropped:
            continue
        try:
            _sort(features, name, table[name], params)
        except InputError as error:
            refused.append(str(error))
    if refused:
        raise InputError(*_shortened(refused))
    if not features.columns:
        raise InputError(f"there are no features: no column is left besides '{params.target}'.")
    if params.impute == "none":
        _check_gaps(features, declared.of(params))
    categories.check(features.texts, params.max_categories)
    return features


def check_image(numbers: int, texts: list[str], shape: list[int] | None) -> None:
    """Raise InputError unless images of this shape (rows, columns) have one pixel a feature."""
    if not shape:
        return
    if prod(shape) != numbers:
        raise InputError(
            f"load.image_shape is {shape[0]} x {shape[1]} = {prod(shape)} pixels, but there are "
            f"{numbers} numeric features; set it to null if samples are not images."
        )
    if texts:
        raise InputError(
            f"load.image_shape is set, but column '{texts[0]}' holds text, which is not a pixel; "
            "set it to null, or add the column to load.drop."
        )


def _sort(features: Features, name: str, column: pa.ChunkedArray, params: Load) -> None:
    """Put a column among the numbers, the texts or the dropped; InputError if it fits nowhere."""
    if reason := unused_columns.reason(name, column, params):
        features.dropped[name] = reason
        return
    values = feature.of(name, column, params)
    kind = features.texts if pa.types.is_string(values.type) else features.numbers
    kind[name] = values


def _shortened(sentences: list[str]) -> list[str]:
    if len(sentences) <= MOST_REFUSED:
        return sentences
    more = counted(len(sentences) - MOST_REFUSED, "more column")
    return [*sentences[:MOST_REFUSED], f"{more} cannot be used either."]


def _check_gaps(features: Features, derived: Derived) -> None:
    counts = {
        derived.source(name): column.null_count
        for name, column in features.columns.items()
        if column.null_count
    }
    gaps = [f"'{name}' ({counted(count, 'row')})" for name, count in counts.items()]
    if gaps:
        raise InputError(
            f"values are missing in {listed(gaps)}; set load.impute to median, mean or "
            "most_frequent, or add the columns to load.drop."
        )
