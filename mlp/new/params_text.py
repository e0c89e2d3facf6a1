"""Edit the text of params.yaml by key, and keep every comment where it stands.

A round trip through ruamel.yaml would lose the comment of a key whose value was a list.
"""

import io
import re
from itertools import takewhile
from typing import Any

from ruamel.yaml import YAML

from mlp.core.errors import InputError

STEP = 2  # spaces a level


def put(text: str, key: str, value: Any) -> str:
    """Return the text with another value of a key; a key that its section lacks comes last in it.

    Parameters
    ----------
    text : str
        YAML in block style, with the comment of a key below it.
    key : str
        Dotted, such as ``load.drop``; its section exists.
    value : any
        What YAML can hold.

    Raises
    ------
    InputError
        If there is no such section.
    """
    lines = text.splitlines(keepends=True)
    indent = STEP * key.count(".")
    first, *rest = _dumped(key.rpartition(".")[2], value, indent)
    place = _span(lines, key)
    if place is None:
        _, end = _known(lines, key.rpartition(".")[0] or key)
        return "".join([*lines[:end], first, *rest, *lines[end:]])
    start, end = place
    return "".join([*lines[:start], first, *_comment(lines[start + 1 : end]), *rest, *lines[end:]])


def remove(text: str, key: str) -> str:
    """Return the text without a key and its comment; InputError if there is no such key."""
    lines = text.splitlines(keepends=True)
    start, end = _known(lines, key)
    return "".join([*lines[:start], *lines[end:]])


def _known(lines: list[str], key: str) -> tuple[int, int]:
    if (place := _span(lines, key)) is None:
        raise InputError(f"params.yaml: there is no key {key}.")
    return place


def _span(lines: list[str], key: str) -> tuple[int, int] | None:
    """Return where the lines of a key begin and end, its comment included."""
    start, end = 0, len(lines)
    for depth, part in enumerate(key.split(".")):
        heading = re.compile(rf"{' ' * STEP * depth}{re.escape(part)}:(?:\s|$)")
        inside = range(start + bool(depth), end)
        found = next((i for i in inside if heading.match(lines[i])), None)
        if found is None:
            return None
        start, end = found, _end(lines, found, end, STEP * depth)
    return start, end


def _end(lines: list[str], start: int, end: int, indent: int) -> int:
    """Return where the lines of the key at `start` end; items of its list may be as far left."""
    last = start
    for place in range(start + 1, end):
        content = lines[place].lstrip(" ")
        left = len(lines[place]) - len(content)
        if not content.strip():
            continue
        if left <= indent and not content.startswith("- "):
            break
        last = place
    return last + 1


def _comment(lines: list[str]) -> list[str]:
    """Return the comment at the beginning of lines."""
    return list(takewhile(lambda line: line.lstrip().startswith("#"), lines))


def _dumped(name: str, value: Any, indent: int) -> list[str]:
    """Return a key with its value as lines: a list or a mapping below it, anything else beside."""
    dumper = YAML()
    dumper.width = 10_000
    stream = io.StringIO()
    dumper.dump({name: value}, stream)
    return [f"{' ' * indent}{line}" for line in stream.getvalue().splitlines(keepends=True)]
