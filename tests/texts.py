"""Check the texts of a figure: the fixture of tests/unit/figures gives them with their places."""

import itertools


def check(drawn: list[tuple[str, object]]) -> None:
    (_, edge), *rest = drawn
    assert rest
    for text, box in rest:
        is_inside = edge.x0 <= box.x0 and edge.y0 <= box.y0 and box.x1 <= edge.x1
        assert is_inside, text
        assert box.y1 <= edge.y1, text
    for (one, box), (other, second) in itertools.combinations(rest, 2):
        wide = min(box.x1, second.x1) - max(box.x0, second.x0)
        tall = min(box.y1, second.y1) - max(box.y0, second.y0)
        assert min(wide, tall) <= 1, f"{one!r} and {other!r}"  # a pixel is rounding


def said(drawn: list[tuple[str, object]]) -> list[str]:
    """Return the texts alone."""
    return [text for text, _ in drawn[1:]]
