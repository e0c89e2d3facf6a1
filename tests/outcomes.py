"""List the traces of a run in its project: outputs, entries of dvc.lock, remembered fits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from mlp.repair import lock_content
from mlp.repair.leftovers import PARTIAL

FITS = ".cache/fits"
Fits = dict[str, tuple[int, bytes]]  # inode and content of each remembered fit, by its path


def outputs_of(folder: Path) -> list[str]:
    return lock_content.outputs((folder / "dvc.lock").read_bytes())


def fits(folder: Path) -> Fits:
    """Return the fits that are remembered."""
    paths = (folder / FITS).rglob("output.pkl")
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.read_bytes()) for path in paths
    }


def differences(right: Path, found: Path) -> Iterator[str]:
    """Yield the outputs and entries of dvc.lock that differ between two projects."""
    for name in outputs_of(right):
        if tree(right / name) != tree(found / name):
            yield f"{name} is another"
    locks = [stages(folder) for folder in (right, found)]
    if locks[0] != locks[1]:
        names = [name for name in locks[0] if locks[0][name] != locks[1].get(name)]
        yield f"dvc.lock is another: {names}"


def tree(path: Path) -> object:
    """Return the content of a file, or of every file in a folder by its name."""
    if path.is_dir():
        return {
            str(inner.relative_to(path)): inner.read_bytes()
            for inner in path.rglob("*")
            if inner.is_file() and not PARTIAL.fullmatch(inner.name)
        }
    return path.read_bytes() if path.exists() else None


def stages(folder: Path) -> Any:
    return YAML(typ="safe").load(folder / "dvc.lock")["stages"]
