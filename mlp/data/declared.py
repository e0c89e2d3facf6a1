"""Read the columns that load.order, load.dates and load.date_formats declare."""

from collections.abc import Iterable

import pyarrow as pa

from mlp.core.derived import Derived
from mlp.core.errors import InputError
from mlp.data import derive
from mlp.data.dates import date_refusal, timestamps
from mlp.data.kinds import is_text
from mlp.data.params import Load


def of(params: Load) -> Derived:
    """Return what is declared of the features, for the model's file."""
    formats = {name: form for name, form in params.date_formats.items() if name in params.dates}
    return Derived(params.order, params.dates, formats)


def texts(params: Load) -> list[str]:
    """Return the columns that a CSV file's reader should leave as they are written."""
    return [*params.order, *params.dates, *params.date_formats]


def with_times(table: pa.Table, params: Load) -> pa.Table:
    """Return a table whose columns of dates are timestamp[us] in UTC.

    Raises
    ------
    InputError
        If a row holds no date, or a column nothing at all.
    """
    columns = {name: table[name] for name in table.column_names}
    for name in dict.fromkeys([*params.dates, *params.date_formats]):
        columns[name] = _times(name, table[name], params)
        if name in params.dates and columns[name].null_count == len(table):
            raise InputError(
                f"column '{name}' holds no values; take it out of load.dates and add it to "
                "load.drop."
            )
    return pa.table(columns)


def features(table: pa.Table, params: Load) -> pa.Table:
    """Return a table with the declared features in place of the columns they are made of.

    Raises
    ------
    InputError
        As `mlp.data.derive.features` does; or if a feature would have the name of a column.
    """
    derived = of(params)
    for name in params.dates:
        _check_names(name, derived.features(name), table.column_names)
    return derive.features(table, derived)


def _times(name: str, column: pa.ChunkedArray, params: Load) -> pa.ChunkedArray:
    form = params.date_formats.get(name)
    try:
        return timestamps.times(name, column, form, params.dates.get(name, ()))
    except InputError as error:
        is_written = is_text(column.type) or pa.types.is_integer(column.type)
        hint = date_refusal.hint(name, column) if is_written and form is None else ""
        raise InputError(f"{error}{hint}") from None


def _check_names(column: str, features: Iterable[str], names: Iterable[str]) -> None:
    for feature in features:
        if feature in set(names):
            raise InputError(
                f"load.dates: '{column}' gives a feature '{feature}', but there is a column of "
                "that name; rename one of them."
            )
