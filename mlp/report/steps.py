"""The two-step view: what the inputs and the hidden layer of a network look like."""

from collections.abc import Sequence
from typing import Any

from mlp.figures import projection, weights
from mlp.figures.weights import UNITS
from mlp.report.document import Picture
from mlp.report.networks import Network
from mlp.statistics.wilson import wilson

NAMES = {"inputs": "inputs", "hidden": "last hidden layer"}


def section(network: Network, shape: Sequence[int] | None) -> dict[str, Any]:
    """Return the projections of a network's representations, their probes, and its weights.

    Parameters
    ----------
    network : Network
    shape : sequence of int, optional
        Rows and columns of a picture, where rows are pictures.
    """
    probe = network.health["probe"]
    found = [name for name in NAMES if f"{name}_accuracy" in probe]
    hidden = len(network.health["layers"]) > 1
    is_picture = shape and len(network.weights) == shape[0] * shape[1]
    return {
        "has_hidden": hidden,
        "probes": {name: _accuracy(network, name) if name in found else "" for name in NAMES},
        "pictures": [_projection(network, name) for name in found] if hidden else [],
        "weights": _weights(network, shape) if shape and is_picture else None,
    }


def _accuracy(network: Network, name: str) -> str:
    accuracy, rows = network.health["probe"][f"{name}_accuracy"], len(network.predictions)
    low, high = wilson(round(accuracy * rows), rows)
    return f"{accuracy:.4f} ({low:.4f} to {high:.4f})"


def _projection(network: Network, name: str) -> Picture:
    table, probe = network.projection, network.health["probe"]
    variance = probe[f"{name}_variance"]
    places = table[[f"{name}_1", f"{name}_2"]].to_numpy()
    held = f"which hold {variance:.0%} of the variance" if variance else "where all are one point"
    alt = (
        f"{len(table)} test rows along the first two principal components of the {NAMES[name]} of "
        f"{network.name}, {held}; a logistic regression on all of them is right on "
        f"{probe[f'{name}_accuracy']:.1%}."
    )
    actual = table["actual"].to_numpy(object)
    return Picture(projection.draw(places, actual, network.labels), alt)


def _weights(network: Network, shape: Sequence[int]) -> Picture:
    units = network.weights.shape[1]
    first = f"the first {UNITS} of " if units > UNITS else ""
    layer = next(iter(network.health["layers"].values()))
    growth = layer["weight_growth"]
    size = "are no finite numbers" if growth is None else f"have grown {growth:.3g}-fold"
    dead = f"; {layer['dead']:.0%} of the units are dead" if "dead" in layer else ""
    alt = (
        f"Weights of {first}{units} units of the first layer of {network.name}, drawn as pictures "
        f"of {shape[0]} by {shape[1]}: they {size}{dead}."
    )
    return Picture(weights.draw(network.weights, shape), alt)
