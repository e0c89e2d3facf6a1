"""Tell numbers from what is none, and round and write them as verdicts do."""

import math
from typing import TypeGuard

from mlp.core import residuals
from mlp.evaluate.statistics import wording


def is_number(value: object) -> TypeGuard[int | float]:
    """Return whether a metric is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def text(value: object) -> str:
    """Return a metric as text."""
    if value is None:
        return "missing"
    return wording.number(value) if isinstance(value, float) else str(value)


def rounded(value: float, *of: float) -> float:
    """Return a sum or difference of stored metrics, with the digits that they have.

    That is six after the point, so that 0.95 to 0.93 is 0.02; more if the metrics are small.
    """
    return round(value, residuals.stored_decimals(max(map(abs, of))))
