"""A project of few rows and small networks, in which every stage has run in this process."""

import shlex
import shutil
from pathlib import Path

from project import ROOT, stage
from run_stages import in_order, name_of
from sklearn.datasets import load_wine

from mlp.core import params_file

NETWORK = {
    "hidden_layer_sizes": [4],
    "solver": "adam",
    "max_iter": 3,
    "random_state": 0,
    "scale": "standard",
}
# What params.yaml says of its own table, as it is for this one.
LOAD = {
    "source": "data.csv", "task": "classification", "target": "cultivar", "image_shape": None,
    "drop": [], "categories": "none", "impute": "none",
    "delimiter": ",", "decimal": ".", "encoding": "utf-8",
}  # fmt: skip
OPTIONAL = ("texts", "missing", "order", "dates", "date_formats", "max_categories")
SPLIT = {"stratify": False, "group": None, "time": None}
GATE = {"metrics": {"accuracy": {"direction": "higher", "min": 0.5}}, "beats": ["majority"]}
ROWS = 60

COMMANDS = {name_of(described): shlex.split(described.cmd)[2:] for described in in_order()}


def make(folder: Path) -> None:
    """Make the project, and run every stage of it."""
    write(folder)
    for name in COMMANDS:
        done = stage(folder, *words(name))
        assert done.returncode == 0, f"{name}\n{done.stderr}"


def write(folder: Path) -> None:
    """Make the project, in which no stage has run."""
    (folder / "docs").mkdir(parents=True)
    for name in ("requirements.lock", "docs/graph.mmd"):
        shutil.copy(ROOT / name, folder / name)
    table = load_wine(as_frame=True).frame.rename(columns={"target": "cultivar"})
    table.iloc[:: len(table) // ROWS].to_csv(folder / "data.csv", index=False)
    params = params_file.parse(ROOT / "params.yaml")
    params["load"] = {key: params["load"][key] for key in params["load"] if key not in OPTIONAL}
    params["load"] |= LOAD
    params["split"] |= SPLIT
    params |= {"mlp": NETWORK, "linear": NETWORK | {"hidden_layer_sizes": []}}
    fixed = {name: value for name, value in NETWORK.items() if name != "hidden_layer_sizes"}
    params["search"] |= {"strategy": "random", "scoring": "accuracy"}
    params["search"] |= {"n_iter": 2, "cv": 2, "fixed": fixed}
    params["search"]["space"] = {"hidden_layer_sizes": [[3], [4]]}
    params["crossval"]["folds"] = params["gate"]["repeats"] = 2
    params["gate"] |= GATE
    params_file.write(folder / "params.yaml", params)


def words(name: str) -> list[str]:
    """Return the name of a stage's module and its arguments."""
    module, *arguments = COMMANDS[name]
    return [module.removeprefix("stages."), *arguments]


def copy(project: Path, to: Path) -> None:
    """Copy a project, without the fits that its search has remembered."""
    shutil.copytree(project, to, ignore=shutil.ignore_patterns(".cache"))
