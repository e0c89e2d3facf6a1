"""The environment of the peers, .cache/peers: packages that only a benchmark needs.

It is made by the first benchmark that needs it, and used again while it holds the packages below.
"""

import importlib
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import ModuleType

PACKAGES = ("snakemake==9.27.1", "optuna==5.0.0")
FOLDER = Path(__file__).parents[2] / ".cache/peers"
SNAKEMAKE = FOLDER / "bin/snakemake"
MADE = FOLDER / "packages.txt"


def is_made() -> bool:
    return MADE.exists() and MADE.read_text(encoding="utf-8").split() == list(PACKAGES)


def make() -> None:
    """Make the environment, with bytecode compiled, unless it is there."""
    if is_made():
        return
    sys.stderr.write(f"making .cache/peers with {', '.join(PACKAGES)}\n")
    python = ["--python", sys.executable]
    _uv("venv", "--quiet", "--clear", *python, str(FOLDER))
    _uv("pip", "install", "--quiet", "--compile-bytecode", "--python", str(FOLDER), *PACKAGES)
    MADE.write_text("\n".join(PACKAGES) + "\n", encoding="utf-8")


def load(name: str) -> ModuleType:
    """Import a peer's package beside the project's own, which come first."""
    place = sysconfig.get_path("purelib", vars={"base": str(FOLDER)})
    if place not in sys.path:
        sys.path.append(place)
    return importlib.import_module(name)


def _uv(*words: str) -> None:
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([uv, *words], check=True)  # noqa: S603 - words of this module
