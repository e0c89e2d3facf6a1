"""Axes of loss by epoch, and names to the right of them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.ticker import MaxNLocator

from mlp.core.files import Floats
from mlp.core.residuals import shown
from mlp.figures import canvas
from mlp.figures.canvas import FINE, GREY, Axes
from mlp.figures.places import spread
from mlp.figures.style import log_ticks

LARGE = 1000.0  # from which a loss is written as numbers of the target are
LARGEST = 1e300  # a loss above this is not drawn
LEFT, BOTTOM, TOP = 58.0, 34.0, 20.0  # margins in points
SAMPLE = 22.0  # points: the length of a line beside its name, with the gap
LOSS = "training loss (log scale)"

Entry = tuple[float, str, dict[str, Any]]  # a value on the y axis, its name, the style of its line


def plot(axes: Axes, epochs: Floats, losses: Floats, **style: Any) -> None:
    """Draw a line, broken where a loss is not finite; a single loss is a dot."""
    shown = _is_drawn(losses)
    marker = "o" if shown.sum() == 1 else None
    axes.plot(epochs, np.where(shown, losses, np.nan), marker=marker, **style)


def by_chance(chance: float, name: str = "chance") -> list[Entry]:
    """Return the name of the loss of a guess; none where it is 0, which no such axis reaches."""
    style = {"color": GREY, "linewidth": 1}
    text = shown(chance) if chance >= LARGE else f"{chance:#.3g}"
    return [(chance, f"{name} {text}", style)] if chance > 0 else []


def scale_losses(axes: Axes, losses: Floats, chance: float) -> None:
    """Give all losses and chance their room on a logarithmic axis."""
    values = np.append(losses, chance)
    values = values[_is_drawn(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.1, 1.0)
    room = max((high / low) ** 0.05, 1.05)
    low, high = low / room, high * room
    ticks = log_ticks(low, high)
    if len(ticks) < 3:  # noqa: PLR2004 - two values do not show a scale
        ticks = [float(t) for t in MaxNLocator(4).tick_values(low, high) if low < t < high]
    axes.set(yscale="log", ylim=(low, high))
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    if chance > 0:
        axes.axhline(chance, color=GREY, linewidth=1, zorder=1)


def scale_epochs(axes: Axes, epochs: Floats) -> None:
    """Begin at 0 and put ticks at whole epochs."""
    axes.set_xlim(0, 1.03 * float(epochs.max(initial=1)))
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]))
    axes.grid(visible=True, axis="y")


def name_beside(axes: Axes, entries: Sequence[Entry]) -> None:
    """Write names to the right of axes, as near to their values as their number allows."""
    wide, tall = canvas.size(axes)
    low, high = axes.get_ylim()
    as_drawn = np.log if axes.get_yscale() == "log" else np.array
    places = []
    for value, _, _ in entries:
        inside = min(max(value, low), high) if np.isfinite(value) else high
        first, middle, last = as_drawn([low, inside, high])
        places.append(float((middle - first) / (last - first)) * tall)
    for y, (_, name, style) in zip(spread(places, 1.3 * FINE, 0, tall), entries, strict=True):
        ends = (1 + 3 / wide, 1 + (SAMPLE - 3) / wide)
        axes.plot(ends, (y / tall, y / tall), transform=axes.transAxes, clip_on=False, **style)
        canvas.write(axes, wide + SAMPLE, y, name)


def _is_drawn(losses: Floats) -> npt.NDArray[np.bool_]:
    return np.isfinite(losses) & (losses > 0) & (losses < LARGEST)
