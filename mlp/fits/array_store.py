"""joblib's store of files and its size limit, in a format that runs no code on loading."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from joblib._store_backends import FileSystemStoreBackend

from mlp.fits import reserve

NAME = "arrays"  # for joblib.Memory


class ArrayStore(FileSystemStoreBackend):  # type: ignore[misc]  # joblib has no type information
    """joblib's store of files, in NumPy's format for arrays."""

    def dump_item(self, call_id: list[str], item: Mapping[str, Any], verbose: int = 1) -> None:
        """Write an item atomically; raise OSError if the disk is full, or nearly: see `reserve`."""
        del verbose

        def write(arrays: Mapping[str, Any], path: str) -> None:
            try:
                with Path(path).open("wb") as file:
                    np.savez(file, allow_pickle=False, **arrays)
            except OSError:  # joblib would leave it there
                Path(path).unlink(missing_ok=True)
                raise

        reserve.check(Path(self.location), sum(np.asarray(a).nbytes for a in item.values()))
        folder = Path(self.location, *call_id)
        folder.mkdir(parents=True, exist_ok=True)
        self._concurrency_safe_write(item, str(folder / "output.pkl"), write)

    def load_item(self, call_id: list[str], *_: object, **__: object) -> dict[str, Any]:
        """Read an item, and mark it as used just now."""
        path = Path(self.location, *call_id, "output.pkl")
        with np.load(path, allow_pickle=False) as arrays:
            item = dict(arrays)
        os.utime(path)
        return item


joblib.register_store_backend(NAME, ArrayStore)
