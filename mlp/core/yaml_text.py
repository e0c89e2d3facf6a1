"""Read YAML by the reader that DVC uses, and refuse a text that its two readers differ on.

DVC reads params.yaml with ruamel.yaml, which parses in C where ruamel.yaml.clib is installed and in
Python where it is not. DVC decides by these values what to rerun, so a stage must read the same.
"""

import json
import re
import warnings
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from mlp.core import yaml_shape

# The two readers differ on these alone: directives, tags, and line breaks and marks of Unicode.
ODD = re.compile(r"^%.*\S|[\x85\u2028\u2029\ufeff]|(?<![^\s\[{,:?-])!", re.MULTILINE)

# ValueError: the text is not UTF-8, or a value only looks like a number, such as -_.
NO_YAML = (YAMLError, ValueError, RecursionError)


class AmbiguousError(Exception):
    """A value that depends on the reader; its text is a sentence without the file's name."""


def load(text: str) -> Any:
    """Return the content of a YAML text.

    Raises
    ------
    ShapeError
        See `mlp.core.yaml_shape.check`.
    AmbiguousError
        If the reader in C and the one in Python differ on a value.
    NO_YAML
        If the text is not YAML.
    """
    yaml_shape.check(text)
    content = _read(text)
    odd = ODD.search(text)
    difference = _difference(content, _in_python(text, content), "") if odd else None
    if odd and difference:
        key, *values = difference
        one, other = (json.dumps(value, default=str) for value in values)
        raise AmbiguousError(
            f"{key or 'the file'} is {one} to one reader of YAML and {other} to another, and DVC"
            f" uses either: remove {json.dumps(odd.group())}."
        )
    return content


def why(error: Exception) -> str:
    """Return in one line what an error of `NO_YAML` says, without what is for a programmer."""
    words = " ".join(str(error).split()).replace(' in "<unicode string>"', "")
    return words.partition(" To suppress this check")[0].removesuffix(".") + "."


def _read(text: str, *, in_python: bool = False) -> Any:
    try:
        return YAML(typ="safe", pure=in_python).load(text)
    except LookupError:  # !!bool x
        raise ValueError("a tag (!!) does not fit its value") from None


def _in_python(text: str, default: Any) -> Any:
    """Return the content by the reader in Python; the default if that refuses the text."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return _read(text, in_python=True)
        except NO_YAML:
            return default


def _difference(one: Any, other: Any, key: str) -> tuple[str, Any, Any] | None:
    """Return the first key that two contents differ in, and both its values."""
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        pairs = [(f"{key}.{name}".lstrip("."), one[name], other[name]) for name in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{key}[{i}]", *both) for i, both in enumerate(zip(one, other, strict=True))]
    else:
        return None if repr(one) == repr(other) else (key, one, other)
    differences = (_difference(a, b, name) for name, a, b in pairs)
    return next(filter(None, differences), None)
