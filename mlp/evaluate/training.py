"""The arguments and the course of a training, as the page shows them."""

from collections.abc import Mapping
from typing import Any

from mlp.core.files import Arrays
from mlp.model.base import Model


def course(model: Model, history: Arrays) -> dict[str, Any]:
    """Return how a training ended and how large the network is, among the scores of any task.

    Parameters
    ----------
    model : Model
    history : Arrays
        Its loss by epoch: iteration, loss.
    """
    return {
        "n_iter": int(history["iteration"][-1]),
        "final_loss": float(history["loss"][-1]),
        "converged": model.converged,
        "diverged": model.diverged,
        "parameters": model.parameters,
        "model_bytes": model.size,
    }


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
