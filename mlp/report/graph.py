"""The graph of the stages: read from docs/graph.mmd, and drawn as SVG."""

import re
from collections.abc import Iterable
from html import escape

from mlp.report.layout import columns, lanes, reduced

CHARACTER, TALL, GAP, LANE, MARGIN, HEAD = 7.5, 28, 44, 42, 6, 7  # pixels
ARROW = (
    '<marker id="arrow" viewBox="0 0 7 8" refX="0" refY="4" markerWidth="7" markerHeight="8" '
    'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 7 4 0 8z" fill="currentColor"/>'
    "</marker>"
)


def edges(mermaid: str) -> list[tuple[str, str]]:
    r"""Return the pairs of a stage and a stage that reads what it writes.

    >>> edges('flowchart TD\n  node1["load"]\n  node2["split"]\n  node1-->node2\n')
    [('load', 'split')]
    """
    names = dict(re.findall(r'(\w+)\["(.+?)"\]', mermaid))
    return [(names[start], names[end]) for start, end in re.findall(r"(\w+)-->(\w+)", mermaid)]


def svg(pairs: Iterable[tuple[str, str]], alt: str) -> str:
    """Draw the stages as boxes, left to right in the order in which they can run.

    An edge that follows from others is left out. All has the colour of the text around it.

    Parameters
    ----------
    pairs : iterable of (str, str)
        A stage, and a stage that reads what it writes; at least one pair, and no cycle.
    alt : str
        What the drawing shows, in words.
    """
    drawn = reduced(pairs)
    column = columns(drawn)
    lane = lanes(drawn, column)
    widths = [0.0] * (max(column.values()) + 1)
    for name, i in column.items():
        widths[i] = max(widths[i], CHARACTER * len(name) + 16)
    lefts = [MARGIN + sum(widths[:i]) + GAP * i for i in range(len(widths))]
    middle = {name: MARGIN + TALL / 2 + LANE * place for name, place in lane.items()}
    arrows = []
    for start, end in drawn:
        between = [lane[name] for name in column if column[start] < column[name] < column[end]]
        turn = column[start] + 1 if lane[start] in between else column[end]
        right = lefts[column[start]] + widths[column[start]]
        arrows.append(_arrow(right, middle[start], lefts[turn], lefts[column[end]], middle[end]))
    boxes = [_box(name, lefts[i], widths[i], middle[name]) for name, i in column.items()]
    wide, tall = lefts[-1] + widths[-1] + MARGIN, max(middle.values()) + TALL / 2 + MARGIN
    return (
        f'<svg role="img" aria-label="{escape(alt)}" '
        f'width="{wide:g}" height="{tall:g}" viewBox="0 0 {wide:g} {tall:g}" '
        f'fill="none" stroke="currentColor">{ARROW}{"".join(arrows)}{"".join(boxes)}</svg>'
    )


def _arrow(x0: float, y0: float, turn: float, x1: float, y1: float) -> str:
    """Return an arrow that changes its lane in the gap that ends at ``turn``."""
    start, middle = turn - GAP, turn - GAP / 2
    path = f"M{x0:g} {y0:g}H{start:g}C{middle:g} {y0:g} {middle:g} {y1:g} {turn - HEAD:g} {y1:g}"
    return f'<path d="{path}H{x1 - HEAD:g}" stroke-opacity=".6" marker-end="url(#arrow)"/>'


def _box(name: str, left: float, wide: float, middle: float) -> str:
    text = f'<text x="{left + wide / 2:g}" y="{middle:g}" dy=".35em">{escape(name)}</text>'
    box = f'<rect x="{left:g}" y="{middle - TALL / 2:g}" width="{wide:g}" height="{TALL}" rx="5"/>'
    style = 'fill="currentColor" stroke="none" text-anchor="middle" font-size="13"'
    return f"<g><title>{escape(name)}</title>{box}<g {style}>{text}</g></g>"
