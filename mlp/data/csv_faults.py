"""Find the line at fault in a CSV file that cannot be read as a table."""

import codecs
import csv
import gzip
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from mlp.core.errors import InputError
from mlp.data.csv_format import BLOCK, Format
from mlp.data.file_kind import damaged

LONGEST = 1 << 27  # characters of a field; Python's own limit is 131072


def names(path: Path, form: Format) -> list[str]:
    """Return the fields of the header.

    Raises
    ------
    InputError
        If there is no header, or it is not text.
    """
    try:
        with _text(path, form) as file:
            header = next(_records(file, form), None)
    except UnicodeError:
        raise InputError(_undecodable(path, form)) from None
    except csv.Error as error:
        raise InputError(f"{path}, line 1: {error}.") from None
    except (EOFError, gzip.BadGzipFile) as error:
        raise InputError(damaged(path, error)) from None
    if not header:
        raise InputError(f"{path} should begin with a line that names the columns.")
    return header


def find(path: Path, form: Format) -> str | None:
    """Return a sentence on the first line that is wrong, or None if there is none.

    This reads the file line by line, which is slow, so call it for a file that is refused.
    """
    try:
        with _text(path, form) as file:
            return find_in(file, str(path), form)
    except UnicodeError:
        return _undecodable(path, form)
    except (EOFError, gzip.BadGzipFile) as error:
        return damaged(path, error)


def find_in(
    lines: Iterable[str], name: str, form: Format, line: int = 1, width: int = 0
) -> str | None:
    """Return a sentence on the first line that is wrong, or None if there is none.

    Parameters
    ----------
    lines : iterable of str
    name : str
        The name of the file.
    form : Format
    line : int
        The number of the first of the lines in the file.
    width : int
        How many fields a record should have; 0 for as many as the first has.
    """
    csv.field_size_limit(LONGEST)
    reader = csv.reader(lines, delimiter=form.delimiter, strict=True)
    start, before = line, line - 1
    try:
        for record in reader:
            width = width or len(record)
            if record and len(record) != width:
                return _other_width(name, start, record, width)
            start = before + reader.line_num + 1
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return f'{name}, line {start}: a quote (") begins here and is never closed.'
        return f"{name}, line {before + reader.line_num}: {error}."
    return None


def too_long(path: Path, form: Format) -> str | None:
    """Return a sentence on the longest row, if it is longer than Arrow's block, or None.

    Call it for a file in which `find` finds no fault.
    """
    with _text(path, form) as file:
        reader = csv.reader(file, delimiter=form.delimiter)
        names, longest, place, start = next(reader, []), 0, (0, ""), 1
        for record in reader:
            size = sum(map(len, record))
            if size > longest and len(record) == len(names):
                column = max(range(len(record)), key=lambda i: len(record[i]))
                longest, place = size, (start + 1, names[column])
            start = reader.line_num
    if longest < BLOCK:
        return None
    line, name = place
    return (
        f"{path}, line {line}: the row has {longest} characters, most of them in column '{name}'; "
        f"a row should have fewer than {BLOCK}."
    )


def first_row(path: Path, form: Format, column: int, value: str) -> int:
    """Return the number of the first row, from 0 below the header, with a value in a column."""
    with _text(path, form) as file:
        records = _records(file, form)
        next(records)
        rows = (row for row, record in enumerate(records) if record[column] == value)
        return next(rows, 0)


def _other_width(name: str, line: int, record: list[str], width: int) -> str:
    sentence = f"{name}, line {line}: there are {len(record)} fields, but {width} in the header"
    if len(record) == width + 1 and not record[-1]:
        return (
            f"{sentence}; the last is empty: remove the delimiter at the end of the rows, or name "
            "the column."
        )
    return f"{sentence}."


def _undecodable(path: Path, form: Format) -> str:
    """Return a sentence on the first line that is not in the encoding."""
    with _opened(path)(path, "rb") as file:
        lines = (n for n, raw in enumerate(file, 1) if not _is_decodable(raw, form.encoding))
        return not_in_encoding(str(path), next(lines, 1), form)


def not_in_encoding(name: str, line: int | str, form: Format) -> str:
    """Return a sentence on a line that is not in the encoding."""
    is_utf8 = codecs.lookup(form.encoding).name == "utf-8"
    other = "latin-1 or cp1252, or save the file as UTF-8" if is_utf8 else "utf-8"
    return (
        f"{name}, line {line}: this is not {form.encoding} text; set load.encoding, for example to "
        f"{other}."
    )


def _is_decodable(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeError:
        return False
    return True


def _records(file: IO[str], form: Format) -> Iterator[list[str]]:
    return (record for record in csv.reader(file, delimiter=form.delimiter) if record)


def _opened(path: Path) -> Callable[..., IO[Any]]:
    return gzip.open if path.name.endswith(".gz") else open


@contextmanager
def _text(path: Path, form: Format) -> Iterator[IO[str]]:
    csv.field_size_limit(LONGEST)
    # A byte order mark is not part of the first name.
    is_utf8 = codecs.lookup(form.encoding).name == "utf-8"
    encoding = "utf-8-sig" if is_utf8 else form.encoding
    with _opened(path)(path, "rt", encoding=encoding, newline="") as file:
        yield file
