"""Draw a search: the score of every candidate by an argument."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.argument_axis import scale
from mlp.figures.canvas import FINE, TEXT, Axes
from mlp.figures.style import COLORS, SMALL

LEFT, TOP, RIGHT, BOTTOM = 52.0, 40.0, 14.0, TEXT + 26  # margins in points
FAR = 2  # times as far below the best as the lower quartile is: scores below that are off the axis

POINT: dict[str, Any] = {"alpha": 0.7, "markersize": 5, "markeredgewidth": 0, "clip_on": False}
RING: dict[str, Any] = {"color": "black", "fillstyle": "none", "markersize": 10, "clip_on": False}


def draw(trials: Mapping[Any, Sequence[Any]], argument: str, scoring: str) -> bytes:
    """Draw each candidate's score, as it was judged last, by its value of an argument.

    Parameters
    ----------
    trials : mapping of str to sequence
        The columns of plots/search.csv: candidate, rung, rank, mean_score and each argument.
    argument : str
    scoring : str
        The name of the score.
    """
    rank, scores = (np.array(trials[name], dtype=np.float64) for name in ("rank", "mean_score"))
    judged = np.flatnonzero(np.isfinite(rank) & np.isfinite(scores))
    judged = judged[np.argsort(np.array(trials["candidate"])[judged], kind="stable")]
    wide, tall = SMALL[0] - LEFT - RIGHT, SMALL[1] - TOP - BOTTOM
    axis = scale([trials[argument][int(i)] for i in judged], wide)
    figure = canvas.figure(SMALL[0], SMALL[1] + axis.room)
    axes = canvas.axes(figure, LEFT, BOTTOM + axis.room, wide, tall)
    axis.apply(axes)
    axes.set(xlabel=argument, ylabel=scoring)
    axes.grid(visible=True, axis="y")
    if not len(judged):
        axes.set_title("no candidate has a score")
        return canvas.encoded(figure)
    rung, scores = np.array(trials["rung"])[judged], scores[judged]
    _points(axes, axis.places, scores, rung == rung.max(), int(rank[judged].argmin()))
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="upper center", ncols=2, frameon=False, fontsize=FINE)
    return canvas.encoded(figure)


def _points(axes: Axes, places: Floats, scores: Floats, to_the_end: Any, best: int) -> None:
    """Draw the candidates in groups; one that is far below the others stands at the lower end."""
    low, high = _ends(scores)
    is_low = scores < low
    groups = {
        "judged to the end": (to_the_end & ~is_low, "o", COLORS[0]),
        "given up before": (~to_the_end & ~is_low, "s", COLORS[1]),
        "worse than the axis shows": (is_low, "v", COLORS[2]),
    }
    for label, (here, marker, color) in groups.items():
        if here.any():
            y = np.maximum(scores[here], low)
            axes.plot(places[here], y, marker, color=color, label=label, **POINT)
    axes.plot(places[best], scores[best], "o", label="best", **RING)
    axes.set_ylim(low, high)


def _ends(scores: Floats) -> tuple[float, float]:
    """Return the ends of the axis of scores; one far below the others does not stretch it."""
    best, quartile = float(scores.max()), float(np.quantile(scores, 0.25))
    least = max(float(scores.min()), quartile - FAR * (best - quartile))
    room = 0.06 * (best - least) or 0.01
    return least - room, best + room
