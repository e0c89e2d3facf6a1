"""Draw what the report shows, as PNG bytes: equal data give equal bytes."""

import io
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.patches import Rectangle

from mlp.core.bidi import is_right_to_left
from mlp.core.files import Floats

# Okabe and Ito's colours, which keep their difference under every common colour blindness.
LINES = [("#0072B2", "-"), ("#D55E00", "--"), ("#009E73", "-."), ("#CC79A7", ":")]
DPI = 110
as_text = rc_context({"text.parse_math": False})  # a $ in a label does not begin a formula
DARK = 0.5  # share of a class above which a cell needs white text
MOST_LETTERS = 40  # of the labels below a matrix, above which they stand upright
LONGEST = 14  # characters of a label, above which it is shortened
MOST_NUMBERS = 12  # classes above which a matrix's cells are too small for numbers


@as_text
def confusion(counts: npt.NDArray[np.int64], labels: Sequence[str], title: str) -> bytes:
    """Draw a confusion matrix: colour is the share of the actual class, numbers are rows.

    Parameters
    ----------
    counts : ndarray of int64, shape (labels, labels)
        Rows by actual (axis 0) and predicted label (axis 1).
    """
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = _matrix(labels, title)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    _numbers(axes, counts, shares, "d")
    return png(figure)


def loss_curves(histories: Mapping[str, pd.DataFrame], chance: float) -> bytes:
    """Draw training loss by epoch, a line a network, with the loss of knowing nothing.

    Parameters
    ----------
    histories : mapping of str to DataFrame
        Columns iteration and loss.
    chance : float
        ln(classes), the loss of giving every class the same probability.
    """
    figure = Figure(figsize=(7.2, 4), layout="constrained")
    axes = figure.subplots()
    for (name, history), (color, style) in zip(histories.items(), LINES, strict=False):
        marker = "o" if len(history) == 1 else None
        x, y = history["iteration"], history["loss"]
        axes.plot(x, y, color=color, linestyle=style, marker=marker, label=name)
    axes.axhline(chance, color="0.45", linewidth=1, label="equal probabilities")
    axes.set(xlabel="epoch", ylabel="training loss (log scale)", yscale="log")
    axes.legend()
    return png(figure)


@as_text
def confusion_change(counts: npt.NDArray[np.int64], labels: Sequence[str], title: str) -> bytes:
    """Draw the difference of two confusion matrices: orange cells lost rows, purple ones gained.

    Parameters
    ----------
    counts : ndarray of int64, shape (labels, labels)
        Rows now less rows before, by actual (axis 0) and predicted label (axis 1).
    """
    figure, axes = _matrix(labels, title)
    most = max(1, int(np.abs(counts).max(initial=0)))
    axes.imshow(counts, cmap="PuOr", vmin=-most, vmax=most)
    _numbers(axes, counts, np.abs(counts) / most, "+d")
    return png(figure)


@as_text
def gallery(captions: Sequence[str], pictures: Floats, shape: Sequence[int]) -> bytes:
    """Draw rows as pictures with a caption above each.

    Parameters
    ----------
    captions : sequence of str
        At least one.
    pictures : ndarray of float64, shape (captions, pixels)
    shape : sequence of int
        Rows and columns of a picture.
    """
    columns = min(5, len(captions))
    lines = -(-len(captions) // columns)
    figure = Figure(figsize=(1.6 * columns, 2 * lines), layout="constrained")
    cells = figure.subplots(lines, columns, squeeze=False).ravel()
    for cell in cells:
        cell.set_axis_off()
    for cell, caption, picture in zip(cells, captions, pictures, strict=False):
        cell.imshow(picture.reshape(shape), cmap="gray_r")
        cell.set_title(caption, fontsize=9)
    return png(figure)


def graph(edges: Sequence[tuple[str, str]]) -> bytes:
    """Draw the stages as boxes, left to right in the order in which they can run.

    Parameters
    ----------
    edges : sequence of (str, str)
        A stage, and a stage that reads what it writes.
    """
    order = nx.transitive_reduction(nx.DiGraph(edges))
    places = _places(order)
    figure = Figure(figsize=(9.6, 2.6), layout="constrained")
    axes = figure.subplots()
    axes.set_axis_off()
    for name, (x, y) in places.items():
        axes.add_patch(Rectangle((x - 0.4, y - 0.25), 0.8, 0.5, fc="#E8F1F8", ec="#0072B2"))
        axes.text(x, y, name.replace("@", "\n@"), ha="center", va="center", fontsize=9)
    for start, end in sorted(order.edges):  # networkx keeps them in sets, whose order varies
        (x0, y0), (x1, y1) = places[start], places[end]
        arrow = {"arrowstyle": "-|>", "color": "0.35", "shrinkA": 0, "shrinkB": 0, "zorder": 0}
        axes.annotate("", (x1 - 0.4, y1), (x0 + 0.4, y0), arrowprops=arrow)
    axes.autoscale_view()
    return png(figure)


def _matrix(labels: Sequence[str], title: str) -> tuple[Figure, Axes]:
    """Return empty axes of actual by predicted class."""
    is_large = len(labels) > MOST_NUMBERS
    figure = Figure(figsize=(7.2, 7.2) if is_large else (4.6, 4.6), layout="constrained")
    axes = figure.subplots()
    names = drawn_labels(labels)
    kind = "class" if names == list(labels) or "…" in "".join(names) else "class, by number"
    axes.set(title=title, xlabel=f"predicted {kind}", ylabel=f"actual {kind}")
    is_wide = sum(len(name) for name in names) > MOST_LETTERS
    size = max(4, min(10, 300 / len(labels)))  # points
    axes.set_xticks(range(len(names)), names, rotation=90 if is_wide else 0, fontsize=size)
    axes.set_yticks(range(len(names)), names, fontsize=size)
    return figure, axes


def _numbers(axes: Axes, counts: npt.NDArray[np.int64], depth: Floats, style: str) -> None:
    """Write the numbers that are not 0 into their cells, white where the colour is deep."""
    if len(counts) > MOST_NUMBERS:
        return
    for (actual, predicted), count in np.ndenumerate(counts):
        if count:
            color = "white" if depth[actual, predicted] > DARK else "black"
            axes.text(
                predicted, actual, format(count, style), ha="center", va="center", color=color
            )


def _places(order: "nx.DiGraph[str]") -> dict[str, tuple[float, float]]:
    """Return a place for every stage: a column a generation, inmost what the next column reads."""
    places: dict[str, tuple[float, float]] = {}
    generations = [sorted(names) for names in nx.topological_generations(order)]
    for x, (names, following) in enumerate(zip(generations, [*generations[1:], []], strict=True)):
        names.sort(key=lambda name: not set(order.successors(name)) & set(following))
        for i, name in enumerate(names):
            places[name] = (1.2 * x, 1.5 * (-1) ** i * ((i + 1) // 2))
    return places


def drawn_labels(labels: Sequence[str]) -> list[str]:
    """Return labels as they can be drawn: shortened, or by number from 1.

    All are numbered where one holds a character that the font lacks or that is written from right
    to left, or where two are alike when shortened.
    """
    texts = [label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…" for label in labels]
    if len(set(texts)) == len(texts) and all(map(_is_drawable, labels)):
        return texts
    return [str(number) for number in range(1, len(labels) + 1)]


def _is_drawable(text: str) -> bool:
    font = get_font(findfont("DejaVu Sans"))
    return not is_right_to_left(text) and all(
        character.isprintable() and font.get_char_index(ord(character)) > 0 for character in text
    )


def png(figure: Figure) -> bytes:
    """Return a figure as the bytes of a PNG file."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()
