"""Check what a Parquet file holds, whose texts Arrow takes unseen."""

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from mlp.core.errors import InputError
from mlp.data import file_kind


@contextmanager
def reading(file: object) -> Iterator[None]:
    """Raise InputError in place of what Arrow raises where a file is damaged."""
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # the last for a name
        raise InputError(file_kind.damaged(str(file), error)) from None


def check_texts(file: object, table: pa.Table, first: int = 0) -> None:
    """Raise InputError if a text is not encoded as UTF-8, which the format asks for.

    Parameters
    ----------
    file : str or Path
        Its name, for a message.
    table : Table
        All rows, or some that follow one another.
    first : int
        The number of its first row, from 0.
    """
    for name, column in zip(table.column_names, table.columns, strict=True):
        try:
            column.validate(full=True)
        except pa.ArrowInvalid as error:
            row = _first_wrong(column)
            if row is None:
                raise InputError(f"{file}: column '{name}' is damaged: {error}.") from None
            raise InputError(
                f"{file}, row {first + row}: column '{name}' holds a text that is not encoded as "
                "UTF-8, as Parquet asks; write the file again with its texts as UTF-8."
            ) from None


def _first_wrong(column: pa.ChunkedArray) -> int | None:
    """Return the place of the first text that is not UTF-8, None if the column has none."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return None
    for place, text in enumerate(column.cast(pa.large_binary())):
        try:
            (text.as_py() or b"").decode()
        except UnicodeDecodeError:
            return place
    return None
