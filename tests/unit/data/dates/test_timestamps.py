"""A column of dates is read alike, however it is stored, and taken apart as Python does."""

from datetime import UTC, date, datetime, time
from typing import Any, get_args

import pyarrow as pa
import pytest

from mlp.core.errors import InputError
from mlp.data.dates import date_parts, timestamps
from mlp.data.params import Part

TIMES = [datetime(2024, 2, 29, 22, 30), None, datetime(1969, 12, 31, 23, 45)]  # noqa: DTZ001 - as written
TEXTS = ["2024-02-29T22:30", None, "1969-12-31 23:45:00"]
STAMPS = pa.array(TIMES, pa.timestamp("us"))


def times(values: Any, form: str | None = None, parts: tuple[str, ...] = ()) -> list[Any]:
    column = pa.chunked_array([values if isinstance(values, pa.Array) else pa.array(values)])
    found = timestamps.times("sold", column, form, parts, first=100)
    assert found.type == pa.timestamp("us")
    return list(found.to_pylist())


@pytest.mark.parametrize(
    "values",
    [
        TEXTS,
        ["2024-02-29T22:30Z", "NA", "1970-01-01T00:45+01:00"],
        pa.array(TEXTS, pa.large_string()),
        pa.array(TEXTS, pa.string_view()),
        pa.array(TEXTS).dictionary_encode(),
        STAMPS,
        STAMPS.cast(pa.timestamp("ns")),
        STAMPS.cast(pa.timestamp("s")),
        STAMPS.cast(pa.timestamp("ms", "Asia/Tokyo")),
        STAMPS.dictionary_encode(),
    ],
)
def test_types_of_one_meaning_give_the_same(values: Any) -> None:
    assert times(values) == TIMES


@pytest.mark.parametrize("kind", [pa.date32(), pa.date64()])
def test_dates_begin_at_midnight(kind: pa.DataType) -> None:
    assert times(pa.array([date(2024, 2, 29), None], kind)) == [datetime(2024, 2, 29), None]  # noqa: DTZ001 - as written


@pytest.mark.parametrize("gap", [None, float("nan")])
def test_whole_numbers_have_a_format(gap: float | None) -> None:
    assert times([20240229, gap], "%Y%m%d") == [datetime(2024, 2, 29), None]  # noqa: DTZ001 - as written


@pytest.mark.parametrize(
    "values", [["22:30", ""], ["22:30:00", None], pa.array([time(22, 30), None])]
)
def test_times_of_day_have_an_hour_alone(values: Any) -> None:
    found = times(values, parts=("hour",))
    assert [value and value.hour for value in found] == [22, None]
    with pytest.raises(InputError, match=r"should (be|hold) a date such as 2026-01-31"):
        times(values, parts=("hour", "year"))


@pytest.mark.parametrize(
    ("values", "form", "sentence"),
    [
        (["2024-02-29", "x"], None, "column 'sold', row 101 holds 'x'; it should be a date such as 2026-01-31 or 2026-01-31T10:30."),
        (["2024-02-29", "0000-01-01"], None, "column 'sold', row 101 holds '0000-01-01'; it should be a date such as"),
        (["2023-02-29"], None, "column 'sold', row 100 holds '2023-02-29'; it should be a date such as"),
        (["31/12/2024", "12/31/2024"], "%d/%m/%Y", "column 'sold', row 101 holds '12/31/2024'; it should be a date written %d/%m/%Y."),
        ([1.5], None, "column 'sold' should hold a date such as 2026-01-31 or 2026-01-31T10:30; it holds double."),
        ([20240229.5], "%Y%m%d", "column 'sold' should hold a date written %Y%m%d; it holds double."),
        ([20240229], None, "column 'sold' should hold a date such as 2026-01-31 or 2026-01-31T10:30; it holds int64."),
        ([[1]], "%Y", "column 'sold' should hold a date written %Y; it holds list"),
        (pa.array([0, 10**8], pa.date32()), None, "column 'sold', row 101 holds '<value out of range: 100000000>'"),
        (pa.array([0, 2**60], pa.timestamp("us")), None, "column 'sold', row 101 holds "),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(values: Any, form: str | None, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        times(values, form)
    assert str(caught.value).startswith(sentence)


def test_parts_are_pythons() -> None:
    assert set(date_parts.PARTS) == set(get_args(Part))
    column = pa.chunked_array([STAMPS])
    parts = {name: date_parts.part(column, name).to_pylist() for name in date_parts.PARTS}
    for i, moment in enumerate(TIMES):
        if moment is None:
            assert {values[i] for values in parts.values()} == {None}
            continue
        seconds = moment.replace(tzinfo=UTC).timestamp()
        assert {name: values[i] for name, values in parts.items()} == {
            "year": moment.year,
            "month": moment.month,
            "day": moment.day,
            "weekday": moment.isoweekday(),
            "yearday": moment.timetuple().tm_yday,
            "hour": moment.hour + moment.minute / 60,
            "elapsed": pytest.approx(seconds / 86400),
        }
