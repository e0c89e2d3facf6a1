"""Chunks of CSV text hold whole records, wherever the stream is cut."""

import io
import random

import pyarrow as pa
import pytest
from pyarrow import csv

from mlp.core.errors import InputError
from mlp.predict import records
from mlp.predict.records import Chunk

TEXTS = pa.schema([("a", pa.string()), ("b", pa.string())])


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a chunk have the size that the test asks for."""
    monkeypatch.setattr(records, "ROWS", 1)


def cut(text: bytes, size: int, delimiter: str = ",") -> list[Chunk]:
    return list(records.chunks(io.BytesIO(text), delimiter, size, "new.csv"))


def parsed(text: bytes, *, is_multiline: bool = True) -> list[dict[str, str]]:
    reading = csv.ReadOptions(column_names=TEXTS.names, block_size=1 << 20)
    parsing = csv.ParseOptions(newlines_in_values=is_multiline)
    kinds = csv.ConvertOptions(column_types=TEXTS)
    rows: list[dict[str, str]] = csv.read_csv(
        pa.BufferReader(text), reading, parsing, kinds
    ).to_pylist()
    return rows


def field(rng: random.Random) -> str:
    """Return a field, half of the time in quotes."""
    if rng.random() < 0.5:
        return "".join(rng.choices(["a", "é", ""], k=3))
    parts = rng.choices(["a", '""', ",", "\n", "\r\n", "\r", "é"], k=rng.randint(0, 6))
    return f'"{"".join(parts)}"'


def test_chunks_are_parsed_as_the_whole_is() -> None:
    rng = random.Random(0)  # noqa: S311 - no secret
    for _ in range(300):
        ends = rng.choices(["\n", "\r\n", "\n\n"], k=rng.randint(1, 6))
        text = "".join(f"{field(rng)},{field(rng)}{end}" for end in ends).encode()
        rows = []
        for chunk in cut(text, rng.randint(1, 9)):
            rows += parsed(chunk.text, is_multiline=chunk.is_multiline)
        assert rows == parsed(text), text


@pytest.mark.parametrize(
    ("text", "is_multiline"),
    [
        (b"a,b\n", False),
        (b'"a",b\r\nc,"d"\r\n', False),
        (b'"",""\n', False),
        (b'"a,b",c\n', False),
        (b'"a\nb",c\n', True),
        (b'"a""b",c\n', True),  # a pattern tells
        (b'5" pipe,6" pipe\n', True),
        (b'a,"b\nc",d\n', True),
    ],
)
def test_records_of_one_line_are_told(text: bytes, *, is_multiline: bool) -> None:
    (chunk,) = cut(text, 100)
    assert chunk.is_multiline == is_multiline


def test_a_quote_inside_a_field_is_a_character() -> None:
    assert [chunk.text for chunk in cut(b'5" pipe,1\n6" pipe,2\n', 10)] == [
        b'5" pipe,1\n',
        b'6" pipe,2\n',
    ]


def test_lines_are_counted() -> None:
    chunks = cut(b'a,b\n"x\ny",2\n\n\n3,4\n5,6', 4)
    assert [(chunk.text, chunk.line) for chunk in chunks] == [
        (b"a,b\n", 1),
        (b'"x\ny",2\n', 2),
        (b"3,4\n", 6),
        (b"5,6\n", 7),
    ]


def test_a_byte_order_mark_and_blank_lines_are_left_out() -> None:
    (chunk,) = cut(b'\xef\xbb\xbf\n\n"a",b\n1,2\n', 1000)
    first, rest = records.split_first(chunk, ",")
    assert (first.text, first.line) == (b'"a",b\n', 3)
    assert (rest.text, rest.line) == (b"1,2\n", 4)
    assert cut(b"\n\r\n\n", 2) == []


@pytest.mark.parametrize("delimiter", ["]", "^", "\\", "-", "\t", "|"])
def test_any_character_may_be_the_delimiter(delimiter: str) -> None:
    rows = [f'"a\n"{delimiter}b\n'.encode(), f"1{delimiter}2\n".encode()]
    assert [chunk.text for chunk in cut(b"".join(rows), 4, delimiter)] == rows


def test_a_quote_that_is_never_closed_is_named_by_its_line() -> None:
    with pytest.raises(InputError, match=r"new\.csv, line 3: a quote .* is never closed"):
        cut(b'a,b\n1,2\n3,"4\n5,6\n', 5)


@pytest.mark.parametrize(
    ("text", "rule"),
    [(b"a\n" + b"x" * 100, "a row is longer"), (b'a\n"' + b"x" * 100, "is not closed within")],
)
def test_a_record_without_end_is_refused(
    text: bytes, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "LONGEST", 50)
    with pytest.raises(InputError, match=rf"new\.csv, line 2: .*{rule}"):
        cut(text, 10)


def test_chunks_grow_where_records_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """By 8 times at most: 10 records of 4 bytes, of 50 bytes, of 100 bytes."""
    monkeypatch.setattr(records, "ROWS", 10)
    for length, wanted in ((4, 100), (50, 500), (100, 800)):
        text = b"1" * (length - 1) + b"\n"
        *chunks, _ = cut(text * (10_000 // length), 100)
        largest = max(len(chunk.text) for chunk in chunks)
        assert wanted - length < largest <= wanted, length
