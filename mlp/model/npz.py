"""Arrays as an .npz file, with the same bytes under every release of Python.

``numpy.savez`` asks zipfile for headers of large files, which releases of Python write differently,
even patch releases.
"""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np

from mlp.core import disk, whole

UNIX = 3  # the system that made the archive, whatever it is
OLDEST = (1980, 1, 1, 0, 0, 0)  # the first date of a zip archive


def write(arrays: Mapping[str, Any], path: Path) -> None:
    """Write arrays by name, in this order, for ``numpy.load``.

    Raises
    ------
    ValueError
        If an array holds Python objects.
    """
    with disk.named(path), ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            member = ZipInfo(f"{name}.npy", OLDEST)
            member.create_system = UNIX
            archive.writestr(member, _content(np.asanyarray(array)))


def read(path: Path) -> dict[str, Any]:
    """Read the arrays of a file that `write` wrote; raise InputError if it is damaged."""
    try:
        with disk.named(path), np.load(path, allow_pickle=False) as arrays:
            return dict(arrays)
    except (BadZipFile, EOFError, ValueError):
        raise whole.damaged(path) from None


def _content(array: Any) -> bytes:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, allow_pickle=False)
    return buffer.getvalue()
