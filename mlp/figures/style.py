"""Colours, markers, dashes, sizes and ticks of the figures."""

import math
from typing import Any

# Okabe and Ito's colours, which keep their difference under every common colour blindness, without
# yellow, which is too pale on white.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
# For up to 14 classes at once: the same, and seven more that differ from them and from each other.
DISTINCT = (*COLORS, "#882255", "#999933", "#332288", "#8C6D46", "#7F7F7F", "#AA0044", "#00BBBB")
SHAPES = "osD^vPX<>*pdhH"
DASHES: list[Any] = ["-", "--", "-.", ":", (0, (6, 1, 1, 1, 1, 1)), (0, (8, 3)), (0, (2, 1))]
TICKS = 7  # on an axis, at most
SMALL = (330.0, 250.0)  # points: side by side on a screen, one below the other on a phone


def log_ticks(low: float, high: float, most: int = TICKS) -> list[float]:
    """Return round values for a logarithmic axis from ``low`` to ``high``, above 0.

    >>> log_ticks(0.3, 20)
    [0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
    >>> log_ticks(1e-5, 2)
    [1e-05, 0.0001, 0.001, 0.01, 0.1, 1.0]
    """
    first, last = math.floor(math.log10(low)), math.floor(math.log10(high))
    powers = [float(f"1e{n}") for n in range(first, last + 1)]
    fine = [power * step for power in powers for step in (1, 2, 5)]
    shown = [tick for tick in fine if low <= tick <= high]
    if len(shown) > most:
        shown = [power for power in powers if power >= low]
    return shown[:: max(1, math.ceil(len(shown) / most))]


def line(i: int) -> dict[str, Any]:
    """Return the colour and the dashes of the i-th line; 49 lines differ."""
    count = len(COLORS)
    return {"color": COLORS[i % count], "linestyle": DASHES[(i + i // count) % count]}


def point(i: int) -> dict[str, Any]:
    """Return the colour and the shape of the i-th class; 14 classes differ in both."""
    return {"color": DISTINCT[i % len(DISTINCT)], "marker": SHAPES[i % len(SHAPES)]}
