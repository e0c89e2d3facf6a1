"""Write numbers to a fixed number of decimals, many at a time."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mlp.core.files import Floats
from mlp.core.json_file import DECIMALS  # six: two times three

TIE = 1e-6  # how near to half a unit of the last decimal Python's own rounding decides
BLOCK = 1 << 17  # values at a time, whose arrays fit into a processor's cache
THOUSAND = 1000
HIGH = np.array([list(f"{i / THOUSAND:.3f}".encode()) for i in range(THOUSAND + 1)], np.uint8)
LOW = np.array([list(f"{i:03d},".encode()) for i in range(THOUSAND)], np.uint8)
WIDTH = HIGH.shape[1] + LOW.shape[1]  # characters of a probability and the comma after it
LF = ord("\n")


def shares(values: Floats) -> pa.Array:
    """Return each row of a matrix of numbers from 0 to 1 as text that ends a line.

    Numbers have six decimals, as by Python's ``f"{value:.6f}"``, and commas between them.
    """
    rows, columns = values.shape
    text = np.empty((rows, columns * WIDTH), np.uint8)
    cells = text.reshape(rows, columns, WIDTH)
    step = max(1, BLOCK // columns)
    for start in range(0, rows, step):
        high, low = np.divmod(_units(values[start : start + step]), THOUSAND)
        cells[start : start + step, :, : HIGH.shape[1]] = HIGH[high]
        cells[start : start + step, :, HIGH.shape[1] :] = LOW[low]
    text[:, -1] = LF
    return _texts(text)


def _units(values: Floats) -> npt.NDArray[np.int32]:
    """Return numbers in units of the last decimal."""
    scaled = values * 10**DECIMALS
    units = np.rint(scaled)
    # The multiplication rounds, so it cannot tell what lies just above a half from what lies below.
    near = np.abs(scaled - units) > 0.5 - TIE
    if near.any():
        units[near] = [round(value, DECIMALS) * 10**DECIMALS for value in values[near].tolist()]
    whole: npt.NDArray[np.int32] = np.rint(units).astype(np.int32)
    return whole


def numbers(values: Floats, decimals: int) -> pa.Array:
    """Return numbers as texts that end a line, with so many digits after the point."""
    return pa.array([f"{value:.{decimals}f}\n" for value in values.tolist()], pa.string())


def _texts(characters: npt.NDArray[np.uint8]) -> pa.Array:
    """Return the rows of a matrix of characters, below 2 GB, as texts."""
    rows, width = characters.shape
    ends = np.arange(rows + 1, dtype=np.int32) * np.int32(width)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(ends), pa.py_buffer(characters))
