"""Read texts as times, exactly as they are written and alike on every machine."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mlp.data.dates.date_format import MONTHS

CENTURY = 69  # two-digit years from here on are of the 20th century, as in POSIX
US = {"day": 86_400_000_000, "hour": 3_600_000_000, "minute": 60_000_000, "second": 1_000_000}
Fields = dict[str, npt.NDArray[np.int64]]


def read(texts: pa.Array, pattern: str) -> pa.Array:
    """Return the time that each text says, as timestamp[us] in UTC; null where it says none.

    A time with a zone becomes that of UTC, and one without a zone stays as written. A part that is
    not in the pattern is that of 1970-01-01 at midnight. There is no 30 February, no 24 o'clock
    and no leap second.

    Parameters
    ----------
    texts : pa.Array of string
    pattern : str
        A regular expression whose groups are named by directives: see `mlp.data.dates.date_format`.
    """
    parts = pc.extract_regex(texts, rf"^\s*{pattern}\s*$")
    fits = pc.is_valid(parts).to_numpy(zero_copy_only=False)
    text = {part.name: pc.fill_null(parts.field(i), "") for i, part in enumerate(parts.type)}
    fields = {name: _integers(name, values) for name, values in text.items() if name != "z"}
    days, is_day = _days(fields, len(texts))
    hours, is_hour = _hours(fields, len(texts))
    time = hours * US["hour"]
    is_right = fits & is_day & is_hour
    for name, unit in (("M", "minute"), ("S", "second")):
        values = fields.get(name, np.int64(0))
        is_right = is_right & (values < 60)  # noqa: PLR2004 - minutes and seconds
        time = time + values * US[unit]
    time = time + fields.get("f", np.int64(0))
    if "z" in text:
        offset, is_zone = _offset(text["z"])
        time, is_right = time - offset, is_right & is_zone
    return pa.array(days * US["day"] + time, pa.timestamp("us"), mask=~is_right)


def _integers(name: str, texts: pa.Array) -> npt.NDArray[np.int64]:
    """Return the number in each text, and 0 in one that is empty."""
    if name == "b":
        starts = pc.utf8_lower(pc.utf8_slice_codeunits(texts, 0, 3))
        months = pa.array([month[:3].lower() for month in MONTHS])
        return _numpy(pc.add(pc.index_in(starts, months), 1))
    if name == "p":
        return _numpy(pc.starts_with(pc.utf8_lower(texts), "p"))
    if name == "f":  # to microseconds
        texts = pc.utf8_slice_codeunits(pc.utf8_rpad(texts, 6, "0"), 0, 6)
    return _numpy(pc.if_else(pc.equal(texts, ""), "0", texts))


def _numpy(values: pa.Array) -> npt.NDArray[np.int64]:
    numbers: npt.NDArray[np.int64] = pc.fill_null(values.cast(pa.int64()), 0).to_numpy()
    return numbers


def _days(fields: Fields, rows: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return days since 1970-01-01, and which of them the calendar has."""
    if "y" in fields:
        year = np.where(fields["y"] < CENTURY, 2000, 1900) + fields["y"]
    else:
        year = fields.get("Y", np.full(rows, 1970))
    month = fields.get("m", fields.get("b", np.ones(rows, np.int64)))
    day = fields.get("d", np.ones(rows, np.int64))
    months: Any = ((year - 1970) * 12 + month - 1).astype("M8[M]")
    days = months.astype("M8[D]") + (day - 1)
    is_day = (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("M8[M]") == months)  # noqa: PLR2004 - months
    return days.astype(np.int64), is_day & (year >= 1)


def _hours(fields: Fields, rows: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return hours since midnight, and which of them a clock shows."""
    if "I" in fields:
        twelve = fields["I"]
        return twelve % 12 + 12 * fields["p"], (twelve >= 1) & (twelve <= 12)  # noqa: PLR2004 - a clock
    hours = fields.get("H", np.zeros(rows, np.int64))
    return hours, hours < 24  # noqa: PLR2004 - hours


def _offset(zones: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return how far each zone is ahead of UTC, in microseconds, and which zones exist."""
    digits = pc.replace_substring(zones, ":", "")
    hours = _integers("H", pc.utf8_slice_codeunits(_digits(digits), 0, 2))
    minutes = _integers("M", pc.utf8_slice_codeunits(_digits(digits), 2, 4))
    sign = np.where(pc.starts_with(zones, "-").to_numpy(zero_copy_only=False), -1, 1)
    return sign * (hours * US["hour"] + minutes * US["minute"]), (hours < 24) & (minutes < 60)  # noqa: PLR2004 - a clock


def _digits(zones: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(zones, r"\D", "")
