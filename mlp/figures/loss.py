"""Draw the training loss of one network by epoch."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.canvas import FINE, Axes
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
from mlp.figures.style import COLORS, SMALL

PANEL, BETWEEN = 92.0, 12.0  # points: height of the panel of scores, and of the gap above it


def draw(
    epochs: Floats,
    losses: Floats,
    chance: float,
    scores: Floats | None = None,
    names: tuple[str, str] = ("chance", "accuracy"),
) -> bytes:
    """Draw a network's training loss, and below it the validation score where there is one.

    Parameters
    ----------
    epochs, losses : ndarray of float64, shape (epochs,)
    chance : float
        The loss of an answer that does not look at the inputs, such as ln(classes); 0 for none.
    scores : ndarray of float64, shape (epochs,), optional
        The score on the rows that early stopping holds back; NaN without it.
    names : pair of str
        Of that loss and of that score.
    """
    has_scores = scores is not None and bool(np.isfinite(scores).any())
    lift = PANEL + BETWEEN if has_scores else 0.0
    beside = by_chance(chance, names[0])
    named = [name for _, name, _ in beside]
    wide = SMALL[0] - LEFT - SAMPLE - canvas.width(["chance 0.000", *named], FINE) - 6
    figure = canvas.figure(SMALL[0], SMALL[1] + lift)
    axes = canvas.axes(figure, LEFT, BOTTOM + lift, wide, SMALL[1] - BOTTOM - TOP)
    plot(axes, epochs, losses, color=COLORS[0])
    scale_losses(axes, losses, chance)
    scale_epochs(axes, epochs)
    axes.tick_params(labelbottom=not has_scores)
    broken = epochs[~np.isfinite(losses)]
    title = f"not finite from epoch {broken[0]:.0f}" if len(broken) else ""
    canvas.name(axes, "" if has_scores else "epoch", LOSS, title)
    name_beside(axes, beside)
    if scores is not None and has_scores:
        lower = canvas.axes(figure, LEFT, BOTTOM, wide, PANEL)
        scale_epochs(lower, epochs)
        _scores(lower, epochs, scores, names[1])
    return canvas.encoded(figure)


def _scores(axes: Axes, epochs: Floats, scores: Floats, name: str) -> None:
    """Draw validation scores, with a ring at the first of the best."""
    best = int(np.nanargmax(scores))
    axes.plot(epochs, scores, color=COLORS[0])
    axes.plot(epochs[best], scores[best], "o", color="black", fillstyle="none", clip_on=False)
    low, high = np.nanmin(scores), np.nanmax(scores)
    room = 0.15 * (high - low) or 0.05
    axes.set_ylim(low - room, high + room)
    axes.yaxis.set_major_locator(MaxNLocator(3))
    canvas.name(axes, "epoch", f"validation {name}")
    name_beside(axes, [(float(scores[best]), f"best {scores[best]:.4f}", {"alpha": 0.0})])
