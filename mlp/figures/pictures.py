"""Draw what the report shows of one network, as PNG bytes: equal data give equal bytes."""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import colormaps, image
from matplotlib.figure import Figure

from mlp.core.files import Floats, Labels
from mlp.figures.charts import DPI, as_text, drawn_labels, png

# Okabe and Ito's colours without yellow, which is too pale on white.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
MARKERS = "osD^vPX*"  # with the colours, 56 classes have a sign of their own
UNITS = 100  # of the first layer, whose weights are drawn
ACROSS = 10  # of them in a row
SMALL = (4.4, 4.0)  # inches: side by side on a screen, one below the other on a phone


def calibration(table: pd.DataFrame) -> bytes:
    """Draw how often a network is right by how sure it is, and how many rows are in each bin.

    Parameters
    ----------
    table : DataFrame
        See `mlp.evaluate.calibration.bins`.
    """
    figure = Figure(figsize=SMALL, layout="constrained")
    upper, lower = figure.subplots(2, 1, height_ratios=(3, 1), sharex=True)
    upper.plot([0, 1], [0, 1], color="0.45", linewidth=1)
    error = [
        table["accuracy"] - table["accuracy_low"],
        table["accuracy_high"] - table["accuracy"],
    ]
    x, y = table["confidence"], table["accuracy"]
    upper.errorbar(x, y, np.maximum(error, 0), fmt="o", color=COLORS[0], capsize=3)
    upper.set(ylabel="share that is right", ylim=(-0.03, 1.03), xlim=(0, 1))
    lower.bar(table["low"], table["rows"], width=0.1, align="edge", color=COLORS[0], edgecolor="w")
    lower.set(xlabel="confidence", ylabel="rows", yscale="log", ylim=(0.7, None))
    return png(figure)


@as_text
def projection(places: Floats, actual: Labels, labels: Sequence[str]) -> bytes:
    """Draw rows as points on two axes, with a colour, a shape and a name for each class.

    Parameters
    ----------
    places : ndarray of float64, shape (rows, 2)
    actual : ndarray of str objects, shape (rows,)
    labels : sequence of str
        All classes, in their order.
    """
    figure = Figure(figsize=SMALL, layout="constrained")
    axes = figure.subplots()
    box = {"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none", "alpha": 0.8}
    style: dict[str, Any] = {"weight": "bold", "ha": "center", "va": "center", "bbox": box}
    names = drawn_labels(labels)
    for i, label in enumerate(labels):
        points = places[actual == label]
        color = COLORS[i % len(COLORS)]
        marker = MARKERS[(i // len(COLORS) + i % len(COLORS)) % len(MARKERS)]
        x, y = points.T
        axes.scatter(x, y, s=14, color=color, marker=marker, linewidths=0, alpha=0.8)
    for i, label in enumerate(labels):
        points = places[actual == label]
        if len(points):
            x, y = np.median(points, axis=0)
            axes.text(x, y, names[i], color=COLORS[i % len(COLORS)], **style)
    axes.set(xlabel="first principal component", ylabel="second")
    return png(figure)


def weights(matrix: Floats, shape: Sequence[int]) -> bytes:
    """Draw the first units' weights as pictures: red above 0, blue below, white 0.

    Parameters
    ----------
    matrix : ndarray of float64, shape (pixels, units)
    shape : sequence of int
        Rows and columns of a picture.
    """
    shown = matrix.T[:UNITS]
    tall, wide = shape[0] + 1, shape[1] + 1
    lines = -(-len(shown) // ACROSS)
    sheet = np.full((lines * tall + 1, min(ACROSS, len(shown)) * wide + 1), np.nan)
    for i, unit in enumerate(shown):
        y, x = i // ACROSS * tall + 1, i % ACROSS * wide + 1
        sheet[y : y + shape[0], x : x + shape[1]] = unit.reshape(shape)
    with np.errstate(all="ignore"):  # a network that diverged has weights that are no numbers
        most = float(np.nanmax(np.abs(shown), initial=0)) or 1.0
        colored = colormaps["RdBu_r"]((sheet / most + 1) / 2)
    colored[np.isnan(sheet)] = (0.75, 0.75, 0.75, 1)
    return _pixels(colored)


def pixels(values: Floats, shape: Sequence[int]) -> bytes:
    """Draw a row as a picture of one pixel a value, black where it is largest.

    Parameters
    ----------
    values : ndarray of float64, shape (pixels,)
    shape : sequence of int
    """
    least, most = float(values.min()), float(values.max())
    shares = (values - least) / ((most - least) or 1.0)
    return _pixels(colormaps["gray_r"](shares.reshape(shape)))


def _pixels(colored: Floats) -> bytes:
    buffer = io.BytesIO()
    nameless: dict[str, Any] = {"Software": None}  # which would be a version number
    image.imsave(buffer, colored, format="png", dpi=DPI, metadata=nameless)
    return buffer.getvalue()
