"""Tell which row or line of CSV text Arrow refuses."""

import csv
import io
import re

import pyarrow as pa

from mlp.data import csv_faults, number_styles
from mlp.data.csv_format import Format
from mlp.predict.header import Header
from mlp.predict.records import Chunk

VALUE = re.compile(r"In CSV column #(\d+): .*invalid value '(.*)'$", re.DOTALL)
SHOWN = 80  # characters of a value


def find(chunk: Chunk, error: Exception, header: Header, first: int) -> str:
    """Return a sentence on the first record at fault.

    Parameters
    ----------
    chunk : Chunk
    error : ArrowException
        What Arrow said.
    header : Header
    first : int
        The number of the first row of the chunk in the file.
    """
    file, form = header.file, header.form
    try:
        text = chunk.text.decode()
    except UnicodeDecodeError as broken:
        line = chunk.line + chunk.text.count(b"\n", 0, broken.start)
        return csv_faults.not_in_encoding(file, line, form)
    lines = io.StringIO(text, "")
    if fault := csv_faults.find_in(lines, file, form, chunk.line, len(header.names)):
        return fault
    match = VALUE.search(str(error))
    if match is None:
        return f"{file}, near line {chunk.line}: {error}."
    column, value = int(match[1]), match[2]
    row = first + _row(text, form, column, value)
    shown = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
    start = f"{file}, row {row}: column '{header.names[column]}' should hold a number; it holds"
    is_written = number_styles.is_written(pa.array([value]), form.decimal)[0].as_py()
    style = f", written with {number_styles.style(value, form.decimal)}" if is_written else ""
    return f"{start} '{shown}'{style}."


def _row(text: str, form: Format, column: int, value: str) -> int:
    """Return the number of the first record with a value in a column, from 0."""
    records = csv.reader(io.StringIO(text, ""), delimiter=form.delimiter)
    rows = (row for row, record in enumerate(filter(None, records)) if record[column] == value)
    return next(rows, 0)
