"""Guess the value that was meant by one of another type, as people type it from habit."""

import math
import re
from typing import Any

WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
WHOLE = r"[+-]?\d{1,300}"  # Python refuses to read a text of thousands of digits
NUMBER = rf"{WHOLE}(?:\.\d+)?(?:[eE]{WHOLE})?"


def meant(kind: str, value: object) -> Any:
    """Return a value of the wanted type that says the same, or None.

    A tuple of Python is a list, a decimal comma is a point, and 25% is 0.25.

    Parameters
    ----------
    kind : str
        Pydantic's name of the error: list_type, int_type, float_type, bool_type.
    value : object
    """
    if kind == "list_type":
        return _as_list(value)
    if kind in ("int_type", "int_from_float"):
        number = _as_number(value)
        return int(number) if number is not None and number.is_integer() else None
    if kind == "float_type":
        number = _as_number(value)
        return number if number is not None and math.isfinite(number) else None
    if kind == "bool_type":
        return WORDS.get(str(value).lower())
    return None


def _as_list(value: object) -> list[Any] | None:
    if not isinstance(value, str):
        return [value] if isinstance(value, int | float) else None
    parts = re.split(r"[\s,;]+", value.strip("()[] ,;"))
    if all(re.fullmatch(WHOLE, part) for part in parts):
        return [int(part) for part in parts]
    return [value] if re.fullmatch(r"\w[\w -]{,99}", value) else None


def _as_number(value: object) -> float | None:
    if isinstance(value, float):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip().replace(",", ".")
    if re.fullmatch(NUMBER, text):
        return float(text)
    if percent := re.fullmatch(rf"({NUMBER}) ?%", text):
        return float(percent[1]) / 100
    if power := re.fullmatch(rf"10(?:\^|\*\*)({WHOLE})", text):
        return float(f"1e{power[1]}")
    return None
