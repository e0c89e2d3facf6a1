"""Draw the training loss of several networks by epoch."""

import math
from collections.abc import Mapping

import numpy as np

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.canvas import FINE
from mlp.figures.labels import drawn_labels
from mlp.figures.loss_axes import (
    BOTTOM,
    LEFT,
    LOSS,
    SAMPLE,
    TOP,
    by_chance,
    name_beside,
    plot,
    scale_epochs,
    scale_losses,
)
from mlp.figures.style import SMALL, line


def draw(
    histories: Mapping[str, tuple[Floats, Floats]], chance: float, guess: str = "chance"
) -> bytes:
    """Draw a line a network, with its name at the height where the line ends.

    Parameters
    ----------
    histories : mapping of str to (ndarray of float64, ndarray of float64)
        Epochs and losses, by the name of the network; at least one.
    chance : float
        The loss of a guess that ignores the inputs, such as ln(classes); 0 if there is none.
    guess : str
        The name of that guess.
    """
    entries = by_chance(chance, guess)
    for i, (name, (_, losses)) in enumerate(
        zip(drawn_labels(list(histories)), histories.values(), strict=True)
    ):
        last = float(losses[-1])
        entries.append((last, name if math.isfinite(last) else f"{name}, not finite", line(i)))
    right = SAMPLE + canvas.width([name for _, name, _ in entries], FINE) + 6
    figure = canvas.figure(*SMALL)
    axes = canvas.axes(figure, LEFT, BOTTOM, SMALL[0] - LEFT - right, SMALL[1] - BOTTOM - TOP)
    for i, (epochs, losses) in enumerate(histories.values()):
        plot(axes, epochs, losses, **line(i))
    scale_losses(axes, np.concatenate([losses for _, losses in histories.values()]), chance)
    scale_epochs(axes, np.concatenate([epochs for epochs, _ in histories.values()]))
    canvas.name(axes, "epoch", LOSS)
    name_beside(axes, entries)
    return canvas.encoded(figure)
