"""Everything besides its inputs that decides the numbers of a fit: packages, kernels, our code."""

import hashlib
import platform
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from mlp.core import numerics, versions

ROOT = Path(__file__).parents[2]
SOURCES = (  # a package stands for all its modules; a test compares them with the imports of a fit
    "mlp/training",
    "mlp/fits/fold_fit.py",
    "mlp/core/dataset.py",
    "mlp/core/predictions.py",
    "mlp/core/task.py",
)


@cache
def environment() -> Mapping[str, str]:
    """Return everything that must be equal for equal inputs to give an equal fit, by name."""
    # The processor's own kernels give the same numbers on this machine alone.
    host = {"host": platform.node()} if numerics.MODE == "native" else {}
    return {
        "machine": platform.machine(),
        **host,
        **versions.installed(),
        **numerics.HELD,
        **{source: digest(ROOT / source) for source in SOURCES},
    }


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> Iterator[str]:
    """Yield each difference of another process's environment, in a few words."""
    for name in {**here, **there}:
        mine, its = here.get(name), there.get(name)
        if mine == its:
            continue
        if name in SOURCES:
            yield f"its {name} is another version"
        else:
            yield f"its {name} is {its or 'not set'} and should be {mine or 'not set'}"


def digest(source: Path) -> str:
    """Return the SHA-256 of a module, or of all modules of a package with their names."""
    modules = sorted(source.rglob("*.py")) if source.is_dir() else [source]
    sha256 = hashlib.sha256()
    for module in modules:
        name = module.relative_to(source.parent).as_posix()
        sha256.update(f"{name}\n{hashlib.sha256(module.read_bytes()).hexdigest()}\n".encode())
    return sha256.hexdigest()
