"""Decide what is to become of the columns of a table that nobody has described."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError, quoted
from mlp.data import columns, declared, feature, gaps, unused_columns
from mlp.data.columns import Features
from mlp.data.dates import date_guess
from mlp.data.kinds import is_text
from mlp.data.params import Load

MANY = 100  # texts of a column from which the rarest share an input
KEPT = 50  # inputs of such a column
DATES, DIFFERENT, EMPTY = "dates", "a different text in every row", "no values"
ROW_NUMBERS = "row numbers"
HINTS = {DATES: "; docs/own-data.md says how load.dates makes features of them"}


def of_columns(
    table: pa.Table, params: Load, given: set[str], parting: Mapping[str, str]
) -> Iterator[tuple[str, Any, str]]:
    """Yield keys of the section load, their values, and the reasons, which end a sentence.

    Parameters
    ----------
    table : pa.Table
    params : Load
        With which texts are refused and gaps are not filled, unless somebody chose otherwise.
    given : set of str
        Keys that somebody chose; they are left as they are, but that columns are added to a list
        `drop` that is not empty.
    parting : mapping of str to str
        The columns to split by, each under its key of the section split.

    Raises
    ------
    InputError
        If columns remain that cannot be features.
    """
    lenient = params.model_copy(update={"categories": "onehot", "impute": "median"})
    table = declared.with_times(gaps.in_table(table, params.gaps), params)
    is_free = "drop" not in given or params.drop
    if is_free and (reasons := _useless(table, lenient, parting)):
        drop = [*params.drop, *reasons]
        lenient = lenient.model_copy(update={"drop": drop})
        yield "drop", drop, _told(reasons)
    features = columns.find(declared.features(table, lenient), lenient)
    if features.texts and "categories" not in given:
        yield "categories", "onehot", f"texts in {quoted(list(features.texts))}"
    if "max_categories" not in given and (wide := list(_wide(features))):
        yield "max_categories", KEPT, f"more than {MANY} texts in {quoted(wide)}"
    holes = [name for name, column in features.columns.items() if column.null_count]
    if holes and "impute" not in given:
        yield "impute", "median", f"gaps in {quoted(holes)}"


def _useless(table: pa.Table, params: Load, parting: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that are to be no features, each with the reason."""
    described = {params.target, *params.texts, *declared.texts(params)}
    names = [name for name in table.column_names if name not in {*described, *params.drop}]
    parts = {name: f"the {key}s of split.{key}" for key, name in parting.items()}
    reasons = {name: parts.get(name) or _reason(name, table[name], params) for name in names}
    found = {name: reason for name, reason in reasons.items() if reason}
    if len(found) < len(names) or len(described) > 1:
        return found
    return {name: reason for name, reason in found.items() if reason != ROW_NUMBERS}


def _reason(name: str, column: pa.ChunkedArray, params: Load) -> str | None:
    """Return why a column is to be left out, or None to let it be used or refused."""
    try:
        if unused_columns.reason(name, column, params) is None:
            feature.of(name, column, params)
            return ROW_NUMBERS if unused_columns.is_count(column) else None
    except InputError:
        return _refused(column)
    return None


def _refused(column: pa.ChunkedArray) -> str | None:
    """Return why a column that was refused is to be left out, or None to let it be refused."""
    if column.null_count == len(column):
        return EMPTY
    if pa.types.is_temporal(column.type) and not pa.types.is_duration(column.type):
        return DATES
    if not is_text(column.type):
        return None
    texts = gaps.without_blanks(column.cast(pa.string()))
    distinct = pc.unique(texts.drop_null())
    if not len(distinct):
        return EMPTY
    if date_guess.find(texts, distinct):
        return DATES
    return DIFFERENT if len(distinct) == len(texts) else None


def _told(reasons: dict[str, str]) -> str:
    groups = {
        reason: [name for name, other in reasons.items() if other == reason]
        for reason in dict.fromkeys(reasons.values())
    }
    hints = [HINTS[reason] for reason in groups if reason in HINTS]
    return ", ".join(f"{r} in {quoted(names)}" for r, names in groups.items()) + "".join(hints)


def _wide(features: Features) -> Iterator[str]:
    for name, column in features.texts.items():
        if pc.count_distinct(column).as_py() > MANY:
            yield name
