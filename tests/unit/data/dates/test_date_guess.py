"""Texts that are dates are recognised with their format, and other texts are not."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from mlp.data.dates import date_guess, date_refusal
from mlp.data.dates.date_guess import CLOCKS, DAYS, ISO, Guess

TIMES = [datetime(2025, 11, 3, 8, 5, 59, tzinfo=UTC) + timedelta(days=7 * i, minutes=61 * i) for i in range(40)]  # fmt: skip


def written(form: str) -> list[str]:
    return [time.strftime(form or "%Y-%m-%dT%H:%M:%S") for time in TIMES]


def guess(texts: list[str]) -> Guess | None:
    column = pa.chunked_array([pa.array(texts)])
    return date_guess.find(column, column.unique())


@pytest.mark.parametrize(
    "form", [ISO, *DAYS, *(f"{DAYS[i]}{clock}" for i, clock in enumerate(CLOCKS))]
)
def test_every_format_is_found_by_its_dates(form: str) -> None:
    found = guess(written(form))
    assert found is not None
    same = (
        {ISO} if form.startswith(("%Y-%m-%d %H", "%Y-%m-%dT%H")) or form == "%Y-%m-%d" else {form}
    )
    assert set(found.formats) & same, found.formats
    assert (found.others, found.other_format) == (0, None)


@pytest.mark.parametrize("form", ["%-d/%-m/%Y", "%A, %d %B %Y", "%d. %B %Y", "%b %-d, %Y"])
def test_days_without_a_zero_and_whole_names_are_found(form: str) -> None:
    found = guess(written(form))
    assert found is not None
    assert len(found.formats) == 1


def test_what_fits_two_formats_has_both() -> None:
    found = guess(["01/02/2020", "03/04/2020"] * 5)
    assert found is not None
    assert found.formats == ["%d/%m/%Y", "%m/%d/%Y"]


def test_a_few_other_texts_do_not_hide_dates() -> None:
    found = guess([*written("%m/%d/%Y"), "soon", "soon"])
    assert found is not None
    assert (found.formats, found.others, found.other) == (["%m/%d/%Y"], 2, "soon")
    assert guess([*written("%m/%d/%Y"), *["soon"] * 5]) is None


def test_dates_in_several_formats() -> None:
    found = guess([*written("%d/%m/%Y")[:20], *written("")[20:], *written("%b %d, %Y")[:10]])
    assert found is not None
    assert (found.formats, found.others) == ([ISO], 30)
    assert (found.other, found.other_format) == (written("%d/%m/%Y")[0], "%d/%m/%Y")


@pytest.mark.parametrize(
    "texts",
    [
        ["1.2.3", "10.4.12", "2.31.1"],
        ["192.168.1.1", "10.0.0.12"],
        ["12-34-56", "99-10-20", "77-01-01"],
        ["99/99/2020", "31/02/2020"],
        ["555-1234", "555-9876"],
        ["3/4", "1/2"],
        ["March", "May"],
        ["10:30", "11:45"],
        ["20261399", "12345678"],
        ["a", "b", "c"],
        ["", " "],
        ["May 5", "Jan 4"],
    ],
)
def test_other_texts_are_no_dates(texts: list[str]) -> None:
    assert guess(texts * 9) is None


@pytest.mark.parametrize(
    ("name", "texts", "sentence"),
    [
        ("sold", written("%d.%m.%Y"), "column 'sold' holds dates such as '03.11.2025', written %d.%m.%Y; set load.dates to {sold: [year, month, day, weekday]} and load.date_formats to {sold: \"%d.%m.%Y\"} to make features of it, or add it to load.drop (split.time can still name it)."),
        ("geboren am", written("%Y-%m-%d"), "column 'geboren am' holds dates such as '2025-11-03'; set load.dates to {\"geboren am\": [year, month, day, weekday]} to make features of it, or"),
        ("día", ["01/02/2020"] * 9, "column 'día' holds dates such as '01/02/2020', written %d/%m/%Y or %m/%d/%Y (every one fits both); set load.dates to {día: [year, month, day, weekday]} and load.date_formats to {día: \"%d/%m/%Y\"} or {día: \"%m/%d/%Y\"} to"),
        ("t", [*written("%d/%m/%Y %H:%M")[:12], "?"], "column 't' holds dates such as '03/11/2025 08:05', written %d/%m/%Y %H:%M, but other text in 1 row, first '?' in row 12; set load.dates to {t: [year, month, weekday, hour]}"),
        ("t", written("%d/%m/%Y")[:9] + written("%Y-%m-%d")[9:], "column 't' holds dates in several formats, such as '2026-01-05' (as in ISO 8601) and '03/11/2025' (%d/%m/%Y): write all of them in one; set load.dates to {t: [year, month, day, weekday]} to"),
    ],
)  # fmt: skip
def test_the_sentence_can_be_pasted(name: str, texts: list[str], sentence: str) -> None:
    column = pa.chunked_array([pa.array(texts)])
    said = date_refusal.of_texts(name, column, column.unique())
    assert said is not None
    assert said.startswith(sentence)
    assert said.endswith("(split.time can still name it).")
