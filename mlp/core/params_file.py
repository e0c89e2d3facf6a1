"""Check params.yaml and similar files against a schema, and explain each fault in a sentence."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from ruamel.yaml import YAML

from mlp.core import disk, yaml_shape, yaml_text
from mlp.core.errors import InputError
from mlp.core.meant import meant

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

OWN = "params.yaml"  # the file of `networks` that a person edits; the other one a search writes
Schema = TypeVar("Schema", bound="BaseModel")
Place = tuple[int | str, ...]


def parse(path: Path) -> dict[str, Any]:
    """Read a YAML file's sections without a schema; raise InputError if it holds none."""
    return parse_bytes(disk.read_bytes(path), str(path))


def parse_bytes(text: bytes, path: str) -> dict[str, Any]:
    """Read sections as `parse` does, from the bytes of a file; path is its name in a message."""
    try:
        content = yaml_text.load(text.decode("utf-8"))
    except (yaml_text.AmbiguousError, yaml_shape.ShapeError) as error:
        raise InputError(f"{path}: {error}") from None
    except yaml_text.NO_YAML as error:
        if b"\n<<<<<<< " in b"\n" + text:
            raise InputError(f"{path} holds a merge conflict (<<<<<<<): resolve it.") from None
        raise InputError(f"{path} is not YAML: {yaml_text.why(error)}") from None
    if not isinstance(content, dict):
        raise InputError(f"{path} should hold sections of keys and values; it holds none.")
    return content


def read_section(path: Path, name: str, schema: type[Schema]) -> Schema:
    """Read one section of a file and look at no other; raise InputError as `validated` does."""
    content = parse(path)
    if name not in content:
        raise InputError(f"{path}: the section {name} is missing.")
    return validated(str(path), (name,), content[name], schema)


def values(path: Path, *keys: str) -> list[Any]:
    """Read the values of dotted keys, and look at no other; raise InputError if one is missing."""
    content = parse(path)
    return [_value(path, content, key) for key in keys]


def _value(path: Path, content: Any, key: str) -> Any:
    for part in key.split("."):
        if not isinstance(content, dict) or part not in content:
            raise InputError(f"{path}: {key} is missing.")
        content = content[part]
    return content


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write sections as YAML in block style, keys in the order given."""
    dumper = YAML()
    dumper.default_flow_style = False
    with disk.named(path), path.open("w", encoding="utf-8", newline="\n") as file:
        dumper.dump(dict(content), file)


def validated(path: str, prefix: Place, content: object, schema: type[Schema]) -> Schema:
    """Return content as its schema; raise InputError with a sentence for each wrong key.

    Parameters
    ----------
    path : str
        The name of the file, for the sentences.
    prefix : tuple
        The keys that lead to the content.
    content : object
    schema : type
    """
    from pydantic import ValidationError  # noqa: PLC0415 - a stage without a schema needs none

    try:
        return schema.model_validate(content)
    except ValidationError as error:
        wrong: dict[Place, list[ErrorDetails]] = {}
        for detail in error.errors(include_url=False):
            wrong.setdefault(_place(detail, content), []).append(detail)
        sentences = [
            f"{path}: {_name(prefix + _named(place, details))}{_fault(place, details, schema)}"
            for place, details in wrong.items()
        ]
        sentences = [sentence.replace(": : ", ": ") for sentence in sentences]
        raise InputError(*sentences) from None


def _place(detail: "ErrorDetails", content: Any) -> Place:
    """Return pydantic's location of an error, without the names of a union's branches."""
    place: list[int | str] = []
    for part in detail["loc"]:
        if isinstance(content, dict) and part not in content:  # a label that YAML has as a number
            content = {str(key): value for key, value in content.items()}
        is_index = isinstance(content, list) and isinstance(part, int)
        if is_index or (isinstance(content, dict) and part in content):
            place.append(part)
            content = content[part]
    return (*place, detail["loc"][-1]) if detail["type"] == "missing" else tuple(place)


def _name(place: Place) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)[1:]


def _fault(place: Place, details: "list[ErrorDetails]", schema: "type[BaseModel]") -> str:
    """Return the rest of the sentence: the value given, and the rule it breaks."""
    first = details[0]
    if _is_of_key(first):
        return (
            f": the key {_as_json(first['input'])} should be text; put it in quotes, or remove it."
        )
    if first["type"] == "missing":
        return " is missing."
    if first["type"] == "extra_forbidden":
        return f" is not a known key{guess(place[-1], keys(schema, place[:-1]))}"
    rule = " or ".join(_rule(detail) for detail in details).replace(" or should be ", " or ")
    choices = re.findall(r"'([^']*)'", str(first.get("ctx", {}).get("expected", "")))
    if isinstance(first["input"], dict):
        is_other = re.fullmatch("(bool|float|int|list|string)_type", first["type"])
        return f" is a section; it {rule}." if is_other else f": {rule}."
    if (value := meant(first["type"], first["input"])) is not None:
        return f" is {_as_json(first['input'])}; it {rule}; did you mean {_as_json(value)}?"
    return f" is {_as_json(first['input'])}; it {rule}{guess(first['input'], choices)}"


def _is_of_key(detail: "ErrorDetails") -> bool:
    """Return whether an error is of a key that is no text, and not of its value."""
    is_key = detail["loc"][-1:] == ("[key]",)
    return detail["type"] == "invalid_key" or (is_key and detail["type"] == "string_type")


def _named(place: Place, details: "list[ErrorDetails]") -> Place:
    """Return the place that a sentence names: for a key, the section that has it."""
    return place[:-1] if _is_of_key(details[0]) else place


def _as_json(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def _rule(detail: "ErrorDetails") -> str:
    """Return pydantic's rule as the end of a sentence."""
    rule = re.sub(r"^(Input|List|String|Value error,) ", "", detail["msg"])
    rule = re.sub(r" after validation, not \d+$", "", rule)
    return re.sub("valid dictionary(?: or instance of .*)?$", "section of keys and values", rule)


def keys(schema: "type[BaseModel]", place: Place) -> Iterable[str]:
    """Return the keys of the section at this place; none if there is no section."""
    for part in place:
        field = schema.model_fields.get(str(part))
        sections = list(_sections(field.annotation)) if field else []
        if len(sections) != 1:
            return ()
        (schema,) = sections
    return schema.model_fields


def _sections(kind: Any) -> "Iterator[type[BaseModel]]":
    """Yield the sections that a type is, or that are among the options of a union."""
    if isinstance(kind, type) and hasattr(kind, "model_fields"):
        yield kind
    for option in get_args(kind):
        yield from _sections(option)


def guess(word: object, known: Iterable[str], prefix: str = "") -> str:
    """Return the end of a sentence, which suggests a known word if one is near."""
    by_lower = {name.lower(): name for name in known}
    near = get_close_matches(str(word).lower(), by_lower, n=1)
    return f"; did you mean {prefix}{by_lower[near[0]]}?" if near else "."
