"""Guess how a CSV file is written: its encoding, the character between fields, the decimal sign."""

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

from mlp.core.errors import InputError
from mlp.data import file_kind

SAMPLE = 1 << 20  # bytes
DELIMITERS = ",;\t|"
NUMBER = r"\s*-?(?:\d+|\d{{1,3}}(?:{0}\d{{3}})+){1}\d+\s*"  # perhaps with a sign between thousands
POINT, COMMA = re.compile(NUMBER.format(",", "[.]")), re.compile(NUMBER.format("[.]", ","))
THOUSANDS = re.compile(r"\s*-?\d{1,3}[.,]\d{3}\s*")  # or three decimals


def guess(path: Path) -> dict[str, str]:
    """Return what differs from the committed `load.encoding`, `load.delimiter` and `load.decimal`.

    Only the beginning of the file is looked at.

    Raises
    ------
    InputError
        If the file is no text at all.
    """
    start = _start(path)
    encoding = _encoding(start)
    file_kind.check_content(path, encoding)
    lines = start.decode(encoding, "replace").removeprefix("\ufeff").splitlines()
    if len(start) == SAMPLE:
        del lines[-1:]  # it may be cut off
    delimiter = _delimiter(lines)
    found = {"encoding": encoding, "delimiter": delimiter, "decimal": _decimal(lines, delimiter)}
    usual = {"encoding": "utf-8", "delimiter": ",", "decimal": "."}
    return {key: value for key, value in found.items() if value != usual[key]}


def _start(path: Path) -> bytes:
    if not path.name.endswith(".gz"):
        with path.open("rb") as file:
            return file.read(SAMPLE)
    file_kind.check_content(path, "utf-8")
    try:
        with gzip.open(path) as unpacked:
            return unpacked.read(SAMPLE)
    except (EOFError, gzip.BadGzipFile) as error:
        raise InputError(file_kind.damaged(path, error)) from None


def _encoding(start: bytes) -> str:
    if start.startswith(file_kind.UTF16):
        return "utf-16"
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        is_cut_off = error.end == len(start) == SAMPLE
        return "utf-8" if is_cut_off else "cp1252"
    return "utf-8"


def _delimiter(lines: list[str]) -> str:
    """Return the character that parts the header into most fields, outside quotes."""
    header = next(filter(str.strip, lines), "")
    counts = Counter({mark: len(next(csv.reader([header], delimiter=mark))) for mark in DELIMITERS})
    return counts.most_common(1)[0][0]


def _decimal(lines: list[str], delimiter: str) -> str:
    """Return a comma if numbers have one, and none has a point but perhaps between thousands."""
    if delimiter == ",":
        return "."
    fields = [field for row in csv.reader(lines[1:], delimiter=delimiter) for field in row]
    points, commas = (list(filter(sign.fullmatch, fields)) for sign in (POINT, COMMA))
    if not all(map(THOUSANDS.fullmatch, points)):
        return "."
    is_sure = not all(map(THOUSANDS.fullmatch, commas))
    return "," if is_sure or (commas and not points) else "."
