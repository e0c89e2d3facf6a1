"""Draw confusion matrices."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib import colormaps

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.canvas import FINE, GREY, TEXT, Axes
from mlp.figures.labels import are_numbers, drawn_labels, shortened
from mlp.figures.png import Pixels

Counts = npt.NDArray[np.int64]
DARK = 0.5  # depth of a cell's colour above which its number is white
SIDE, LARGEST = 216.0, 420.0  # points: least and greatest side of the matrix
NUMBERED = 12  # classes above which cells are too small for numbers
LEAST = 5.5  # font size that can be read
MARGIN, LINE = 12.0, 12.0  # points: an empty margin; a line of text


@dataclass(frozen=True)
class Cells:
    """How cells look: the colour of each, how deep it is from 0 to 1, and its number."""

    colors: Pixels
    depths: Floats
    numbers: list[list[str]]
    meaning: str


def draw(counts: Counts, labels: Sequence[str], title: str) -> bytes:
    """Draw a confusion matrix: colour is the share of the actual class, numbers are rows.

    Parameters
    ----------
    counts : ndarray of int64, shape (labels, labels)
        Rows by actual (axis 0) and predicted label (axis 1).
    labels : sequence of str
    title : str
    """
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    colors = colormaps["Blues"](shares, bytes=True)
    numbers = [[short(n) for n in row] for row in counts.tolist()]
    return _matrix(
        Cells(colors, shares, numbers, "shade: share of the actual class"), labels, title
    )


def draw_change(counts: Counts, labels: Sequence[str], title: str) -> bytes:
    """Draw the difference of two confusion matrices: orange cells lost rows, purple ones gained.

    Parameters
    ----------
    counts : ndarray of int64, shape (labels, labels)
        Rows now less rows before, by actual (axis 0) and predicted label (axis 1).
    labels : sequence of str
    title : str
    """
    depths = counts / max(1, int(np.abs(counts).max(initial=0)))
    colors = colormaps["PuOr"]((depths + 1) / 2, bytes=True)
    numbers = [[short(n, "+") for n in row] for row in counts.tolist()]
    cells = Cells(colors, np.abs(depths), numbers, "orange: fewer rows, purple: more")
    return _matrix(cells, labels, title)


def short(count: int, sign: str = "") -> str:
    """Return a number of rows in at most five characters, and nothing for 0.

    >>> [short(n) for n in (0, 9_999, 12_345, 1_200_000)]
    ['', '9999', '12k', '1M']
    """
    unit, letter = 1, ""
    for larger, text in ((1_000, "k"), (1_000_000, "M"), (1_000_000_000, "G")):
        if abs(count) >= 10 * larger or (unit > 1 and abs(count) >= larger):
            unit, letter = larger, text
    return f"{count / unit:{sign}.0f}{letter}" if count else ""


def _matrix(cells: Cells, labels: Sequence[str], title: str) -> bytes:
    """Draw cells of actual by predicted class, with room for the names of the classes."""
    count, names = len(labels), drawn_labels(labels)
    side = min(LARGEST, max(SIDE, 8.0 * count))
    cell = side / count
    size = min(FINE, max(LEAST, 0.8 * cell))
    wide = canvas.width(names, size)
    is_upright = wide > 0.9 * cell
    left, bottom = wide + LINE + MARGIN, (wide if is_upright else size) + 2 * LINE + MARGIN
    figure = canvas.figure(left + side + MARGIN, bottom + side + 1.5 * LINE)
    axes = canvas.axes(figure, left, bottom, side, side)
    axes.imshow(cells.colors, interpolation="nearest", aspect="auto")
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(True)
    kind = "class, by number" if are_numbers(labels) else "class"
    canvas.name(axes, f"predicted {kind}", f"actual {kind}", shortened(title), lift=LINE)
    for i in range(0, count, math.ceil(1.15 * size / cell)):  # each name needs its line
        middle = (i + 0.5) * cell
        canvas.write(axes, -4, side - middle, names[i], fontsize=size, ha="right")
        turned = {"rotation": 90, "va": "top"} if is_upright else {"va": "top"}
        canvas.write(axes, middle, -4, names[i], fontsize=size, ha="center", **turned)
    meaning = cells.meaning
    if count <= NUMBERED:
        _numbers(axes, cells, cell)
        meaning = f"numbers: rows, {meaning}"
    canvas.write(axes, side, 5 - bottom, meaning, color=GREY, ha="right", va="bottom")
    return canvas.encoded(figure)


def _numbers(axes: Axes, cells: Cells, side: float) -> None:
    """Write the numbers into their cells, white where the colour is deep."""
    widest = canvas.width((text for row in cells.numbers for text in row), TEXT)
    size = TEXT * min(1, 0.85 * side / max(widest, 1))
    for (actual, predicted), depth in np.ndenumerate(cells.depths):
        if text := cells.numbers[actual][predicted]:
            place = ((predicted + 0.5) * side, (len(cells.numbers) - actual - 0.5) * side)
            color = "white" if depth > DARK else "black"
            canvas.write(axes, *place, text, color=color, fontsize=size, ha="center")
