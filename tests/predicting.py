"""A project of which only `mlp predict` is tested: its params.yaml, and models trained in a test."""

from pathlib import Path

from project import ROOT, Project

from mlp.core import params_file
from mlp.core.dataset import Dataset
from mlp.model import export
from mlp.training.fit import fit

SECTION = {"hidden_layer_sizes": [8], "scale": "standard", "random_state": 0, "max_iter": 20}


def folder_of(path: Path) -> Project:
    """Make a folder a project."""
    (path / "dvc.yaml").touch()
    params = params_file.parse(ROOT / "params.yaml")
    kept = {name: params[name] for name in ("load", "networks", "gate")}
    params_file.write(path / "params.yaml", kept)
    return Project(path)


def trained(folder: Path, rows: Dataset, name: str = "tuned") -> Path:
    """Train a network on rows, and save it where the project keeps it."""
    path = folder / f"data/models/{name}/model.onnx"
    path.parent.mkdir(parents=True, exist_ok=True)
    export.export(fit(SECTION, rows), path)
    return path
