"""Make features of columns of dates, and of texts that have an order.

The stage load does so by params.yaml, and the command predict by what the model's file records.
"""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.derived import Derived
from mlp.core.errors import InputError, quoted
from mlp.data.dates import date_parts, timestamps


def features(table: pa.Table, derived: Derived, first: int = 0) -> pa.Table:
    """Return a table with features, as float64, in the places of the columns they are made of.

    Parameters
    ----------
    table : pa.Table
    derived : Derived
        Columns that are not in the table are passed over.
    first : int
        The number of the first row, for a sentence.

    Raises
    ------
    InputError
        If a row holds no date, or a text that is not in the order.
    """
    columns: dict[str, pa.ChunkedArray] = {}
    for name in table.column_names:
        if name in derived.order:
            columns[name] = places(name, table[name], derived.order[name], first)
        elif parts := derived.dates.get(name):
            form = derived.date_formats.get(name)
            times = timestamps.times(name, table[name], form, parts, first)
            columns |= {f"{name}.{part}": date_parts.part(times, part) for part in parts}
        else:
            columns[name] = table[name]
    return pa.table(columns)


def places(
    name: str, column: pa.ChunkedArray, order: Sequence[str], first: int = 0
) -> pa.ChunkedArray:
    """Return the place of each text in an order, from 0, as float64; a gap is null.

    NA and the like are gaps unless they are in the order.

    Raises
    ------
    InputError
        If a text is not in the order.
    """
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    try:
        texts = column.cast(pa.string())
    except pa.ArrowException:
        raise InputError(f"column '{name}' should hold texts; it holds {column.type}.") from None
    found = pc.index_in(texts, pa.array(order, pa.string()))
    is_wrong = pc.and_(pc.is_null(found), pc.is_valid(timestamps.present(texts)))
    row = pc.index(is_wrong, True).as_py()
    if row >= 0:
        raise InputError(
            f"column '{name}', row {first + row} holds '{texts[row].as_py()}'; it should be one of "
            f"{quoted(order)} (load.order)."
        )
    return found.cast(pa.float64())
