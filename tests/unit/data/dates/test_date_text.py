"""Texts are read as Python's strptime reads them, and never as a day that the calendar lacks."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp.data.dates import date_format, date_text

FORMATS = [
    "%d/%m/%Y", "%m/%d/%y", "%Y%m%d", "%d.%m.%Y %H:%M", "%b %d, %Y %I:%M:%S %p", "%A %d %B %Y",
    "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S%z", "%H h %M, le %d-%b-%Y", "%Y年%m月%d日", "%d%%%m%%%Y",
]  # fmt: skip


def read(text: str | None, form: str | None = None) -> datetime | None:
    pattern = date_format.pattern(form) if form else date_format.ISO
    time: datetime | None = date_text.read(pa.array([text], pa.string()), pattern)[0].as_py()
    return time


@settings(max_examples=100, deadline=None)
@given(
    times=st.lists(st.datetimes(datetime(1969, 1, 1), datetime(2068, 12, 31)), min_size=1),  # noqa: DTZ001 - as written
    form=st.sampled_from(FORMATS),
    minutes=st.integers(-840, 840),
)
def test_it_is_what_strptime_reads(times: list[datetime], form: str, minutes: int) -> None:
    zone = datetime.now(UTC).astimezone(UTC).tzinfo
    shifted = [time.replace(tzinfo=zone) + timedelta(minutes=minutes) for time in times]
    texts = [time.strftime(form) for time in shifted]
    wanted = [datetime.strptime(text, form).replace(tzinfo=None) for text in texts]  # noqa: DTZ007 - as written
    assert date_text.read(pa.array(texts), date_format.pattern(form)).to_pylist() == wanted


@settings(max_examples=100, deadline=None)
@given(year=st.integers(1, 9999), month=st.integers(0, 13), day=st.integers(0, 32))
def test_the_calendar_is_pythons(year: int, month: int, day: int) -> None:
    try:
        wanted = datetime(year, month, day)  # noqa: DTZ001 - as written
    except ValueError:
        wanted = None
    assert read(f"{year:04}-{month:02}-{day:02}") == wanted
    assert read(f"{day}.{month}.{year:04}", "%d.%m.%Y") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-01-31", "2026-01-31T00:00:00"),
        (" 2026-01-31 10:30 ", "2026-01-31T10:30:00"),
        ("2026-01-31T10:30:15.25", "2026-01-31T10:30:15.250000"),
        ("2026-01-31T10:30:15,123456789", "2026-01-31T10:30:15.123456"),
        ("2026-01-31T10:30Z", "2026-01-31T10:30:00"),
        ("2026-01-01T00:30:00+02:00", "2025-12-31T22:30:00"),
        ("2026-01-31 10:30:00-0530", "2026-01-31T16:00:00"),
        ("2026-02-29", None),
        ("2026-01-31T24:00", None),
        ("2026-01-31T10:60", None),
        ("2026-01-31T10:30:60", None),
        ("2026-01-31T10:30+25:00", None),
        ("2026-01-31x", None),
        ("2026-1-31", None),
        ("26-01-31", None),
        ("٢٠٢٦-01-31", None),
        ("0000-01-01", None),
        ("", None),
        (None, None),
    ],
)
def test_iso(text: str | None, wanted: str | None) -> None:
    assert read(text) == (wanted and datetime.fromisoformat(wanted))


@pytest.mark.parametrize(
    ("text", "form", "wanted"),
    [
        ("1/2/2026", "%d/%m/%Y", "2026-02-01"),
        ("1/2/69", "%d/%m/%y", "1969-02-01"),
        ("1/2/68", "%d/%m/%y", "2068-02-01"),
        ("sept 3 2026", "%b %d %Y", None),
        ("SEP  3 2026", "%b %d %Y", "2026-09-03"),
        ("september 3 2026", "%b %d %Y", "2026-09-03"),
        ("12:05 AM 2026", "%I:%M %p %Y", "2026-01-01T00:05"),
        ("13:05 PM 2026", "%I:%M %p %Y", None),
        ("2026-05", "%Y-%m", "2026-05-01"),
        ("9:05", "%H:%M", "1970-01-01T09:05"),
        ("20260131", "%Y%m%d", "2026-01-31"),
        ("2026131", "%Y%m%d", None),
        ("(31)", "(%d) %m %Y", None),
        ("a.b 2026", "a.b %Y", "2026-01-01"),
        ("aXb 2026", "a.b %Y", None),
    ],
)
def test_declared_formats(text: str, form: str, wanted: str | None) -> None:
    assert read(text, form) == (wanted and datetime.fromisoformat(wanted))


@pytest.mark.parametrize(
    ("form", "rule"),
    [
        ("dd/mm/yyyy", "should hold %Y or %y for the year, as in %d/%m/%Y, or %H, as in %H:%M"),
        ("%d/%m", "should hold %Y or %y for the year"),
        ("%m %H", "should hold %Y or %y for the year"),
        ("%d %Y", "should hold %m or %b for the month"),
        ("%Y %y", "should say the year once"),
        ("%b %B %Y", "should say the month once"),
        ("%Y %Q", "should not hold %Q; the directives are %Y"),
        ("%Y %", "should not hold %; the directives are %Y"),
        ("%Y %I", "should hold %p"),
        ("%Y %H %p", "should hold %p"),
    ],
)
def test_what_is_no_format(form: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        date_format.pattern(form)
