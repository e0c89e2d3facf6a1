"""Tell kinds of Arrow columns apart, and bring similar types to one."""

from collections.abc import Collection

import pyarrow as pa

from mlp.core.errors import InputError


def is_text(kind: pa.DataType) -> bool:
    """Return whether a column of this type holds texts."""
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def is_number(kind: pa.DataType) -> bool:
    """Return whether a column of this type holds numbers; true and false are 1 and 0."""
    numeric = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    return bool(numeric or pa.types.is_boolean(kind))


def plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column without a dictionary, texts as strings, and short floats as float32.

    Arrow computes little with the other types.
    """
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if is_text(column.type):
        return column.cast(pa.string())
    if pa.types.is_float16(column.type):
        return column.cast(pa.float32())
    return column


def plain_table(table: pa.Table, dropped: Collection[str]) -> pa.Table:
    """Return a table with its columns as `plain`, and extension types as what they are stored as.

    Parameters
    ----------
    table : pa.Table
    dropped : collection of str
        Columns that will not be features.

    Raises
    ------
    InputError
        If a column that is not dropped has an extension type, since what it is stored as may mean
        anything.
    """
    for field in table.schema:
        if (name := _extension(field)) and field.name not in dropped:
            raise InputError(
                f"column '{field.name}' should hold numbers or texts; it holds extension<{name}>."
            )
    columns = [plain(_stored(column)) for column in table.columns]
    return pa.table(columns, names=table.column_names)


def _extension(field: pa.Field) -> str | None:
    """Return the name of a column's extension type, whether this process knows the type or not."""
    if isinstance(field.type, pa.BaseExtensionType):
        return str(field.type.extension_name)
    name = (field.metadata or {}).get(b"ARROW:extension:name")
    return name.decode("utf-8", "replace") if name else None


def _stored(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not isinstance(column.type, pa.BaseExtensionType):
        return column
    return pa.chunked_array([c.storage for c in column.chunks], column.type.storage_type)
