"""Draw how often a network is right by how sure it is."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.figures import canvas
from mlp.figures.canvas import GREY
from mlp.figures.style import COLORS, SMALL, log_ticks

LEFT, RIGHT, BOTTOM, TOP = 52.0, 12.0, 34.0, 20.0  # margins in points
ENDS = (-0.03, 1.03)  # of an axis of shares: a point at 0 or 1 is not cut off
PANEL, BETWEEN = 50.0, 12.0  # height of the panel of rows, and of the gap above it


def draw(bins: Sequence[Mapping[Any, float]]) -> bytes:
    """Draw the share that is right by confidence, and below it how many rows are in each bin.

    Parameters
    ----------
    bins : sequence of mapping
        For every bin that holds rows: low and high, its bounds; rows; confidence, their mean;
        accuracy, the share that is right, and its interval, accuracy_low and accuracy_high.
    """
    low, high, rows, confidence, accuracy, accuracy_low, accuracy_high = (
        np.array([row[key] for row in bins], dtype=np.float64)
        for key in (
            "low", "high", "rows", "confidence", "accuracy", "accuracy_low", "accuracy_high"
        )
    )  # fmt: skip
    wide = SMALL[0] - LEFT - RIGHT
    bottom = BOTTOM + PANEL + BETWEEN
    figure = canvas.figure(*SMALL)
    upper = canvas.axes(figure, LEFT, bottom, wide, SMALL[1] - bottom - TOP)
    upper.plot([0, 1], [0, 1], color=GREY, linewidth=1)
    style: dict[str, Any] = {"color": COLORS[0], "linewidth": 1.5, "clip_on": False}
    upper.vlines(confidence, accuracy_low, accuracy_high, **style)
    upper.plot(confidence, accuracy, "o", color=COLORS[0], markersize=5, clip_on=False)
    upper.set(xlim=ENDS, ylim=ENDS)
    canvas.name(upper, y="share that is right", title="" if bins else "no finite confidence")
    upper.tick_params(labelbottom=False)
    upper.grid(visible=True)
    lower = canvas.axes(figure, LEFT, BOTTOM, wide, PANEL)
    lower.bar(low, rows, width=high - low, align="edge", color=COLORS[0], edgecolor="white")
    most = 1.3 * float(rows.max(initial=1))
    lower.set(xlim=ENDS, yscale="log", ylim=(0.7, most))
    canvas.name(lower, "confidence", "rows")
    ticks = log_ticks(1, most)[::2]
    lower.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    lower.minorticks_off()
    return canvas.encoded(figure)
