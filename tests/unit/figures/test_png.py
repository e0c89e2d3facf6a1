"""PNG files: the pixels that are given, in few bytes."""

import io

import numpy as np
from PIL import Image

from mlp.figures import png


def decoded(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def opaque(colors: np.ndarray) -> np.ndarray:
    return np.dstack([colors, np.full(colors.shape[:2], 255)]).astype(np.uint8)


def test_up_to_256_colors_are_kept_exactly() -> None:
    colors = np.zeros((16, 16, 3), dtype=np.uint8)
    colors[..., 0] = np.arange(256).reshape(16, 16)
    colors[..., 2] = 255 - colors[..., 0]
    assert (decoded(png.colored(opaque(colors))) == colors).all()


def test_more_colors_become_the_nearest_of_the_commonest() -> None:
    """256 greens twice, and 40 with a little red once, which is lost."""
    greens = np.zeros((1, 552, 3), dtype=np.uint8)
    greens[0, :512, 1] = np.arange(512) % 256
    greens[0, 512:, 1] = np.arange(40)
    greens[0, 512:, 0] = 3
    without = np.where(np.arange(3) == 0, 0, greens)
    assert (decoded(png.colored(opaque(greens))) == without).all()


def test_a_figure_of_few_colors_is_small() -> None:
    white = np.full((1000, 1000, 4), 255, dtype=np.uint8)
    assert len(png.colored(white)) < 5000


def test_enlarged_pixels_are_squares() -> None:
    small = np.array([[1, 2, 3]], dtype=np.uint8)
    large = png.enlarged(small, 7)
    assert large.tolist() == [[1, 1, 2, 2, 3, 3]] * 2
    assert png.enlarged(small, 2).tolist() == small.tolist()


def test_no_text_and_no_time_in_a_file() -> None:
    data = png.grey(np.zeros((2, 2), dtype=np.uint8))
    assert Image.open(io.BytesIO(data)).info == {}
