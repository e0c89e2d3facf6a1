"""Recognise numbers written as text, such as $5 and 1,234, and say how to write them."""

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import counted

ALMOST_ALL = 0.9  # share of numbers above which a column of text is meant to hold numbers
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
GAPS = ["-", "--", "?", ".", "*", "none", "unknown", "missing", "n.a."]  # as people mark them
STYLES = {
    r"\d{1,3}(?:[ \x{a0}\x{202f}']\d{3})+(?:[.,]\d+)?": "spaces: write 1234 for 1 234",
    r"[\x{2212}\x{2013}]\d+\.?\d*": "a dash for the minus sign: write -5",
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?": "commas between thousands: write 1234 for 1,234",
    r"[+-]?\d*,\d+": "a decimal comma: set load.decimal to a comma",
    r"[$€£¥] ?-?[\d.,]+": "a currency: write 5 for $5",
    r"-?[\d.,]+ ?[$€£¥]": "a currency: write 5 for 5 €",
    r"-?[\d.,]+ ?%": "a percent sign: write 6 for 6%",
}


def hint(column: pa.ChunkedArray, distinct: pa.Array) -> str | None:
    """Return how numbers are written as text in a column, or None if it holds words."""
    for pattern, style in STYLES.items():
        fits = _matches(distinct, pattern)
        if pc.all(pc.or_(fits, _matches(distinct, NUMBER))).as_py() and pc.any(fits).as_py():
            example = distinct.filter(fits)[0].as_py()
            return f"'{example}' is written with {style}"
    numbers = _matches(column, NUMBER)
    share = pc.mean(numbers.cast(pa.float64())).as_py()
    if share == 1:
        return f"'{distinct[0].as_py()}' is a number stored as text: store it as a number"
    others = column.filter(pc.invert(numbers)).drop_null()
    known = pc.is_in(pc.utf8_lower(others), pa.array(GAPS))
    if share < ALMOST_ALL and not (share and pc.all(known).as_py()):
        return None
    row = pc.index(pc.equal(column, others[0]), True).as_py()
    return (
        f"it holds other text in {counted(len(others), 'row')}, first '{others[0].as_py()}' in row "
        f"{row}: leave the field empty and set load.impute, or correct it"
    )


def _matches(values: pa.Array, pattern: str) -> pa.Array:
    return pc.match_substring_regex(values, rf"^\s*(?:{pattern})\s*$")
