"""Columns of numbers, however they are written, are told from columns of words."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from mlp.core import yaml_text
from mlp.data import numbers_as_text

NUMBERS = [f"{i * 7 % 23}.5" for i in range(30)]


def hint(texts: list[str], *, is_target: bool = False, decimal: str = ".") -> str | None:
    column = pa.chunked_array([pa.array(texts)])
    return numbers_as_text.hint(column, pc.unique(column), is_target=is_target, decimal=decimal)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["1,234", "12,345,678"], "'1,234' in row 0 is written with commas between thousands"),
        (["1,23,456", "5"], "'1,23,456' in row 0 is written with commas between thousands"),
        (["1'234", "5"], "'1'234' in row 0 is written with apostrophes: write 1234 for 1'234"),
        (["5", "1_000"], "'1_000' in row 1 is written with underscores"),
        (["1 000", "2 000,5"], "'1 000' in row 0 is written with spaces"),
        (["1\u202f000", "5"], "'1\u202f000' in row 0 is written with spaces"),
        (["1.234,56"], "'1.234,56' in row 0 is written with points between thousands"),
        (["0,5", "1,25e3"], "'0,5' in row 0 is written with a decimal comma"),
        (["5 kg", "6 kg"], "'5 kg' in row 0 is written with a unit: write 5 for 5 kg"),
        (["21°C", "-3 °C"], "'21°C' in row 0 is written with a unit"),
        (["4GB", "512MB"], "'4GB' in row 0 is written with a unit"),
        (["3 bedrooms", "1 bedroom"], "'3 bedrooms' in row 0 is written with a unit"),
        (["$5", "-$6.50"], "'$5' in row 0 is written with a currency"),
        (["USD 5", "5 €"], "'USD 5' in row 0 is written with a currency"),
        (["6%", "7 %"], "'6%' in row 0 is written with a percent sign"),
        (["5", "7.5", "0x1A"], "'0x1A' in row 2 is written with a base of 16"),
        (["(5)", "($1,200)"], "'(5)' in row 0 is written with brackets for the minus sign"),
        (["5-", "6"], "'5-' in row 0 is written with the minus sign behind"),
        (["\u22125", "6"], "'\u22125' in row 0 is written with a dash for the minus sign"),
        (["1.5x10^3", "2 × 10^-4"], "'1.5x10^3' in row 0 is written with a power: write 2e3"),  # noqa: RUF001 - as people write it
        (["2.5D+03", "1.0D-01"], "'2.5D+03' in row 0 is written with a D for the power"),
        (["<5", "12", ">100"], "'<5' in row 0 is written with a sign of comparison"),
        (["5 ± 1", "6.2 +/- 0.3"], "'5 ± 1' in row 0 is written with an error"),
        (["'5", "'6"], "''5' in row 0 is written with an apostrophe"),
        (["\u0663", "\u0664"], "'\u0663' in row 0 is written with digits of another script"),
        (["\xa05", "6"], "'\xa05' in row 0 is written with invisible spaces"),
        (["1.2M", "950k"], "'1.2M' in row 0 is written with a unit"),
        (["01234", "90210"], "'01234' is a number stored as text"),
        ([*NUMBERS, "N/A", "-", "-"], "it holds 'N/A', '-' in 3 rows, first in row 30: set load.missing: [N/A, '-']"),
        (["5", "none", "none", "none"], "it holds 'none' in 3 rows, first in row 1: set load.missing: [none]"),
        ([*NUMBERS, "#DIV/0!"], "it holds '#DIV/0!' in row 30: set load.missing: ['#DIV/0!']"),
        ([*NUMBERS, "broken"], "it holds other text in row 30 ('broken'): correct it, or set load.missing: [broken] if it marks a gap"),
        ([*NUMBERS, "a", "b", "c", "d"], "it holds other text in 4 rows, first in row 30 ('a'): correct it, or mark it as a gap by load.missing"),
        ([*NUMBERS, "N/A", "5 kg", "x"], "it holds 'N/A' in row 30: set load.missing: [N/A]; '5 kg' in row 31 is written with a unit: write 5 for 5 kg; it holds other text in row 32 ('x'): correct it, or set load.missing: [N/A, x] if it marks a gap"),
    ],
)  # fmt: skip
def test_numbers(texts: list[str], sentence: str) -> None:
    found = hint(texts)
    assert found is not None
    assert found.startswith(sentence)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["758", "1.050"], "'1.050' in row 1 is written with points between thousands: write 1234 for 1.234"),
        (["1.234.567", "5"], "'1.234.567' in row 0 is written with points between thousands: write 1234 for 1.234"),
        (["1.050,5", "2,5"], "'1.050,5' in row 0 is written with points between thousands: write 1234 for 1.234"),
        (["1,050.5", "2,5"], "'1,050.5' in row 0 is written with commas between thousands: write 1234,5 for 1,234.5"),
        (["2,5", "14.88"], "'14.88' in row 1 is written with a decimal point: set load.decimal to a point"),
        (["1 000", "2 000,5"], "'1 000' in row 0 is written with spaces"),
        (["5,5 kg", "6 kg"], "'5,5 kg' in row 0 is written with a unit"),
        (["ca. 5,5", "6"], "'ca. 5,5' in row 0 is written with a sign of comparison"),
        (["2,5", "3,5", "k.A."], "it holds other text in row 2 ('k.A.')"),
        (["2,5", "n.a."], "it holds 'n.a.' in row 1: set load.missing: [n.a.]"),
        (["2,5", "3"], "'2,5' is a number stored as text"),
    ],
)  # fmt: skip
def test_numbers_with_a_decimal_comma(texts: list[str], sentence: str) -> None:
    found = hint(texts, decimal=",")
    assert found is not None
    assert found.startswith(sentence)


@pytest.mark.parametrize(
    ("texts", "decimal", "numbers"),
    [
        (["1.5", None, " 2"], ".", [1.5, None, 2.0]),
        (["1,5", None, " 2"], ",", [1.5, None, 2.0]),
        (["1,5", None], ".", None),
        (["758", "1.050", None], ",", None),
    ],
)
def test_gaps_among_numbers(
    texts: list[str | None], decimal: str, numbers: list[float | None] | None
) -> None:
    column = pa.chunked_array([pa.array(texts)])
    found = numbers_as_text.without_gaps(column, decimal).to_pylist()
    assert found == (texts if numbers is None else numbers)


@pytest.mark.parametrize(
    "texts",
    [
        ["A1", "B12", "C3"],
        ["SW1A 1AA", "EC1 2B"],
        ["1A", "1B", "2A"],
        [f"{row}{seat}" for row in range(1, 9) for seat in "ABCDEF"],
        ["12 Elm", "7 Oak", "9 Main", "1 High", "4 Mill", "8 Park"],
        ["18-25", "26-35", "36+"],
        ["1.0.2", "2.1.0"],
        ["192.168.1.20", "10.0.0.1"],
        ["+49 170 1234567", "0171-55555"],
        ["4/5", "3/5"],
        ["S", "M", "38"],
        ["1st", "2nd", "ground"],
        ["2d6", "1d8"],
        ["120/80", "130/85"],
        ["2-propanol", "3-pentanone"],
        ["978-3-16-148410-0", "0-306-40615-2"],
        ["52°31'N", "13°24'E"],
        ["#ff0000", "#00ff00"],
        ["2026-W05", "2026-W06"],
        ["Q1", "Q2", "Q3", "Q4"],
        ["red"] * 20 + ["5"] * 3,
        ["5", "six", "seven"],
    ],
)
def test_words(texts: list[str]) -> None:
    assert hint(texts) is None


def test_more_than_half_are_numbers() -> None:
    assert hint(["1", "2", "a", "b"]) is None
    assert hint(["1", "2", "3", "a", "b"]) is not None


def test_a_target_has_no_gaps() -> None:
    assert (
        hint(["5", "-"], is_target=True) == "it holds '-' in row 1: every row should have a number"
    )


@pytest.mark.parametrize(
    ("text", "item"),
    [("N/A", "N/A"), ("-", "'-'"), ("null", "'null'"), ("it's", "'it''s'"), ("a: b", "'a: b'"), ("", "''"), ("No", "'No'")],
)  # fmt: skip
def test_a_declaration_can_be_pasted(text: str, item: str) -> None:
    line = numbers_as_text.declared([text, "x"])
    assert line == f"load.missing: [{item}, x]"
    assert yaml_text.load(line) == {"load.missing": [text, "x"]}


def test_a_proposal_keeps_what_is_declared() -> None:
    column = pa.chunked_array([pa.array([*NUMBERS, " - "])])
    found = numbers_as_text.hint(column, pc.unique(column), ["N/A"])
    assert found == "it holds ' - ' in row 30: set load.missing: [N/A, '-']"
