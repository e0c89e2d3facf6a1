"""Texts become CSV fields that no spreadsheet runs."""

import csv
import io

import pyarrow as pa
import pytest

from mlp.predict import cells

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    "-",
    "+",
    "=",
    "\uff1d1",
    "\uff20x",
    "-5 kg",
]
NUMBERS = ["-1", "+1", "-1.5", "+.5", "-1e-5", "-1E+5", "-1,5", "-1,234.50", "-1.234,50"]
PLAIN = ["", "a", "a=b", " =1", "0012", "'=1", "é", "NA", "1-2"]


def read(fields: pa.Array) -> list[str]:
    lines = io.StringIO("".join(f"{text}\n" for text in fields.to_pylist()), newline="")
    return [row[0] if row else "" for row in csv.reader(lines)]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert read(cells.fields(pa.array([text]))) == [f"'{text}"]
    assert read(cells.fields(pa.array([text]), raw=True)) == [text]


@pytest.mark.parametrize("text", NUMBERS + PLAIN)
def test_numbers_and_other_texts_stay(text: str) -> None:
    assert read(cells.fields(pa.array([text]))) == [text]


def test_fields_are_quoted_where_needed() -> None:
    texts = pa.array(["a,b", 'a"b', "a\nb", "a\rb", "a b", '=a,"b"'])
    assert cells.fields(texts).to_pylist() == [
        '"a,b"', '"a""b"', '"a\nb"', '"a\rb"', "a b", '"\'=a,""b"""',
    ]  # fmt: skip


def test_a_line_of_names() -> None:
    assert cells.line(["row", "=x", "a,b"], cells.fields) == 'row,\'=x,"a,b"\n'
