"""Read the rows of a CSV file: cut it into chunks, and parse several at once."""

import zlib
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from itertools import chain

from mlp.core.errors import InputError
from mlp.data import csv_faults, file_kind
from mlp.data.csv_format import Format
from mlp.predict import faults, header, records
from mlp.predict.batch import Batch
from mlp.predict.csv_parser import Parser, Refused
from mlp.predict.drift import Drift
from mlp.predict.input_file import Input
from mlp.predict.ordered import ordered
from mlp.predict.records import Chunk
from mlp.predict.wanted import Wanted

BATCH_BYTES = 1 << 21


def batches(
    source: Input, wanted: Wanted, form: Format, drift: Drift, pool: Executor
) -> Iterator[Batch]:
    """Yield the rows in order.

    Raises
    ------
    InputError
        If the file is not valid CSV, lacks a column, or has a text in a column of numbers.
    """
    chunks = _chunks(source, form)
    head = next(chunks, None)
    if head is None:
        raise InputError(f"{source.name} should begin with a line that names the columns.")
    record, head = records.split_first(head, form.delimiter)
    parser = Parser(header.read(record, source.name, form), wanted)
    wanted.check(source.name, parser.header.names, drift, form.encoding)
    chunks = chain([head] if head.text else [], chunks)
    start = next(chunks, None)
    if start is None:
        return
    parse, first = partial(parser.batch, types=parser.types(start)), 0
    items = ((chunk, source.position) for chunk in chain([start], chunks))
    for batch in ordered(pool, parse, items):
        if isinstance(batch, Refused):
            raise InputError(faults.find(batch.chunk, batch.error, parser.header, first))
        yield replace(batch, first=first)
        first += len(batch.table)


def _chunks(source: Input, form: Format) -> Iterator[Chunk]:
    line = 1
    try:
        stream = source.text(form.encoding)
        for chunk in records.chunks(stream, form.delimiter, BATCH_BYTES, source.name):
            line = chunk.line
            yield chunk
    except UnicodeError:
        fault = csv_faults.find(source.path, form) if source.path else None
        raise InputError(
            fault or csv_faults.not_in_encoding(source.name, f"{line} or later", form)
        ) from None
    except (EOFError, zlib.error, OSError) as error:
        raise InputError(file_kind.damaged(source.name, error)) from None
