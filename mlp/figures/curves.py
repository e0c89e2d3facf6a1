"""Draw curves between 0 and 1 as SVG, which takes no matplotlib and hardly any time."""

from collections.abc import Sequence
from html import escape

import numpy as np

from mlp.core.files import Floats
from mlp.figures.labels import shortened
from mlp.figures.style import DISTINCT

WIDE, TALL = 330, 250  # points, as other figures
LEFT, TOP, SIDE = 50, 12, 194  # of the axes
POINTS = 100  # of a curve, at most
LINE = 15
NAME = LEFT + SIDE + 28  # where the names begin
LETTER = 5.8  # width of a character, on average
DASHES = ("", "6 3", "2 2", "8 3 2 3")


def draw(
    curves: Sequence[tuple[str, float, Floats]], names: tuple[str, str], guess: Floats
) -> bytes:
    """Draw curves, with their names and a number of each beside them.

    Parameters
    ----------
    curves : sequence of (str, float, ndarray of float64)
        A name, a number, and points of shape (points, 2) from 0 to 1.
    names : (str, str)
        Of the two axes.
    guess : ndarray of float64, shape (points, 2)
        A grey line; of no points if there is none.
    """
    texts = [f"{number:.4f} {shortened(name)}" for name, number, _ in curves]
    wide = max(WIDE, round(NAME + LETTER * max(map(len, texts), default=0)))
    parts = [_axes(names)]
    if len(guess):
        parts.append(f'<path d="{_path(guess)}" stroke="#595959"/>')
    for i, (_, _, points) in enumerate(curves):
        dash = DASHES[i % len(DASHES)]
        style = f'stroke="{DISTINCT[i % len(DISTINCT)]}" stroke-width="1.7"'
        style += f' stroke-dasharray="{dash}"' if dash else ""
        y = TOP + 8 + LINE * i
        parts.append(f'<path d="{_path(_thinned(points))}" {style}/>')
        parts.append(f'<path d="M{NAME - 18} {y}h14" {style}/>')
        parts.append(_text(NAME, y + 3, escape(texts[i])))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {TALL}" width="{2 * wide}" '
        f'height="{2 * TALL}" font-family="DejaVu Sans, Verdana, sans-serif" fill="none">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    ).encode()


def _axes(names: tuple[str, str]) -> str:
    bottom, right, middle = TOP + SIDE, LEFT + SIDE, TOP + SIDE / 2
    parts = []
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x, y = LEFT + SIDE * tick, bottom - SIDE * tick
        lines = f"M{LEFT} {y:g}H{right}M{x:g} {TOP}V{bottom}"
        parts.append(f'<path d="{lines}" stroke="#e0e0e0" stroke-width=".6"/>')
        parts.append(_text(x, bottom + 12, f"{tick:g}", "middle"))
        parts.append(_text(LEFT - 5, y + 3, f"{tick:g}", "end"))
    parts.append(f'<path d="M{LEFT} {TOP}V{bottom}H{right}" stroke="#595959"/>')
    parts.append(_text(LEFT + SIDE / 2, TALL - 9, names[0], "middle"))
    turned = _text(0, 0, names[1], "middle")
    parts.append(f'<g transform="translate(12 {middle:g}) rotate(-90)">{turned}</g>')
    return "".join(parts)


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    place = f'x="{x:g}" y="{y:g}" text-anchor="{anchor}"'
    return f'<text {place} font-size="9" fill="#000000">{text}</text>'


def _path(points: Floats) -> str:
    places = [f"{LEFT + SIDE * x:.1f} {TOP + SIDE * (1 - y):.1f}" for x, y in points]
    return f"M{'L'.join(places)}"


def _thinned(points: Floats) -> Floats:
    """Return at most `POINTS` points, at about equal distances along the curve, and its ends."""
    if len(points) <= POINTS:
        return points
    length = np.append(0.0, np.abs(np.diff(points, axis=0)).sum(axis=1).cumsum())
    places = np.searchsorted(length, np.linspace(0, length[-1], POINTS))
    thinned: Floats = points[np.unique(np.append(places, len(points) - 1))]
    return thinned
