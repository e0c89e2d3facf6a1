"""Tell numbers from what is none, and write them as verdicts do."""

import math
from typing import TypeGuard


def is_number(value: object) -> TypeGuard[int | float]:
    """Return whether a metric is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def text(value: object) -> str:
    """Return a metric as text."""
    if value is None:
        return "missing"
    return f"{value:.6f}" if isinstance(value, float) else str(value)
