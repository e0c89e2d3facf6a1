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
    Entry,
    by_chance,
    name_beside,
    plot,
    scale_epochs,
    scale_losses,
)
from mlp.figures.style import COLORS, SMALL

PANEL, BETWEEN = 92.0, 12.0  # points: height of the panel of scores, and of the gap above it
SHOWN = 2.0  # of scores below the best: R² has no lower bound
HUGE = 1000.0  # a score from which four digits after the point say nothing


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
        The loss of a guess that ignores the inputs, such as ln(classes); 0 if there is none.
    scores : ndarray of float64, shape (epochs,), optional
        The score on the rows that early stopping holds back; NaN without it.
    names : (str, str)
        Of that guess and of that score.
    """
    has_scores = scores is not None and bool(np.isfinite(scores).any())
    lift = PANEL + BETWEEN if has_scores else 0.0
    guess = by_chance(chance, names[0])
    best = _best(scores) if scores is not None and has_scores else []
    texts = ["chance 0.000", *(text for _, text, _ in guess + best)]
    wide = SMALL[0] - LEFT - SAMPLE - canvas.width(texts, FINE) - 6
    figure = canvas.figure(SMALL[0], SMALL[1] + lift)
    axes = canvas.axes(figure, LEFT, BOTTOM + lift, wide, SMALL[1] - BOTTOM - TOP)
    plot(axes, epochs, losses, color=COLORS[0])
    scale_losses(axes, losses, chance)
    scale_epochs(axes, epochs)
    axes.tick_params(labelbottom=not has_scores)
    broken = epochs[~np.isfinite(losses)]
    title = f"not finite from epoch {broken[0]:.0f}" if len(broken) else ""
    canvas.name(axes, "" if has_scores else "epoch", LOSS, title)
    name_beside(axes, guess)
    if scores is not None and has_scores:
        lower = canvas.axes(figure, LEFT, BOTTOM, wide, PANEL)
        scale_epochs(lower, epochs)
        _scores(lower, epochs, scores, names[1])
        name_beside(lower, best)
    return canvas.encoded(figure)


def _best(scores: Floats) -> list[Entry]:
    """Return the name of the best score."""
    best = float(np.nanmax(scores))
    text = f"{best:.4f}" if abs(best) < HUGE else f"{best:.3g}"
    return [(best, f"best {text}", {"alpha": 0.0})]


def _scores(axes: Axes, epochs: Floats, scores: Floats, name: str) -> None:
    """Draw validation scores, with a ring at the first of the best."""
    best = int(np.nanargmax(scores))
    axes.plot(epochs, scores, color=COLORS[0])
    axes.plot(epochs[best], scores[best], "o", color="black", fillstyle="none", clip_on=False)
    high = np.nanmax(scores)
    low = max(np.nanmin(scores), high - SHOWN)
    room = 0.15 * (high - low) or 0.05
    axes.set_ylim(low - room, high + room)
    axes.yaxis.set_major_locator(MaxNLocator(3))
    canvas.name(axes, "epoch", f"validation {name}")
