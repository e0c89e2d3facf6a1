"""Projects of small networks, in which every stage has run in this process."""

import shlex
import shutil
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from project import ROOT, Project, checkout, stage
from run_stages import in_order, name_of
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine

from mlp.core import params_file
from mlp.core.task import REGRESSION
from mlp.new import table

NETWORK = {
    "hidden_layer_sizes": [4],
    "solver": "adam",
    "max_iter": 3,
    "random_state": 0,
    "scale": "standard",
}
# Keys of params.yaml that describe the committed table; a table may set them to other values.
LOAD = {
    "source": "data.csv", "task": "classification", "target": "target", "image_shape": None,
    "drop": [], "categories": "none", "impute": "none",
    "delimiter": ",", "decimal": ".", "encoding": "utf-8",
}  # fmt: skip
OPTIONAL = ("texts", "missing", "order", "dates", "date_formats", "max_categories")
SPLIT = {"stratify": False, "group": None, "time": None}
LABELS = {"metrics": {"accuracy": {"direction": "higher", "min": 0.5}}, "beats": ["majority"]}
NUMBERS = {"metrics": {"rmse": {"direction": "lower", "significance": 0.03}}, "beats": ["mean"]}
FEW = "wine"  # in `make test`, the others in `make faults`
TABLES: dict[str, Callable[[], tuple[pd.DataFrame, str]]] = {
    FEW: lambda: (load_wine(as_frame=True).frame.iloc[::2], "target"),
    "cancer": lambda: (load_breast_cancer(as_frame=True).frame, "target"),
    "diabetes": lambda: (load_diabetes(as_frame=True).frame, "target"),
    "150 rows": lambda: generated(150),
    "1500 rows": lambda: generated(1500),
    "15000 rows": lambda: generated(15_000),
}
PENGUINS = ROOT.joinpath("examples", "penguins.csv")
if PENGUINS.is_file():  # not in a project of `mlp new`
    TABLES["penguins"] = lambda: (pd.read_csv(PENGUINS, dtype=str), "species")

COMMANDS = {name_of(described): shlex.split(described.cmd)[2:] for described in in_order()}


def generated(rows: int) -> tuple[pd.DataFrame, str]:
    """Return numbers, texts and gaps from which a label follows with some noise, and its name."""
    rng = np.random.default_rng(rows)
    number, noise = rng.normal(size=(2, rows))
    colour = rng.choice(["red", "grün", "a, b", 'say "so"'], size=rows)
    label = np.where(number + (colour == "red") + 0.3 * noise > 0.5, "yes", "no")
    columns: dict[str, Any] = {
        "number": np.where(rng.random(rows) < 0.1, np.nan, number.round(4)),
        "colour": np.where(rng.random(rows) < 0.1, "", colour),
        "count": rng.poisson(5, rows),
    }
    return pd.DataFrame(columns).assign(label=label), "label"


def make(folder: Path, name: str = FEW) -> None:
    """Make the project of a table, and run every stage of it."""
    write(folder, name)
    for command in COMMANDS:
        done = stage(folder, *words(command))
        assert done.returncode == 0, f"{command}\n{done.stderr}"


def by_dvc(folder: Path, name: str, *pipelines: str) -> Project:
    """Make a clone of this project with another table, in which DVC has run pipelines; commit it."""
    made = checkout(folder)
    write_table(made.path, name)
    for lock in ("dvc.lock", "gate/dvc.lock"):
        (made.path / lock).unlink()
    for pipeline in pipelines:
        made.dvc("repro", "--quiet", pipeline)
    made.commit("Take another table")
    return made


def write(folder: Path, name: str = FEW) -> None:
    """Make the project of a table, in which no stage has run."""
    (folder / "docs").mkdir(parents=True)
    for file in ("requirements.lock", "docs/graph.mmd"):
        shutil.copy(ROOT / file, folder / file)
    write_table(folder, name)


def write_table(folder: Path, name: str) -> None:
    """Write data.csv, and a params.yaml of small networks with what `mlp new` says of the table."""
    rows, target = TABLES[name]()
    rows.to_csv(folder / "data.csv", index=False)
    params = params_file.parse(ROOT / "params.yaml")
    params["load"] = {key: params["load"][key] for key in params["load"] if key not in OPTIONAL}
    params["load"] |= LOAD
    params["split"] |= SPLIT
    with chdir(folder):
        found = table.examine(params, {"load.source": "data.csv", "load.target": target})
    for key, value in found.params.items():
        section, name = key.split(".")
        params[section][name] = value
    params |= {"mlp": NETWORK, "linear": NETWORK | {"hidden_layer_sizes": []}}
    fixed = {key: value for key, value in NETWORK.items() if key != "hidden_layer_sizes"}
    is_regression = found.task == REGRESSION
    scoring = "r2" if is_regression else "accuracy"
    params["search"] |= {"strategy": "random", "scoring": scoring}
    params["search"] |= {"n_iter": 2, "cv": 2, "fixed": fixed}
    params["search"]["space"] = {"hidden_layer_sizes": [[3], [4]]}
    params["crossval"]["folds"] = params["gate"]["repeats"] = 2
    if is_regression:
        for key in ("significance", "classes"):
            params["gate"].pop(key, None)
    params["gate"] |= NUMBERS if is_regression else LABELS
    params_file.write(folder / "params.yaml", params)


def words(name: str) -> list[str]:
    """Return the name of a stage's module and its arguments."""
    module, *arguments = COMMANDS[name]
    return [module.removeprefix("stages."), *arguments]


def copy(project: Path, to: Path) -> None:
    """Copy a project, without the fits that its search has remembered."""
    shutil.copytree(project, to, ignore=shutil.ignore_patterns(".cache"))
