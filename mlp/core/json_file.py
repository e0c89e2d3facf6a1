"""Numbers and texts as JSON files: equal content gives equal bytes, and NaN is never written."""

import json
import math
from pathlib import Path
from typing import Any

from mlp.core import disk, whole

DECIMALS = 6


def read_json(path: Path) -> Any:
    """Read what `write_json` wrote; raise InputError if that is damaged."""
    try:
        return json.loads(whole.text(path))
    except json.JSONDecodeError:
        raise whole.damaged(path) from None


def write_json(content: dict[str, Any], path: Path) -> None:
    """Write numbers and texts as JSON, in the order given; ValueError if a number is not finite."""
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    disk.write_text(path, text + "\n")


def rounded(value: Any, decimals: int = DECIMALS) -> Any:
    """Return nested metrics with rounded floats, None for one that is not finite."""
    if isinstance(value, dict):
        return {key: rounded(inner, decimals) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner, decimals) for inner in value]
    if isinstance(value, float):
        return round(value, decimals) if math.isfinite(value) else None
    return value
