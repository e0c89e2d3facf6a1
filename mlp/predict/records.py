"""Cut a stream of CSV text into chunks of whole records, which are parsed independently."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from mlp.core.errors import InputError

LF, CR, QUOTE = b'\n\r"'
LONGEST = 1 << 27  # bytes of one record
CONTENT = re.compile(rb"[^\r\n]")
ROWS = 256  # records of a chunk, where they are long


class Reader(Protocol):
    """A stream of bytes: a file, a pipe, or what decompresses one."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Chunk:
    """Consecutive records.

    Attributes
    ----------
    text : bytes
    line : int
        The number of its first line in the file, from 1.
    is_multiline : bool
        Whether a record may have several lines.
    """

    text: bytes
    line: int
    is_multiline: bool = True


def chunks(stream: Reader, delimiter: str, size: int, name: str) -> Iterator[Chunk]:
    """Yield the records of a stream, in chunks of about ``size`` bytes; none is blank.

    Where records are long, a chunk is up to 8 times as large, for the sake of `ROWS` records. Its
    length does not depend on how fast the stream comes.

    Parameters
    ----------
    stream : Reader
        Text in UTF-8; a byte order mark is left out.
    delimiter : str
    size : int
    name : str
        The name of the file, for errors.

    Raises
    ------
    InputError
        If a quote is never closed, or a record is longer than `LONGEST`.
    """
    pattern = _records(delimiter)
    text, line = stream.read(size).removeprefix(codecs.BOM_UTF8), 1
    wanted = max(size, min(8 * size, ROWS * len(text) // (_lines(text) or 1)))
    while text:
        end, is_multiline = _end(text, delimiter, pattern)
        whole, rest = text[:end], text[end:]
        if CONTENT.search(whole):
            yield Chunk(whole, line, is_multiline)
        line += _lines(whole)
        if len(rest) > LONGEST:
            raise InputError(f"{name}, line {line}: {_too_long(rest, pattern)}")
        # A record of many blocks is scanned a few times, not once a block.
        block = stream.read(max(wanted, len(rest)))
        if not block:
            break
        text = rest + block
    else:
        return
    text = rest + b"\n"
    end, is_multiline = _end(text, delimiter, pattern)
    if end < len(text):
        line += _lines(text[:end])
        raise InputError(f'{name}, line {line}: a quote (") begins here and is never closed.')
    if CONTENT.search(text):
        yield Chunk(text, line, is_multiline)


def split_first(chunk: Chunk, delimiter: str) -> tuple[Chunk, Chunk]:
    """Return the first record of a chunk, and the others."""
    text = chunk.text.lstrip(b"\r\n")
    line = chunk.line + _lines(chunk.text[: -len(text)])
    match = _records(delimiter, most=1).match(text)
    end = match.end() if match else len(text)
    rest = Chunk(text[end:], line + _lines(text[:end]), chunk.is_multiline)
    return Chunk(text[:end], line, chunk.is_multiline), rest


def _records(delimiter: str, most: int | None = None) -> re.Pattern[bytes]:
    """Return the pattern of records, one at least.

    As for Arrow, a quote begins a quoted text only at the start of a field.
    """
    mark = re.escape(delimiter.encode())
    plain = rb"[^" + mark + rb"\r\n]*+"
    field = rb'(?:"(?:[^"]++|"")*+"' + plain + rb'|(?!")' + plain + rb")"
    times = b"{1,%d}" % most if most else b"++"
    return re.compile(rb"(?:" + field + rb"(?:" + mark + field + rb")*+[\r\n])" + times)


def _end(text: bytes, delimiter: str, records: re.Pattern[bytes]) -> tuple[int, bool]:
    """Return where the last whole record of a text ends, and whether one may have several lines.

    The text begins with a record.
    """
    last = (text.rfind(b"\n") + 1) or (text.rfind(b"\r") + 1)
    quote = text.find(b'"', 0, last)
    if quote < 0 or _is_quoted_by_line(np.frombuffer(text, np.uint8, last), delimiter):
        return last, False
    start = max(text.rfind(mark, 0, quote) + 1 for mark in (b"\n", b"\r"))
    match = records.match(text, start)
    return (match.end() if match else start), True


def _is_quoted_by_line(text: npt.NDArray[np.uint8], delimiter: str) -> bool:
    """Return whether each quote surely begins or ends a field, and none lies around a line end.

    This is a fraction of the work of a pattern, and most files are so. The text ends a line.
    """
    quotes = np.flatnonzero(text == QUOTE)
    if len(quotes) % 2:
        return False
    begins, ends = quotes[::2], quotes[1::2]
    is_line_end = (text == LF) | (text == CR)
    is_border = is_line_end | (text == ord(delimiter))
    before, after = begins - 1, ends + 1
    if not (is_border[before] | (before < 0)).all() or not is_border[after].all():
        return False
    lines = np.flatnonzero(is_line_end)
    return bool((np.searchsorted(lines, begins) == np.searchsorted(lines, ends)).all())


def _lines(text: bytes) -> int:
    """Return the number of line ends, several times as fast as ``text.count``."""
    characters = np.frombuffer(text, np.uint8)
    return int(np.count_nonzero(characters == LF) or np.count_nonzero(characters == CR))


def _too_long(text: bytes, records: re.Pattern[bytes]) -> str:
    if records.match(text + b"\n"):
        return f"a row is longer than {LONGEST >> 20} MB."
    return f'a quote (") begins here and is not closed within {LONGEST >> 20} MB.'
