"""What decides the numbers of a fit besides its inputs: packages, kernels and our own code."""

import hashlib
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from mlp.core import numerics, versions

SOURCES = ("mlp.core.dataset", "mlp.training.watch", "mlp.fits.fold_fit", "mlp.training.network")


@cache
def environment() -> Mapping[str, str]:
    """Return what must be equal for equal inputs to give an equal fit, each under its name."""
    # Kernels that the processor chooses are those of this machine alone.
    host = {"host": platform.node()} if numerics.MODE == "native" else {}
    return {
        "machine": platform.machine(),
        **host,
        **versions.installed(),
        **numerics.HELD,
        **digests(SOURCES),
    }


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> Iterator[str]:
    """Yield what differs in another process, in a few words each."""
    for name in {**here, **there}:
        mine, its = here.get(name), there.get(name)
        if mine == its:
            continue
        if name in SOURCES:
            yield f"its {name} is another version of the file"
        else:
            yield f"its {name} is {its or 'not set'} and should be {mine or 'not set'}"


def digests(modules: Sequence[str]) -> dict[str, str]:
    """Return the digest of each module's source, under the module's name."""
    return {name: _digest(name) for name in modules}


def _digest(name: str) -> str:
    spec = sys.modules[name].__spec__ if name in sys.modules else find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    return hashlib.sha256(Path(spec.origin).read_bytes()).hexdigest()
