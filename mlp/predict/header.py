"""Read the header of a CSV file."""

import csv
import io
from dataclasses import dataclass

from mlp.core.errors import InputError
from mlp.data import csv_faults, csv_file
from mlp.data.csv_format import Format
from mlp.predict.records import Chunk


@dataclass(frozen=True)
class Header:
    """A CSV file as it describes itself.

    Attributes
    ----------
    file : str
        Its name.
    names : list of str
        Those of the columns.
    form : Format
    """

    file: str
    names: list[str]
    form: Format


def read(record: Chunk, file: str, form: Format) -> Header:
    """Read the first record of a file.

    Raises
    ------
    InputError
        If it is not text, a name is repeated, or the delimiter seems to be another.
    """
    try:
        text = record.text.decode()
    except UnicodeError:
        raise InputError(csv_faults.not_in_encoding(file, record.line, form)) from None
    csv.field_size_limit(csv_faults.LONGEST)
    names = next(csv.reader(io.StringIO(text, ""), delimiter=form.delimiter))
    csv_file.check_header(file, names)
    return Header(file, names, form)
