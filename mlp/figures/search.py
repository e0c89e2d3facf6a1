"""Draw a search: the score of every candidate against each argument."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.argument_axis import Scale, scale
from mlp.figures.canvas import FINE, TEXT, Axes, Figure
from mlp.figures.style import COLORS

COLUMNS = 3
WIDE, TALL = 196.0, 140.0  # points: a panel
LEFT, BETWEEN, LEGEND = 52.0, 14.0, 34.0  # points: left margin, a gap, the legend at the top
FAR = 2  # times as far below the best as the lower quartile is: scores below that are off the axis

POINT: dict[str, Any] = {"alpha": 0.7, "markersize": 5, "markeredgewidth": 0, "clip_on": False}
RING: dict[str, Any] = {"color": "black", "fillstyle": "none", "markersize": 10, "clip_on": False}


def draw(trials: Mapping[Any, Sequence[Any]], arguments: Sequence[str], scoring: str) -> bytes:
    """Draw a panel an argument: each candidate's score, as it was judged last, by its value.

    Parameters
    ----------
    trials : mapping of str to sequence
        The columns of plots/search.csv: candidate, rung, rank, mean_score and each argument.
    arguments : sequence of str
        At least one.
    scoring : str
        The name of the score.
    """
    rank, scores = (np.array(trials[name], dtype=np.float64) for name in ("rank", "mean_score"))
    judged = np.flatnonzero(np.isfinite(rank) & np.isfinite(scores))
    judged = judged[np.argsort(np.array(trials["candidate"])[judged], kind="stable")]
    scales = {name: scale([trials[name][int(i)] for i in judged], WIDE) for name in arguments}
    figure, panels = _panels(scales, scoring)
    if not len(judged):
        panels[0].set_title("no candidate has a score")
        return canvas.encoded(figure)
    rung, scores = np.array(trials["rung"])[judged], scores[judged]
    for panel, one in zip(panels, scales.values(), strict=True):
        _points(panel, one.places, scores, rung == rung.max(), int(rank[judged].argmin()))
    handles, labels = panels[0].get_legend_handles_labels()
    across = 4 if len(panels) > 1 else 2
    figure.legend(handles, labels, loc="upper center", ncols=across, frameon=False, fontsize=FINE)
    return canvas.encoded(figure)


def _panels(scales: Mapping[str, Scale], scoring: str) -> tuple[Figure, list[Axes]]:
    """Return empty panels, an argument each, with room for the values below them."""
    columns = min(COLUMNS, len(scales))
    rooms = [one.room for one in scales.values()]
    lines = [max(rooms[i : i + columns]) for i in range(0, len(rooms), columns)]
    below = [TALL + room + TEXT + 26 for room in lines]
    tall = LEGEND + sum(below)
    figure, panels = canvas.figure(LEFT + columns * (WIDE + BETWEEN), tall), []
    for i, (name, one) in enumerate(scales.items()):
        line, column = divmod(i, columns)
        left, bottom = LEFT + column * (WIDE + BETWEEN), tall - LEGEND - sum(below[:line]) - TALL
        axes = canvas.axes(figure, left, bottom, WIDE, TALL)
        one.apply(axes)
        axes.set(xlabel=name, ylabel="" if column else scoring)
        axes.tick_params(axis="y", labelleft=not column)
        axes.grid(visible=True, axis="y")
        panels.append(axes)
    return figure, panels


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
