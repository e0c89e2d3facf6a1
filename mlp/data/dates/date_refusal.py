"""Say why a column of dates cannot be a feature as it is, and what to write in params.yaml."""

import json
import re

import pyarrow as pa

from mlp.core.errors import counted
from mlp.data.dates import date_guess
from mlp.data.dates.date_guess import ISO, Guess

DATE_PARTS, TIME_PARTS = "[year, month, day, weekday]", "[year, month, weekday, hour]"


def of_type(name: str, column: pa.ChunkedArray) -> str:
    """Return a sentence on a column whose type is one of dates, times or durations."""
    kind = column.type
    if pa.types.is_duration(kind):
        return (
            f"column '{name}' holds durations, which are no numbers: store a number, such as their "
            "seconds, or add the column to load.drop."
        )
    example = re.sub(r"\.0+(?!\d)", "", column.drop_null()[0].cast(pa.string()).as_py())
    if pa.types.is_time(kind):
        return _sentence(name, f"times of day, such as {example}", "[hour]", [])
    parts = DATE_PARTS if pa.types.is_date(kind) else TIME_PARTS
    return _sentence(name, f"dates, such as {example}", parts, [])


def of_texts(name: str, column: pa.ChunkedArray, distinct: pa.Array) -> str | None:
    """Return a sentence on a column of texts if they are dates, else None.

    Parameters
    ----------
    name : str
    column : pa.ChunkedArray of string
        A gap is null.
    distinct : pa.Array of string
        Its distinct texts, in the order of the rows.
    """
    guess = date_guess.find(column, distinct)
    if guess is None:
        return None
    parts = TIME_PARTS if ":" in guess.example else DATE_PARTS
    formats = [form for form in guess.formats if form != ISO]
    return _sentence(name, _written(guess, column), parts, formats)


def hint(name: str, column: pa.ChunkedArray) -> str:
    """Return a sentence on the format of dates that are not written as in ISO 8601, or nothing."""
    texts = column.cast(pa.string())
    guess = date_guess.find(texts, texts.drop_null().unique())
    if guess is None or guess.formats == [ISO] or guess.other_format:
        return ""
    written = " or ".join(guess.formats)
    return f" If its dates are written {written}, set {_formats(name, guess.formats)}."


def _sentence(name: str, held: str, parts: str, formats: list[str]) -> str:
    written = f" and {_formats(name, formats)}" if formats else ""
    return (
        f"column '{name}' holds {held}; set load.dates to {{{_key(name)}: {parts}}}{written} to "
        "make features of it, or add it to load.drop (split.time can still name it)."
    )


def _written(guess: Guess, column: pa.ChunkedArray) -> str:
    if guess.other_format is not None:
        one, other = (form or "as in ISO 8601" for form in (guess.formats[0], guess.other_format))
        return (
            f"dates in several formats, such as '{guess.example}' ({one}) and '{guess.other}' "
            f"({other}): write all of them in one"
        )
    held = f"dates such as '{guess.example}'"
    if guess.formats != [ISO]:
        held = f"{held}, written {' or '.join(guess.formats)}"
    if len(guess.formats) > 1:
        held = f"{held} (every one fits both)"
    if guess.others:
        row = column.index(guess.other).as_py()
        other = f"first '{guess.other}' in row {row}"
        held = f"{held}, but other text in {counted(guess.others, 'row')}, {other}"
    return held


def _formats(name: str, formats: list[str]) -> str:
    mappings = [f'{{{_key(name)}: "{form}"}}' for form in formats]
    return f"load.date_formats to {' or '.join(mappings)}"


def _key(name: str) -> str:
    return name if re.fullmatch("[A-Za-z_]\\w*", name) else json.dumps(name, ensure_ascii=False)
