"""Numbers as JSON takes them."""

import math


def finite(value: float) -> float | None:
    """Return a number, or None for one that is not finite."""
    return value if math.isfinite(value) else None
