"""Remember fits, so that no network is trained twice for the same fold.

The store is a folder outside the graph: ``.cache/fits``, or the one that ``MLP_CACHE_DIR`` names.
It only saves time: without it, or with a damaged or exchanged file in it, every result is the same.
"""

import os
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import joblib
from joblib.disk import memstr_to_bytes

from mlp.core.errors import InputError
from mlp.core.stage import warn
from mlp.fits import array_store, keys
from mlp.fits.fold_fit import NO_MEMORY, FoldFit, Shape

FOLDER, LIMIT = "MLP_CACHE_DIR", "MLP_CACHE_LIMIT"
DEFAULT_FOLDER, DEFAULT_LIMIT = ".cache/fits", "1G"
OWN = "mlp-fits"  # our folder inside it, so that nothing else is ever deleted
EVERY = 100  # fits from one check of the size to the next


@dataclass(frozen=True)
class Size:
    """The content of a store: its fits, their size and the limit, both in bytes."""

    folder: Path
    fits: int
    size: int
    limit: int


class FitMemory:
    """A store of fits with a size limit. It evicts the least recently used fits."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit
        with warnings.catch_warnings():  # joblib warns where it cannot write a .gitignore
            warnings.simplefilter("ignore", UserWarning)
            self._memory = joblib.Memory(folder / OWN, backend=array_store.NAME, verbose=0)
        self._writes = 0
        self._full = False
        self._told = False

    @staticmethod
    def of_environment() -> "FitMemory":
        """Open the store that the environment names; raise InputError if that is impossible."""
        limit = os.environ.get(LIMIT) or DEFAULT_LIMIT
        folder = Path(os.environ.get(FOLDER) or DEFAULT_FOLDER)
        try:
            return FitMemory(folder, int(memstr_to_bytes(limit)))
        except ValueError:
            raise InputError(
                f"{LIMIT} should be a size, for example 500M or 2G; it is {limit}."
            ) from None
        except OSError as error:
            raise InputError(
                f"{FOLDER}: {folder} should be a folder to write to ({error.strerror})."
            ) from None

    def recall(
        self, section: Mapping[str, Any], fold: str, shape: Shape | None = None
    ) -> FoldFit | None:
        """Return the remembered fit of a network for a fold, or None.

        One that is damaged, or that was made for something else, is deleted, and that is said once.

        Parameters
        ----------
        section : mapping
            See `mlp.training.params.Network`.
        fold : str
            The fold's digest: see `mlp.fits.keys.of_folds`.
        shape : Shape, optional
            The rows and classes that a fit for this fold has.
        """
        max_iter = section.get("max_iter")
        for converged in (True, False):
            fit = self._read([keys.of_fit(section, fold, converged=converged)], shape)
            if fit is not None and (max_iter is None or fit.n_iter <= max_iter):
                return fit
        return None

    def keep(self, section: Mapping[str, Any], fold: str, fit: FoldFit) -> None:
        """Remember a fit. One that stopped by itself also serves every larger max_iter."""
        if fit.failure == NO_MEMORY:  # this says more about the machine than about the network
            return
        self._write([keys.of_fit(section, fold, converged=fit.converged)], asdict(fit))
        self._writes += 1
        if self._writes % EVERY == 0:
            self.bound()

    def bound(self) -> None:
        """Evict the least recently used fits until the store fits its limit."""
        try:
            self._memory.reduce_size(bytes_limit=self.limit)
        except OSError as error:
            warn([f"{self.folder}: {error.strerror}; no fit is evicted."])

    def clear(self) -> None:
        """Delete all fits; OSError, which names the store, if one cannot be."""
        try:
            self._memory.clear(warn=False)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.folder)) from None

    def size(self) -> Size:
        """Return the number of fits and their size."""
        items = self._memory.store_backend.get_items()
        return Size(self.folder, len(items), sum(item.size for item in items), self.limit)

    def _write(self, item: list[str], arrays: Mapping[str, Any]) -> None:
        if self._full:
            return
        try:
            self._memory.store_backend.dump_item(item, arrays)
        except OSError as error:
            self._full = True
            warn([f"{self.folder}: {error.strerror}; fits are not remembered from here on."])

    def _read(self, item: list[str], shape: Shape | None) -> FoldFit | None:
        store = self._memory.store_backend
        if not store.contains_item(item):
            return None
        try:
            fit = _as_fit(store.load_item(item))
            if shape is None or shape.is_of(fit):
                return fit
        except FileNotFoundError:  # another process has just evicted it
            return None
        except Exception:  # noqa: BLE001, S110 - whatever is wrong, the fit can be repeated
            pass
        with suppress(OSError):  # it is then written over, or stays unused
            store.clear_item(item)
        if not self._told:
            self._told = True
            warn([f"{self.folder}: remembered fits are damaged; those are trained again."])
        return None


def _as_fit(arrays: Mapping[str, Any]) -> FoldFit:
    return FoldFit(
        arrays["outputs"],
        arrays["classes"],
        int(arrays["n_iter"]),
        bool(arrays["converged"]),
        str(arrays["failure"]),
    )
