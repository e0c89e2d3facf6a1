"""Remembered fits: a network that was trained for a fold is not trained again.

The store is a folder outside the graph, ``.cache/fits`` or what ``MLP_CACHE_DIR`` names, and no
more than a speed-up: without it, or with a damaged file in it, every result is the same.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import joblib
from joblib.disk import memstr_to_bytes

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.stage import warn
from mlp.fits import array_store
from mlp.fits.environment import environment
from mlp.fits.fold_fit import NO_MEMORY, FoldFit

if TYPE_CHECKING:
    from mlp.training.folds import Part

FOLDER, LIMIT = "MLP_CACHE_DIR", "MLP_CACHE_LIMIT"
DEFAULT_FOLDER, DEFAULT_LIMIT = ".cache/fits", "1G"
OWN = "mlp-fits"  # the folder in it that is ours, so that nothing else is ever forgotten
EVERY = 100  # fits after which the bound on the size is seen to


@dataclass(frozen=True)
class Size:
    """How much a store holds, and how much it may hold."""

    folder: Path
    fits: int
    size: int
    limit: int


class FitMemory:
    """A store of fits. It keeps those that were used last, up to a size."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit
        self._memory = joblib.Memory(folder / OWN, backend=array_store.NAME, verbose=0)
        self._kept = 0
        self._full = False

    @staticmethod
    def of_environment() -> "FitMemory":
        """Open the store that the environment names; raise InputError if it cannot be."""
        limit = os.environ.get(LIMIT) or DEFAULT_LIMIT
        folder = Path(os.environ.get(FOLDER) or DEFAULT_FOLDER)
        try:
            return FitMemory(folder, int(memstr_to_bytes(limit)))
        except ValueError:
            raise InputError(
                f"{LIMIT} should be a size such as 500M or 2G; it is {limit}."
            ) from None
        except OSError as error:
            raise InputError(
                f"{FOLDER}: {folder} should be a folder to write to ({error.strerror})."
            ) from None

    def recall(self, section: Mapping[str, Any], fold: str) -> FoldFit | None:
        """Return the fit of a network for a fold, or None where none is remembered.

        Parameters
        ----------
        section : mapping
            The arguments of ``MLPClassifier`` and ``scale``.
        fold : str
            Its digest: see `digests`.
        """
        most = section.get("max_iter")
        for item in (_item(section, fold, settled=True), _item(section, fold, settled=False)):
            fit = self._read(item)
            if fit is not None and (most is None or fit.n_iter <= most):
                return fit
        return None

    def keep(self, section: Mapping[str, Any], fold: str, fit: FoldFit) -> None:
        """Remember a fit. One that stopped by itself is the same for every larger max_iter."""
        if fit.failure == NO_MEMORY:  # which says more of the machine than of the network
            return
        self._write(_item(section, fold, settled=fit.converged), asdict(fit))
        self._kept += 1
        if self._kept % EVERY == 0:
            self.bound()

    def bound(self) -> None:
        """Forget the fits that were used longest ago, as far as the store is too large."""
        self._memory.reduce_size(bytes_limit=self.limit)

    def clear(self) -> None:
        """Forget all fits."""
        self._memory.clear(warn=False)

    def size(self) -> Size:
        """Return how much is remembered."""
        items = self._memory.store_backend.get_items()
        return Size(self.folder, len(items), sum(item.size for item in items), self.limit)

    def _write(self, item: list[str], arrays: Mapping[str, Any]) -> None:
        if self._full:
            return
        try:
            self._memory.store_backend.dump_item(item, arrays)
        except OSError as error:
            self._full = True
            warn([f"{self.folder}: {error.strerror}; the fits from here on are not remembered."])

    def _read(self, item: list[str]) -> FoldFit | None:
        store = self._memory.store_backend
        if not store.contains_item(item):
            return None
        try:
            return _as_fit(store.load_item(item))
        except Exception:  # noqa: BLE001 - whatever is wrong with the file, it can be made anew
            store.clear_item(item)
            return None


def _as_fit(arrays: Mapping[str, Any]) -> FoldFit:
    return FoldFit(
        arrays["probabilities"],
        arrays["classes"],
        int(arrays["n_iter"]),
        bool(arrays["converged"]),
        str(arrays["failure"]),
    )


def digests(dataset: Dataset, parts: "Sequence[Part]") -> list[str]:
    """Return what stands for each fold: its rows, those to learn from, and what else decides."""
    rows = joblib.hash((dataset.features, dataset.labels, dataset.columns))
    decides = sorted(environment().items())
    return [str(joblib.hash((rows, part, decides))) for part in parts]


def _item(section: Mapping[str, Any], fold: str, *, settled: bool) -> list[str]:
    """Return the place of a fit in the store; one that is settled holds for any max_iter."""
    without = {"verbose", "max_iter"} if settled else {"verbose"}
    arguments = {name: value for name, value in section.items() if name not in without}
    text = json.dumps([arguments, fold, settled], sort_keys=True)
    return [hashlib.sha256(text.encode()).hexdigest()]
