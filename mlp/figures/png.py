"""Encode pixels as a PNG file; equal pixels give equal bytes."""

import io

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]
COMPRESSION = 6
COLORS = 256  # of a palette


def grey(pixels: Pixels) -> bytes:
    """Return the PNG file of pixels from 0, black, to 255, white; shape (rows, columns)."""
    return _file(Image.fromarray(pixels))


def colored(pixels: Pixels) -> bytes:
    """Return the PNG file of opaque pixels: red, green, blue, alpha; shape (rows, columns, 4).

    It has a palette of the commonest colours, so it is a third as large as a file without one.
    Pillow's own palettes depend on how the C library sorts. Runs of one colour are handled at once.
    """
    flat = np.ascontiguousarray(pixels).view(np.uint32).ravel()
    starts = np.append(0, np.flatnonzero(flat[1:] != flat[:-1]) + 1)
    lengths = np.diff(starts, append=len(flat))
    colors, places = np.unique(flat[starts], return_inverse=True)
    counts = np.bincount(places, weights=lengths)
    channels = colors.view(np.uint8).reshape(-1, 4)[:, :3]
    palette = channels[np.argsort(-counts, kind="stable")[:COLORS]]
    index = _nearest(channels, palette)[places].repeat(lengths)
    image = Image.fromarray(index.reshape(pixels.shape[:2]))
    image.putpalette(palette.tobytes())
    return _file(image)


def _nearest(colors: Pixels, palette: Pixels) -> Pixels:
    """Return for each colour the place of the nearest one in a palette, shape (colors,)."""
    ours, theirs = colors.astype(np.float32), palette.astype(np.float32)
    distances = (theirs**2).sum(axis=1) - 2 * ours @ theirs.T  # of small whole numbers, so exact
    nearest: Pixels = distances.argmin(axis=1).astype(np.uint8)
    return nearest


def enlarged(pixels: Pixels, side: int) -> Pixels:
    """Return pixels repeated as often as their longer side fits into ``side``, at least once."""
    times = max(1, side // max(pixels.shape[:2]))
    return pixels.repeat(times, axis=0).repeat(times, axis=1)


def _file(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "png", compress_level=COMPRESSION)
    return buffer.getvalue()
