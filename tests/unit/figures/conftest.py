"""Record the texts of each figure that a test draws."""

import gc
import warnings
from collections.abc import Iterator

import pytest
from matplotlib.text import Text

from mlp.figures import canvas


@pytest.fixture(autouse=True)
def texts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, object]]]:
    """The texts of the figure that was drawn last with where they are; warnings are errors."""
    drawn: list[tuple[str, object]] = []
    original, encoded = Text.draw, canvas.encoded

    def draw(self: Text, renderer: object) -> None:
        if self.get_text() and self.get_visible():
            drawn.append((self.get_text(), self.get_window_extent(renderer)))
        original(self, renderer)

    def encode(figure: canvas.Figure) -> bytes:
        drawn.clear()
        drawn.append(("the figure", figure.bbox.frozen()))
        return encoded(figure)

    monkeypatch.setattr(Text, "draw", draw)
    monkeypatch.setattr(canvas, "encoded", encode)
    gc.collect()  # what earlier tests left open, such as packs of dulwich, would warn in here
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield drawn
