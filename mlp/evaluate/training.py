"""The arguments of a training, as the page shows them."""

from collections.abc import Mapping
from typing import Any


def training(summary: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a training, and the defaults that differ, to 6 significant digits.

    Parameters
    ----------
    summary : mapping
        See `mlp.model.metadata.summary`.
    """
    return {
        kind: {name: _shortened(value) for name, value in summary[kind].items()}
        for kind in ("arguments", "defaults")
    }


def _shortened(value: Any) -> Any:
    return float(f"{value:.6g}") if isinstance(value, float) else value
