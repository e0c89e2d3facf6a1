"""joblib's store of files and its size limit, in a format that runs no code on loading."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
from joblib._store_backends import FileSystemStoreBackend

from mlp.core import partial
from mlp.fits import reserve

NAME = "arrays"  # for joblib.Memory
CHECKSUM = "sha256"  # the name of the array that holds it


class ArrayStore(FileSystemStoreBackend):  # type: ignore[misc]  # joblib has no type information
    """joblib's store of files, in NumPy's format for arrays.

    A file holds a checksum of its arrays and of its key, so one that took another's place is not
    taken for it.
    """

    def dump_item(self, call_id: list[str], item: Mapping[str, Any], verbose: int = 1) -> None:
        """Write an item atomically; raise OSError if the disk is full, or nearly: see `reserve`."""
        del verbose
        arrays = {name: np.asarray(value) for name, value in item.items()}
        arrays[CHECKSUM] = np.asarray(_checksum(call_id, arrays))

        def write(arrays: Mapping[str, Any], path: str) -> None:
            try:
                with Path(path).open("wb") as file:
                    np.savez(file, allow_pickle=False, **arrays)
            except OSError:  # joblib would leave it there
                partial.remove(Path(path))
                raise

        reserve.check(Path(self.location), sum(array.nbytes for array in arrays.values()))
        folder = Path(self.location, *call_id)
        folder.mkdir(parents=True, exist_ok=True)
        self._concurrency_safe_write(arrays, str(folder / "output.pkl"), write)

    def load_item(self, call_id: list[str], *_: object, **__: object) -> dict[str, Any]:
        """Read an item, and mark it as used just now.

        Raises
        ------
        ValueError
            If it is not what was written by this key. A file that is no archive of arrays, or that
            is cut off, raises one of several other errors.
        """
        path = Path(self.location, *call_id, "output.pkl")
        with np.load(path, allow_pickle=False) as arrays:
            item = dict(arrays)
        if str(item.pop(CHECKSUM, "")) != _checksum(call_id, item):
            raise ValueError(f"{path} is not what was written there")
        os.utime(path)
        return item


def _checksum(call_id: list[str], arrays: Mapping[str, npt.NDArray[Any]]) -> str:
    """Return the SHA-256 of a key and of arrays, with their names, types and shapes."""
    sha256 = hashlib.sha256(repr(call_id).encode())
    for name, array in sorted(arrays.items()):
        sha256.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        sha256.update(array.tobytes())
    return sha256.hexdigest()


joblib.register_store_backend(NAME, ArrayStore)
