"""Tell whether a key is a parameter of params.yaml."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlp.check.params import schema
from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.history.snapshot import PARAMS

if TYPE_CHECKING:
    from pydantic import BaseModel

NETWORKS = "networks"


def check(key: str) -> None:
    """Raise InputError, with the nearest key, unless params.yaml has or could have the key."""
    content: Any = params_file.parse(Path(PARAMS))
    known_to = schema(content)
    place: list[str] = []
    for part in key.split("."):
        written = set(content) if isinstance(content, Mapping) else set()
        known = written | set(params_file.keys(known_to, tuple(place)))
        if part not in known:
            inner = None if place else _inside(part, content, known_to)
            prefix = "".join(f"{name}." for name in place)
            guess = f"; did you mean {inner}?" if inner else params_file.guess(part, known, prefix)
            raise InputError(f"'{key}' is not a parameter of {PARAMS} and not a file{guess}")
        content = content.get(part) if isinstance(content, Mapping) else None
        place.append(part)


def _inside(name: str, content: Any, known_to: type["BaseModel"]) -> str | None:
    """Return the first parameter of this name inside a section, or inside a section of one."""
    sections = [(str(section),) for section in content]
    inner = [
        (*place, str(key))
        for place in sections
        if isinstance(content[place[0]], Mapping)
        for key in content[place[0]]
    ]
    for place in [*sections, *inner]:
        if name in params_file.keys(known_to, place):
            return ".".join([*place, name])
    return None


def new_network(key: str) -> str | None:
    """Return the name of a network that params.yaml lacks, if the key is its entry."""
    section, _, name = key.partition(".")
    networks = params_file.parse(Path(PARAMS)).get(NETWORKS)
    is_new = isinstance(networks, Mapping) and name not in networks
    return name if section == NETWORKS and name and is_new else None
