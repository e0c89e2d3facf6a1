"""Import matplotlib lightly, place axes by margins in points, and return figures as PNG bytes.

There is no pyplot and no layout engine: each figure measures its labels and states its margins,
which takes half the time. Import `Axes` and `Figure` from here: the module that imports matplotlib
first decides how long that takes.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import artist

from mlp.figures import png

__all__ = ["Axes", "Figure", "axes", "encoded", "figure", "name", "size", "width", "write"]

POINTS = 72  # an inch
DPI = 180  # so that a figure is sharp where it is shown at half of its pixels
TEXT, FINE = 9.0, 8.0  # points: of titles and axis labels; of ticks, names and notes
GREY = "0.35"
EDGE = 5.0  # points: between a name and the edge of the figure, or the axes below a title


@contextmanager
def _undocumented() -> Iterator[None]:
    """Keep matplotlib from writing a docstring for every artist while it is imported.

    That takes half of the time of the import. If matplotlib renames what is replaced here, only
    that time is lost.
    """
    name = "_update_set_signature_and_docstring"
    document, kwdoc = artist.Artist.__dict__.get(name), artist.kwdoc
    setattr(artist.Artist, name, classmethod(lambda _: None))
    artist.kwdoc = lambda artist: ""  # noqa: ARG005 - a name that others may pass it by
    try:
        yield
    finally:
        setattr(artist.Artist, name, document)
        artist.kwdoc = kwdoc


with _undocumented():
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font
mpl.rcdefaults()  # the user's matplotlibrc changes no figure
mpl.rc("font", family=["DejaVu Sans"])
mpl.rc("text", parse_math=False)  # a $ in a label does not begin a formula
mpl.rc("axes", titlesize=TEXT + 1, labelsize=TEXT, edgecolor=GREY, axisbelow=True)
mpl.rc("axes.spines", top=False, right=False)
mpl.rc("xtick", labelsize=FINE, color=GREY, labelcolor="black")
mpl.rc("ytick", labelsize=FINE, color=GREY, labelcolor="black")
mpl.rc("grid", color="0.88", linewidth=0.6)


def figure(wide: float, tall: float) -> Figure:
    """Return an empty figure of a size in points."""
    return Figure(figsize=(wide / POINTS, tall / POINTS), dpi=DPI)


def axes(on: Figure, left: float, bottom: float, wide: float, tall: float) -> Axes:
    """Return axes whose lower left corner and size are in points."""
    x, y = on.get_size_inches() * POINTS
    return on.add_axes((left / x, bottom / y, wide / x, tall / y))


def name(on: Axes, x: str = "", y: str = "", title: str = "", *, lift: float = 0) -> None:
    """Name axes at the edges of their figure, where matplotlib need not look for room.

    Parameters
    ----------
    on : Axes
    x, y, title : str
    lift : float
        Distance in points of the x axis' name from where it would be otherwise.
    """
    left, bottom, wide, tall = _box(on)
    on.set_xlabel(x, va="bottom")
    on.xaxis.set_label_coords(0.5, (lift + EDGE - bottom) / tall)
    on.set_ylabel(y, va="top")
    on.yaxis.set_label_coords((EDGE - left) / wide, 0.5)
    on.set_title(title, y=1, pad=EDGE)


def write(on: Axes, x: float, y: float, text: str, **style: Any) -> None:
    """Write a text at a distance in points from the lower left corner of axes."""
    _, _, wide, tall = _box(on)
    style.setdefault("fontsize", FINE)
    style.setdefault("va", "center_baseline")
    on.text(x / wide, y / tall, text, transform=on.transAxes, **style)


def encoded(drawn: Figure) -> bytes:
    """Return a figure as the bytes of a PNG file; equal figures give equal bytes."""
    canvas = FigureCanvasAgg(drawn)
    pixels, (wide, tall) = canvas.print_to_buffer()  # type: ignore[no-untyped-call]
    return png.colored(np.frombuffer(pixels, dtype=np.uint8).reshape(tall, wide, 4))


def width(texts: Iterable[str], points: float) -> float:
    """Return the width in points of the widest text at a font size; 0 if there is none."""
    font, widest = _font(), 0
    for text in texts:
        font.set_text(text)
        widest = max(widest, font.get_width_height()[0])
    return widest / 64 * points / 100


@cache
def _font() -> FT2Font:
    font = FT2Font(str(Path(mpl.get_data_path(), "fonts/ttf/DejaVuSans.ttf")))
    font.set_size(100, POINTS)
    return font


def size(on: Axes) -> tuple[float, float]:
    """Return the width and the height of axes in points."""
    return _box(on)[2:]


def _box(on: Axes) -> tuple[float, float, float, float]:
    """Return the lower left corner of axes and their size, in points."""
    left, bottom, wide, tall = (edge * POINTS / DPI for edge in on.bbox.bounds)
    return left, bottom, wide, tall
