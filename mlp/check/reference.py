"""Write the reference of params.yaml, for editors and for readers.

``python -m mlp.check.reference`` writes params.schema.json, by which editors complete and check
params.yaml, and the table of keys in docs/parameters.md. The meaning of a key is its comment in
params.yaml, and where it does not stand there, its description in the schema.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mlp.check import params
from mlp.core.params_file import OWN

SCHEMA, PARAMS, DOCS = Path("params.schema.json"), Path("params.yaml"), Path("docs/parameters.md")
DRAFT = "https://json-schema.org/draft/2020-12/schema"
BEGIN, END = "<!-- make reference: keys -->\n", "<!-- end -->\n"
WORDS = {
    "object": "mapping of names",
    "string": "text",
    "boolean": "`true` \\| `false`",
    "null": "`null`",
}
BOUNDS = {
    "minimum": "from",
    "exclusiveMinimum": "above",
    "maximum": "to",
    "exclusiveMaximum": "below",
}
OTHER_KEYS = {  # sections that have the keys of another
    "linear": "mlp",
    "search.fixed": "mlp",
    "search.space": "mlp",
    "gate.metrics.macro_f1": "gate.metrics.accuracy",
    "gate.metrics.balanced_accuracy": "gate.metrics.accuracy",
    "gate.metrics.log_loss": "gate.metrics.brier_score",
    "gate.metrics.median_absolute_error": "gate.metrics.mae",
}


def comments(text: str) -> dict[str, str]:
    r"""Return the comment below each key of params.yaml, by its dotted name.

    >>> comments("a:\n  b: 1\n    # One\n    # two.\n")
    {'a.b': 'One two.'}
    """
    found: dict[str, str] = {}
    place: list[str] = []
    for line in text.splitlines():
        if key := re.match(r"( *)(\w+):", line):
            place = [*place[: len(key[1]) // 2], key[2]]
        elif (comment := re.match(r" +# (.*)", line)) and place:
            name = ".".join(place)
            found[name] = f"{found[name]} {comment[1]}" if name in found else comment[1]
    return found


def schema(meanings: Mapping[str, str]) -> dict[str, Any]:
    """Return the JSON Schema of params.yaml.

    Parameters
    ----------
    meanings : mapping of str to str
        What each key means, by its dotted name.
    """
    found = params.schema({"networks": {"mlp": OWN}}).model_json_schema()
    _describe(found, found["$defs"], meanings, "")
    for other, section in OTHER_KEYS.items():
        _describe(_section(found, other), found["$defs"], meanings, f"{section}.")
    # Other networks have sections too, and a project need not have mlp.
    found["required"].remove("mlp")
    found["additionalProperties"] = {"$ref": "#/$defs/Network"}
    return {"$schema": DRAFT, **_without_null(found)}


def table(found: Mapping[str, Any]) -> str:
    """Return the keys as a table in Markdown."""
    lines = ["| key | may be | meaning |", "|---|---|---|"]
    lines += [
        f"| `{key}` | {_may_be(value, found['$defs'])} | {_cell(value.get('description', ''))} |"
        for key, value in _keys(found, found["$defs"], "")
    ]
    return "\n".join(lines) + "\n"


def documented(page: str, keys: str) -> str:
    """Return a page with the table of keys in its place."""
    before, after = page.split(BEGIN, maxsplit=1)[0], page.split(END)[1]
    return f"{before}{BEGIN}\n{keys}\n{END}{after}"


def as_text(found: Mapping[str, Any]) -> str:
    """Return a JSON Schema as the text of a file."""
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def _describe(section: Any, defs: Any, meanings: Mapping[str, str], prefix: str) -> None:
    """Give every key of a section its comment in params.yaml, sections inside it included."""
    for key, value in section.get("properties", {}).items():
        name = f"{prefix}{key}"
        if name in meanings:
            value["description"] = meanings[name]
        if "$ref" in value and name not in OTHER_KEYS:
            _describe(_resolved(value, defs), defs, meanings, f"{name}.")


def _section(whole: Any, name: str) -> Any:
    found = whole
    for part in name.split("."):
        found = _resolved(found["properties"][part], whole["$defs"])
    return found


def _resolved(value: Any, defs: Any) -> Any:
    return defs[value["$ref"].rsplit("/", 1)[-1]] if "$ref" in value else value


def _without_null(value: Any) -> Any:
    """Leave out the defaults, which only mean that a key may be left out."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if not (k == "default" and not v)}
        return {key: _without_null(inner) for key, inner in kept.items()}
    return [_without_null(inner) for inner in value] if isinstance(value, list) else value


def _keys(section: Any, defs: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in section["properties"].items():
        name = f"{prefix}{key}"
        inner = _resolved(value, defs)
        if name in OTHER_KEYS:
            same = f"the keys of `{OTHER_KEYS[name]}`"
            yield name, {"description": value.get("description", ""), "type": same}
        elif "properties" in inner:
            yield from _keys(inner, defs, f"{name}.")
        else:
            yield name, value


def _may_be(value: Any, defs: Any) -> str:
    value = _resolved(value, defs)
    if options := value.get("anyOf") or value.get("oneOf"):
        return " or ".join(_may_be(option, defs) for option in options)
    if "properties" in value:
        return f"mapping of {' or '.join(f'`{key}`' for key in value['properties'])} to a margin"
    if "const" in value or "enum" in value:
        return " \\| ".join(f"`{choice}`" for choice in value.get("enum") or [value["const"]])
    kind = value["type"]
    if kind == "array":
        return f"list of {_may_be(value['items'], defs)}"
    return f"{WORDS.get(kind, kind)}{_range(value)}"


def _range(value: Any) -> str:
    return "".join(f" {word} {value[key]}" for key, word in BOUNDS.items() if key in value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    found = schema(comments(PARAMS.read_text(encoding="utf-8")))
    SCHEMA.write_text(as_text(found), encoding="utf-8", newline="\n")
    page = documented(DOCS.read_text(encoding="utf-8"), table(found))
    DOCS.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
