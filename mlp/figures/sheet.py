"""Draw rows that are pictures on one sheet, each with a caption."""

from collections.abc import Sequence

from mlp.core.files import Floats
from mlp.figures import canvas
from mlp.figures.canvas import FINE

ACROSS = 3  # pictures in a line, so that captions can be read on a phone
WIDE, TALL, GAP = 118.0, 84.0, 6.0  # of a cell without its caption, in points
LINE = 1.3 * FINE  # of a caption


def draw(captions: Sequence[str], pictures: Floats, shape: Sequence[int]) -> bytes:
    """Draw rows as pictures with a caption above each, dark where a value is large.

    Parameters
    ----------
    captions : sequence of str
        At least one, all of as many lines.
    pictures : ndarray of float64, shape (captions, pixels)
    shape : sequence of int
        Rows and columns of a picture.
    """
    above = LINE * (captions[0].count("\n") + 1) + GAP
    across = min(ACROSS, len(captions))
    lines = -(-len(captions) // across)
    figure = canvas.figure(WIDE * across, (TALL + above) * lines)
    axes = canvas.axes(figure, 0, 0, WIDE * across, (TALL + above) * lines)
    axes.set_axis_off()
    scale = min((WIDE - GAP) / shape[1], (TALL - GAP) / shape[0])
    half, height = scale * shape[1] / 2, scale * shape[0]
    for place, (caption, values) in enumerate(zip(captions, pictures, strict=True)):
        middle = WIDE * (place % across + 0.5)
        top = (TALL + above) * (lines - place // across) - above
        extent = (middle - half, middle + half, top - height, top)
        axes.imshow(values.reshape(shape), cmap="gray_r", extent=extent, interpolation="nearest")
        axes.text(middle, top + GAP / 2, caption, ha="center", va="bottom", fontsize=FINE)
    axes.set(xlim=(0, WIDE * across), ylim=(0, (TALL + above) * lines), aspect="auto")
    return canvas.encoded(figure)
