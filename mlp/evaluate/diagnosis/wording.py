"""The wording of findings."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlp.evaluate.diagnosis.symptoms import Layer


def chance_loss(chance: float, classes: int) -> str:
    """Return the chance loss as text, with ln(classes) if the classes are about equal in size."""
    if math.isclose(chance, math.log(classes), rel_tol=0.01):
        return f"{chance:.4f} (about ln {classes})"
    return f"{chance:.4f}, the loss of giving each class its share of the rows"


def share_of_units(share: float, layer: "Layer") -> str:
    ill = round(share * layer.units)
    return f"all {layer.units} units" if ill == layer.units else f"{ill} of {layer.units} units"


def growth(name: str, layer: "Layer") -> str:
    finite = math.isfinite(layer.weight_growth)
    times = f"{layer.weight_growth:.3g} times" if finite else "no finite number"
    return f"{layer_title(name)} ({times})"


def layer_title(name: str) -> str:
    kind, _, number = name.partition("_")
    return f"{kind} layer {number}" if number else f"the {kind} layer"


def joined(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def number(value: float | None) -> str:
    return "no finite number" if value is None else f"{value:.4f}"
