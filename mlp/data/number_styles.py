"""The ways in which people write numbers that no program reads as numbers.

Patterns and words are for a decimal point. For a decimal comma, commas and points are exchanged in
the texts that a pattern is tried on, and in the words.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
CODE = r"[+-]?0\d.*"
_DIGITS = r"[+-]?\d[\d.,]*"
_CURRENCY = (
    r"(?:[$€£¥₹₽₩₺₴₪₫฿¢]|US\$|R\$|AED|ARS|AUD|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|GBP|HKD|HUF|"
    r"IDR|ILS|INR|JPY|KES|KRW|MXN|MYR|NGN|NOK|NZD|PEN|PHP|PKR|PLN|RON|RUB|SAR|SEK|SGD|THB|TRY|TWD|"
    r"UAH|USD|VND|ZAR|kr|zł|Rs[.,]?)"
)
_UNITS = (  # those that follow a number without a space
    r"(?:[nµumcdk]?[mgl]|[kMGT]i?B|[kM]W|kWh|[mk]V|mA|[kMG]?Hz|k?Pa|bar|psi|[kM]J|k?cal|"
    r"[munµ]?s|min|h|hrs?|yrs?|years?|days?|d|in|ft|yd|mi|lbs?|oz|mph|kmh|km/h|m/s|"
    r"°[CF]?|px|pt|x|k|K|M|mn|mio|m[²³23]|bn?|dB|ppm|[mk]?mol)"
)
_TIMES = r"[x*\x{d7}\x{b7}]"
_WORD = r"[\p{L}°µ%‰][\p{L}\d°µ²³/^.·%*-]{0,14}"

STYLES = {  # a pattern, how such a number is written, and how to write it
    r"[\x{a0}\x{202f}\x{2009}\x{feff}\x{200b}]*" + NUMBER + r"[\x{a0}\x{202f}\x{2009}\x{200b}]*": (
        "invisible spaces: remove them"
    ),
    r"[+-]?\d{1,3}(?:[ \x{a0}\x{202f}\x{2009}]\d{3})+(?:[.,]\d+)?": "spaces: write 1234 for 1 234",
    r"[+-]?\d{1,3}(?:['\x{2019}]\d{3})+(?:[.,]\d+)?": "apostrophes: write 1234 for 1'234",
    r"[+-]?\d{1,3}(?:_\d{3})+(?:\.\d+)?": "underscores: write 1234 for 1_234",
    r"[\x{2212}\x{2013}\x{2014}]\d+\.?\d*": "a dash for the minus sign: write -5",
    r"[+-]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?": "commas between thousands: write 1234 for 1,234",
    r"[+-]?\d{1,3}(?:\.\d{3})+,\d+": "points between thousands: write 1234.5 for 1.234,5",
    r"[+-]?\d{1,3}(?:\.\d{3}){2,}": "points between thousands: write 1234567 for 1.234.567",
    r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?": "a decimal comma: set load.decimal to a comma",
    rf"[+-]?{_CURRENCY}\s*{_DIGITS}": "a currency: write 5 for $5",
    rf"{_DIGITS}\s*{_CURRENCY}": "a currency: write 5 for 5 €",
    rf"{_DIGITS}\s*[%‰]": "a percent sign: write 6 for 6%",
    r"[+-]?0[xX][0-9a-fA-F]+": "a base of 16: write 26 for 0x1A",
    rf"\(\s*{_CURRENCY}?\s*\d[\d.,]*\s*\)": "brackets for the minus sign: write -5 for (5)",
    r"\d[\d.,]*\s*[-\x{2212}]": "the minus sign behind: write -5 for 5-",
    rf"{NUMBER}\s*{_TIMES}\s*10\s*(?:\^|\*\*)?\s*[+-]?\d+": "a power: write 2e3 for 2x10^3",
    r"[+-]?\d+\.?\d*[dD][+-]\d+": "a D for the power: write 2e3 for 2D+3",
    rf"(?:[<>≤≥~≈≦≧]=?|(?:ca|approx)[.,]?)\s*{_DIGITS}": "a sign of comparison: write 5 for <5",
    rf"{NUMBER}\s*(?:±|\+/-)\s*{NUMBER}": "an error: write 5 for 5 ± 1",
    r"['`\x{2019}]" + NUMBER: "an apostrophe: remove it",
    r"[+-]?[\p{Nd}]+(?:[.,\x{66b}][\p{Nd}]+)?": "digits of another script: write 0 to 9",
}
UNIT, UNIT_STYLE = (
    rf"{_DIGITS}(?:\s*{_UNITS}|\s+{_WORD})",
    "a unit: write 5 for 5 kg",
)
MOST_UNITS = 5  # in a column; more are words, such as the streets of addresses
EXCHANGED = {",": ".", ".": ",", "comma": "point", "point": "comma"}


def is_number(texts: pa.Array, decimal: str = ".") -> pa.Array:
    """Return whether each text is a number that a program reads, given the decimal sign."""
    return matches(with_point(texts, decimal), NUMBER)


def is_written(texts: pa.Array, decimal: str = ".") -> pa.Array:
    """Return whether each of some distinct texts is a number in one of the styles."""
    texts = with_point(texts, decimal)
    styled = matches(texts, "|".join(STYLES))
    units = pc.fill_null(matches(texts, UNIT), False)  # noqa: FBT003 - the value of a gap
    words = pc.replace_substring_regex(texts.filter(units), rf"^\s*{_DIGITS}\s*", "")
    stems = {word.strip().lower().removesuffix("s") for word in pc.unique(words).to_pylist()}
    return pc.or_(styled, units) if len(stems) <= MOST_UNITS else styled


def style(text: str, decimal: str = ".") -> str:
    """Return how a written number is written."""
    value = with_point(pa.array([text]), decimal)
    fitting = (words for pattern, words in STYLES.items() if matches(value, pattern)[0].as_py())
    words = next(fitting, UNIT_STYLE)
    if decimal == ".":
        return words
    return re.sub("comma|point|[,.](?=\\d)", lambda found: EXCHANGED[found[0]], words)


def with_point(texts: pa.Array, decimal: str) -> pa.Array:
    """Return texts whose commas and points are exchanged if the decimal sign is a comma."""
    if decimal == ".":
        return texts
    for old, new in ((",", "\0"), (".", ","), ("\0", ".")):
        texts = pc.replace_substring(texts, old, new)
    return texts


def matches(texts: pa.Array, pattern: str) -> pa.Array:
    """Return whether each whole text fits a pattern, spaces around it aside."""
    return pc.match_substring_regex(texts, rf"^\s*(?:{pattern})\s*$")
