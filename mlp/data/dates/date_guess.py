"""Recognise a column of texts that are dates, and the format that they are written in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mlp.data.dates import date_format, date_text
from mlp.data.dates.date_format import MONTH, pattern

MOST = 0.9  # share of rows above which texts that look like dates are meant to be dates
Counts: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
SAMPLE = 200  # distinct texts that all formats are tried on
ISO = ""
DAYS = [
    *(f"{parts}" for sep in "/-." for parts in (
        f"%d{sep}%m{sep}%Y", f"%m{sep}%d{sep}%Y", f"%Y{sep}%m{sep}%d", f"%d{sep}%m{sep}%y",
        f"%m{sep}%d{sep}%y",
    )),
    "%Y%m%d", "%y-%m-%d", "%d. %m. %Y", "%d %b %Y", "%d-%b-%Y", "%d/%b/%Y", "%d. %b %Y", "%d-%b-%y",
    "%b %d, %Y", "%b %d %Y", "%a, %d %b %Y", "%a %d %b %Y", "%a %b %d %Y",
]  # fmt: skip
CLOCKS = ["", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", "T%H:%M",
          "T%H:%M:%S", ", %H:%M", ", %I:%M %p"]  # fmt: skip
LOOK = (
    r"(?:\d{8}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/](?:\d{4}|\d{2})"
    r"|\d{1,2}\. ?\d{1,2}\. ?\d{4}|\d{2}\.\d{2}\.\d{2}"
    rf"|(?:[A-Za-z]{{3,9}},? )?\d{{1,2}}[-/. ]+(?i:{MONTH})[-/., ]+\d{{2,4}}"
    rf"|(?:[A-Za-z]{{3,9}},? )?(?i:{MONTH})[. ]+\d{{1,2}},? \d{{4}})(?:[Tt ,]+\d{{1,2}}:.*)?"
)


@dataclass(frozen=True)
class Guess:
    """How the dates of a column are written.

    Attributes
    ----------
    formats : list of str
        The formats that fit most rows; several if they fit the same rows. `ISO` is ISO 8601.
    example : str
    others : int
        Rows that are not empty and do not fit.
    other : str
        The first of their texts.
    other_format : str or None
        The format that most of these texts have, if they are too many to be mistakes.
    """

    formats: list[str]
    example: str
    others: int
    other: str
    other_format: str | None


def find(column: pa.ChunkedArray, distinct: pa.Array) -> Guess | None:
    """Return how the dates of a column are written, or None if it does not hold dates.

    Parameters
    ----------
    column : pa.ChunkedArray of string
        A gap is null.
    distinct : pa.Array of string
        Its distinct texts, in the order of the rows.
    """
    look = _flags(pc.match_substring_regex(distinct, rf"^\s*{LOOK}\s*$"))
    if not look.any():
        return None
    table = pc.value_counts(column.drop_null())  # in the same order
    texts, counts = table.field("values"), table.field("counts").to_numpy()
    if counts[look].sum() < MOST * counts.sum():
        return None
    fits = {form: _fits(texts, form) for form in _likely(texts)}
    return _of(texts, counts, fits) if fits else None


def _of(texts: pa.Array, counts: Counts, fits: dict[str, Flags]) -> Guess | None:
    total = counts.sum()
    if counts[np.any(list(fits.values()), axis=0)].sum() < MOST * total:
        return None
    best = max(fits, key=lambda form: counts[fits[form]].sum())
    rest = ~fits[best]
    others = counts[rest].sum()
    other = rest
    second = None
    if others > (1 - MOST) * total:
        second = max(fits, key=lambda form: counts[fits[form] & rest].sum())
        other = fits[second] & rest
    equal = [form for form, is_fit in fits.items() if (is_fit == fits[best]).all()]
    return Guess(
        formats=[ISO] if ISO in equal else equal,
        example=texts[int(np.argmax(fits[best]))].as_py(),
        others=int(others),
        other=texts[int(np.argmax(other))].as_py() if others else "",
        other_format=second,
    )


def _likely(texts: pa.Array) -> Iterator[str]:
    """Yield the formats that fit some of the texts."""
    sample = texts.take(pa.array(np.linspace(0, len(texts) - 1, SAMPLE).astype(int)).unique())
    days = {day for day in DAYS if _begins_or_ends(sample, rf"^\s*{pattern(day)}")}
    clocks = {clock for clock in CLOCKS if _begins_or_ends(sample, rf"{_of_clock(clock)}\s*$")}
    forms = (f"{day}{clock}" for clock in CLOCKS if clock in clocks for day in DAYS if day in days)
    return (form for form in (ISO, *forms) if _fits(sample, form).any())


def _begins_or_ends(texts: pa.Array, expression: str) -> bool:
    return bool(_flags(pc.match_substring_regex(texts, expression)).any())


def _of_clock(clock: str) -> str:
    return pattern(f"%Y{clock}").removeprefix(pattern("%Y"))


def _fits(texts: pa.Array, form: str) -> Flags:
    expression = pattern(form) if form else date_format.ISO
    return _flags(pc.is_valid(date_text.read(texts, expression)))


def _flags(flags: pa.Array) -> Flags:
    values: Flags = flags.to_numpy(zero_copy_only=False)
    return values
