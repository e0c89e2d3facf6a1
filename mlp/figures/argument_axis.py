"""Place the values of an argument on an axis: numbers along it, choices side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.canvas import FINE, Axes
from mlp.figures.labels import shortened
from mlp.figures.style import log_ticks

WIDE = 30  # ratio of the greatest to the least value from which an axis is logarithmic
FEW = 6  # values up to which a number is drawn as a choice
TICKS = 4  # on an axis of numbers


@dataclass(frozen=True)
class Scale:
    """Where values lie on an axis, and its ticks.

    Attributes
    ----------
    places : ndarray of float64, shape (values,)
    ends : (float, float)
    ticks : sequence of float
    texts : list of str
        What stands below each tick.
    is_log, is_upright : bool
        Whether the axis is logarithmic, and whether its texts run upwards.
    """

    places: Floats
    ends: tuple[float, float]
    ticks: Sequence[float]
    texts: list[str]
    is_log: bool = False
    is_upright: bool = False

    @property
    def room(self) -> float:
        """Height in points of the texts below the axis."""
        return canvas.width(self.texts, FINE) if self.is_upright else FINE

    def apply(self, axes: Axes) -> None:
        axes.set(xscale="log" if self.is_log else "linear", xlim=self.ends)
        axes.set_xticks(self.ticks, self.texts, rotation=90 if self.is_upright else 0)
        axes.xaxis.minorticks_off()


def scale(values: Sequence[Any], wide: float) -> Scale:
    """Return the scale of an argument's values on an axis of a width in points."""
    are_numbers = all(map(_is_number, values))
    if len(set(map(str, values))) > FEW and are_numbers:
        return _numbers(np.array(values, dtype=np.float64))
    texts = [_as_in_params(value) for value in values]
    choices = sorted(set(texts), key=float if are_numbers else lambda text: (len(text), text))
    return _choices(texts, choices, wide)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _numbers(values: Floats) -> Scale:
    finite = values[np.isfinite(values)]
    low, high = float(finite.min()), float(finite.max())
    if low > 0 and high / low > WIDE:
        room = (high / low) ** 0.04
        ends = (low / room, high * room)
        ticks = log_ticks(*ends, most=TICKS)
        return Scale(values, ends, ticks, [f"{tick:g}" for tick in ticks], is_log=True)
    room = 0.04 * (high - low)
    ends = (low - room, high + room)
    ticks = [float(t) for t in MaxNLocator(TICKS).tick_values(low, high) if ends[0] <= t <= ends[1]]
    return Scale(values, ends, ticks, [f"{tick:g}" for tick in ticks])


def _as_in_params(value: Any) -> str:
    """Return a value as params.yaml has it."""
    if isinstance(value, bool | np.bool_):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _choices(texts: list[str], choices: list[str], wide: float) -> Scale:
    """Place equal choices beside each other, so that they are not drawn as one point."""
    names = [shortened(text) for text in choices]
    aside = np.linspace(-0.2, 0.2, len(texts))
    places = np.array([choices.index(text) for text in texts], dtype=np.float64) + aside
    count = max(1, len(choices))
    is_upright = canvas.width(names, FINE) + 6 > wide / count
    ends = (-0.5, count - 0.5)
    shown = range(0, len(names), math.ceil(1.2 * FINE * count / wide))
    return Scale(places, ends, list(shown), [names[i] for i in shown], is_upright=is_upright)
