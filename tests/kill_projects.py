"""Projects whose runs are killed: see kills.py."""

import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

from kills import Loop
from project import ROOT, Project, checkout, environment, stage_of_dvc
from ruamel.yaml import YAML
from small import by_dvc

# Three stages that take no time, one of which writes a folder.
QUICK = {
    "params.yaml": "one: 0\ntwo: 0\nthree: 0\n",
    "dvc.yaml": """\
stages:
  one:
    cmd: python quick.py one params.yaml data/one
    params: [one]
    outs: [data/one]
  two:
    cmd: python quick.py two data/one data/two/a data/two/b data/two/c
    deps: [data/one]
    params: [two]
    outs: [data/two]
  three:
    cmd: python quick.py three data/two/b data/three metrics/three.json
    deps: [data/two]
    params: [three]
    outs: [data/three, metrics/three.json: {cache: false}]
""",
    "quick.py": """\
import mlp.core.start  # so that it ends with DVC, as every stage does
import re, sys
from hashlib import sha256
from pathlib import Path
from mlp.core import partial

key, source, *outputs = sys.argv[1:]
value = re.search(f"^{key}: .*", Path("params.yaml").read_text(), re.MULTILINE).group()
read = b"" if source == "params.yaml" else Path(source).read_bytes()
digest = sha256(value.encode() + read).digest()
with partial.outputs({name: Path(name) for name in outputs}, ()) as made:
    for name, path in made.items():
        with path.open("w") as file:
            for part in range(1000):
                file.write(sha256(b"%s %d" % (name.encode(), part) + digest).hexdigest() * 8)
""",
}

# Stages of this project that fit many networks, and one that fits one.
REAL = """\
stages:
  search:
    cmd: >-
      python -m stages.search --params params.yaml --names names
      --train data/train.parquet --searched data/search
    deps: [data/train.parquet]
    params: [search]
    outs: [data/search]
  train:
    cmd: >-
      python -m stages.train --params params.yaml --name mlp --train data/train.parquet
      --model data/models/mlp
    deps: [data/train.parquet]
    params: [mlp]
    outs: [data/models/mlp]
  crossval:
    cmd: >-
      python -m stages.crossval --params params.yaml --model data/given/model.onnx
      --dataset data/dataset.parquet --predictions data/oof.csv
    deps: [data/dataset.parquet, data/given]
    params: [crossval]
    outs: [data/oof.csv]
"""
GONE = 6  # stages, with half of the lines of this project's dvc.lock
SMALLER = {
    "mlp.max_iter": 20,
    "search.n_iter": 6,
    "search.fixed.max_iter": 10,
    "search.space.hidden_layer_sizes": [[20], [30]],
    "crossval.folds": 3,
}
OF_ALL_STAGES: dict[str, Callable[[int], object]] = {
    "mlp.alpha": lambda number: number / 10_000,
    "linear.alpha": lambda number: number / 10_000,
    "report.errors": lambda number: number % 50,
    "search.fixed.random_state": lambda number: number,
}


def quick(folder: Path) -> Loop:
    """Return a loop over stages that are there for this alone."""
    path = folder / "project"
    (path / ".dvc").mkdir(parents=True)
    shutil.copy(ROOT / ".dvc/config", path / ".dvc/config")
    for name, text in QUICK.items():
        (path / name).write_text(text, encoding="utf-8")
    made = Project(path, environment(DVC_SITE_CACHE_DIR=str(folder / "site"), PYTHONPATH=str(ROOT)))
    made.run("git", "init", "--quiet")
    write_long_lock(path / "dvc.lock")
    made.run("dvc", "repro", "--quiet")
    values = dict.fromkeys(("one", "two", "three"), lambda number: number)
    return Loop(made, twin(made), values, start, dict.fromkeys(values, 1.5))


def write_long_lock(path: Path) -> None:
    """Write entries of stages that are gone, so that DVC writes the file for as long as in a project."""
    content = YAML(typ="safe").load(ROOT / "dvc.lock")
    content["stages"] = dict(list(content["stages"].items())[:GONE])
    YAML().dump(content, path)


def real(folder: Path) -> Loop:
    """Return a loop over some stages of this project, with little to compute."""
    made = checkout(folder / "project")
    for key, value in SMALLER.items():
        made.put(key, value)
    made.run("dvc", "repro", "--quiet", "split", "train@linear")
    shutil.move(made.path / "data/models/linear", made.path / "data/given")
    for name in ("dvc.lock", "gate/dvc.yaml", "gate/dvc.lock"):
        (made.path / name).unlink()
    (made.path / "dvc.yaml").write_text(REAL, encoding="utf-8")
    (made.path / "names").write_text("tuned\n", encoding="utf-8")
    made.run("dvc", "repro", "--quiet")
    values = {
        "mlp.alpha": lambda number: number / 10_000,
        "search.seed": lambda number: number,
        "crossval.seed": lambda number: number,
    }
    return Loop(made, twin(made), values, stage_of_dvc, dict.fromkeys(values, 5.0))


def whole(built: Project, folder: Path) -> Loop:
    """Return a loop over this project as it is."""
    made = built.copy(folder / "project")
    return Loop(made, twin(made), OF_ALL_STAGES, stage_of_dvc, dict.fromkeys(OF_ALL_STAGES, 10.0))


def table(name: str, folder: Path) -> Loop:
    """Return a loop over the whole pipeline on another table."""
    made = by_dvc(folder / "project", name, "dvc.yaml")
    return Loop(made, twin(made), OF_ALL_STAGES, stage_of_dvc, dict.fromkeys(OF_ALL_STAGES, 10.0))


def twin(project: Project) -> Project:
    """Return a copy beside a project."""
    return project.copy(project.path.with_name("twin"))


def start(stage: Any) -> None:
    """Run the command of a stage of the twin in a process of its own."""
    with chdir(stage.wdir):
        _, *words = shlex.split(stage.cmd)
        subprocess.run([sys.executable, *words], check=True)
