"""Compare nested values by their dotted keys."""

import json
from collections.abc import Mapping
from typing import Any

Values = dict[str, Any]  # a value by its dotted key
MISSING = "nothing"


def leaves(content: object, prefix: str = "") -> Values:
    """Return nested values by their dotted keys.

    >>> leaves({"mlp": {"alpha": 0.1, "hidden_layer_sizes": [50]}})
    {'mlp.alpha': 0.1, 'mlp.hidden_layer_sizes': [50]}
    """
    if not isinstance(content, Mapping):
        return {prefix: content}
    values: Values = {}
    for key, value in content.items():
        values |= leaves(value, f"{prefix}.{key}" if prefix else str(key))
    return values


def value(content: Mapping[str, Any], key: str) -> Any:
    """Return the value at a dotted key, MISSING if there is none.

    >>> value({"split": {"seed": 0}}, "split.seed"), value({"split": {"seed": 0}}, "split.group")
    (0, 'nothing')
    """
    inner: Any = content
    for part in key.split("."):
        if not isinstance(inner, Mapping) or part not in inner:
            return MISSING
        inner = inner[part]
    return inner


def text(value: object) -> str:
    """Return a value as params.yaml writes it; a text as it is.

    >>> text(None), text(True), text([50, 50]), text("adam"), text(1e-05)
    ('null', 'true', '[50, 50]', 'adam', '1e-05')
    """
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def changed(old: object, new: object) -> dict[str, tuple[Any, Any]]:
    """Return the old and the new value of every key that differs; MISSING where a side has none."""
    before, after = (leaves(content) if content else {} for content in (old, new))
    keys = sorted(before.keys() | after.keys())
    pairs = {key: (before.get(key, MISSING), after.get(key, MISSING)) for key in keys}
    return {key: pair for key, pair in pairs.items() if not _same(*pair)}


def _same(old: object, new: object) -> bool:
    return old == new and isinstance(old, bool) == isinstance(new, bool)
