"""Draw the score of several networks by the number of rows that they learned from."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.figures import canvas, number_axis
from mlp.figures.canvas import FINE, TEXT
from mlp.figures.labels import drawn_labels
from mlp.figures.loss_axes import BOTTOM, SAMPLE, TOP, name_beside
from mlp.figures.style import SMALL, line

FAR = 10  # times the scores on all rows, above which a score does not stretch the axis
ROOM = 1.15  # factor: how far the axis of rows goes beyond the outermost points
POINT: dict[str, Any] = {"markersize": 3, "markeredgewidth": 0, "alpha": 0.6}

Points = tuple[Sequence[int], Sequence[Sequence[float]]]


def draw(curves: Mapping[str, Points], score: str) -> bytes:
    """Draw a line a network through the mean scores, with a dot for each training.

    Parameters
    ----------
    curves : mapping of str to (sequence of int, sequence of sequence of float)
        Numbers of rows, and the scores of the trainings on each, by the name of the network. Scores
        that are not finite are not drawn; one at least is.
    score : str
        The name of the score.
    """
    low, high = _ends([scores for _, scores in curves.values()])
    ticks, texts = number_axis.ticks(low, high)
    left = TEXT + 18 + canvas.width(texts, FINE)
    names = drawn_labels(list(curves))
    right = SAMPLE + canvas.width(names, FINE) + 6
    figure = canvas.figure(*SMALL)
    axes = canvas.axes(figure, left, BOTTOM, SMALL[0] - left - right, SMALL[1] - BOTTOM - TOP)
    entries = []
    for i, (name, (rows, scores)) in enumerate(zip(names, curves.values(), strict=True)):
        means = [float(np.mean(each)) for each in scores]
        axes.plot(rows, means, **line(i))
        for count, each in zip(rows, scores, strict=True):
            axes.plot([count] * len(each), each, "o", color=line(i)["color"], **POINT)
        entries.append((means[-1], name, line(i)))
    counts = sorted({count for rows, _ in curves.values() for count in rows})
    axes.set(xscale="log", xlim=(counts[0] / ROOM, counts[-1] * ROOM), ylim=(low, high))
    axes.set_xticks(counts, [str(count) for count in counts])
    axes.minorticks_off()
    axes.set_yticks(ticks, texts)
    axes.grid(visible=True, axis="y")
    canvas.name(axes, "rows to learn from (log scale)", score)
    name_beside(axes, entries)
    return canvas.encoded(figure)


def _ends(curves: Sequence[Sequence[Sequence[float]]]) -> tuple[float, float]:
    """Return the ends of the axis of scores, none of which is below 0."""
    values = np.array([value for scores in curves for each in scores for value in each])
    values = values[np.isfinite(values)]
    last = np.array([value for scores in curves for value in scores[-1]])
    most = FAR * last[np.isfinite(last)].max(initial=0) or np.inf
    shown = values[values <= most]
    return number_axis.ends(np.array([shown.min(initial=most), shown.max(initial=0)]))
