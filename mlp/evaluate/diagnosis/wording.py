"""The wording of findings."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlp.evaluate.diagnosis.symptoms import Layer


def chance_loss(chance: float, classes: int) -> str:
    """Return the chance loss as text, with ln(classes) if the classes are about equal in size."""
    if are_equal(chance, classes):
        return f"{chance:.4f} (about ln {classes})"
    return f"{chance:.4f}, the loss of giving each class its share of the rows"


def guess_loss(chance: float, classes: int) -> tuple[float, str]:
    """Return the loss to draw for a guess, and the probability that it gives to each class.

    >>> guess_loss(2.3019, 10), guess_loss(0.3655, 2)
    ((2.302585092994046, 'the same probability'), (0.3655, 'its share of the rows'))
    """
    if are_equal(chance, classes):
        return math.log(classes), "the same probability"
    return chance, "its share of the rows"


def are_equal(chance: float, classes: int) -> bool:
    """Return whether a chance loss is about ln(classes), that of classes of one size."""
    return math.isclose(chance, math.log(classes), rel_tol=0.01)


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
