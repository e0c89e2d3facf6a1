"""Refuse a YAML text that cannot be read whole: one without end, too deep or too large."""

import re
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

ALIAS = re.compile(r"(?<![^\s\[{,:])\*\S")
DEEP = re.compile(r"(?:[-?] ){50}|^ {200}", re.MULTILINE)
DEEPEST = 100  # a reader in C ends the process far below, without a word
LARGEST = 100_000  # values, those that aliases repeat counted again


class ShapeError(Exception):
    """A text that cannot be read whole; the error's text is a sentence without the file's name."""


@dataclass
class Node:
    """A list or a mapping that has begun."""

    anchor: str | None
    size: int = 1


def check(text: str) -> None:
    """Raise ShapeError if a text refers to itself, or is too deep or too large by its aliases.

    A text that is not YAML passes.
    """
    has_depth = text.count("[") + text.count("{") > DEEPEST or DEEP.search(text)
    if not has_depth and not ALIAS.search(text):
        return
    try:
        _walk(text)
    except YAMLError:  # which reading it says
        return


def _walk(text: str) -> None:
    """Follow the events of a parser, which holds no more than one of them at a time."""
    sizes: dict[str, int] = {}
    parents = [Node(None)]
    for event in YAML(typ="safe").parse(text):
        kind, anchor = type(event).__name__, getattr(event, "anchor", None)
        line = event.start_mark.line + 1
        if kind in {"SequenceStartEvent", "MappingStartEvent"}:
            parents.append(Node(anchor))
            if len(parents) > DEEPEST:
                raise ShapeError(f"line {line} is nested more than {DEEPEST} levels deep.")
        elif kind in {"SequenceEndEvent", "MappingEndEvent"}:
            node = parents.pop()
            if node.anchor:
                sizes[node.anchor] = node.size
            _add(parents, node.size, line)
        elif kind == "AliasEvent":
            if anchor in {node.anchor for node in parents}:
                raise ShapeError(
                    f"line {line} refers to itself by *{anchor}; write its values out."
                )
            _add(parents, sizes.get(str(anchor), 1), line)
        elif kind == "ScalarEvent":
            if anchor:
                sizes[anchor] = 1
            _add(parents, 1, line)


def _add(parents: list[Node], size: int, line: int) -> None:
    parents[-1].size += size
    if parents[-1].size > LARGEST:
        raise ShapeError(
            f"line {line} repeats values by aliases (*) to more than {LARGEST}; write fewer."
        )
