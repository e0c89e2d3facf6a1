"""From an empty folder with one table of five unequal classes to a green and a red pull request."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from project import Project

from mlp.check import params

pytestmark = pytest.mark.slow
CLASSES = {"tiny": 100, "small": 50, "medium": 26, "large": 16, "huge": 8}
QUICK = ["crossval.folds=2", "gate.repeats=2", "gate.model=mlp", "mlp.max_iter=60"]
NETWORKS = "networks={linear: params.yaml, mlp: params.yaml}"  # without a search


def write_table(path: Path) -> None:
    """Write rows of five classes, which lie on an arc, so that two features tell them apart."""
    draw = random.Random(0)  # noqa: S311 - no secret
    rows = ["length,width,colour,kind"]
    for place, (kind, count) in enumerate(CLASSES.items()):
        for _ in range(count):
            length, width = place + draw.gauss(0, 0.3), (place - 2) ** 2 + draw.gauss(0, 0.3)
            rows.append(f"{length:.2f},{width:.2f},{draw.choice(['red', 'blue'])},{kind}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def typed(project: Project, command: str, code: int = 0) -> str:
    """Run what a person types, and return what it says: its output and then its errors."""
    done = subprocess.run(
        ["bash", "-c", command], cwd=project.path, env=project.env,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, f"$ {command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def test_twelve_commands(tmp_path: Path) -> None:
    """Two come before these: `git clone` and `make setup`, whose packages are here already."""
    (tmp_path / "empty").mkdir()
    empty = Project(tmp_path / "empty").in_one_process()
    write_table(empty.path / "table.csv")
    settings = " ".join(f"-S '{setting}'" for setting in (NETWORKS, *QUICK))
    said = typed(empty, f"mlp new shop --source table.csv --target kind {settings}")
    assert said.endswith("shop: 200 rows, 5 inputs, classification.\nnext: cd shop && make repro\n")
    shop = Project(empty.path / "shop", empty.env)
    _install(shop)
    found = params.read(shop.path / "params.yaml")
    assert found.search.scoring == "balanced_accuracy"
    assert found.gate.metrics.balanced_accuracy is not None

    said = typed(shop, "make repro")
    assert "mlp: It has learnt: accuracy" in said
    assert "next: look at data/report.html (make report opens it), then make gate\n" in said
    said = typed(shop, "make gate")
    assert "has no results: nothing was run up to it" in " ".join(said.split())
    assert "next: commit what changed (git add . && git commit) and push" in said
    typed(shop, 'git add . && git commit --quiet --message "Train on my table"')

    typed(shop, "git switch --quiet --create better")
    shop.put("mlp.max_iter", 80)
    said = typed(shop, "make repro gate")
    assert "next: commit what changed" in said
    assert "not judged" not in said
    typed(shop, 'git commit --quiet --all --message "Train for longer" && make judge')

    typed(shop, "git switch --quiet --create worse main")
    shop.put("mlp.max_iter", 1)
    said = typed(shop, "make repro gate", code=2)  # which is how make says that it failed
    assert "FAIL: " in said
    assert "next: mlp compare shows what changed; edit params.yaml" in said
    assert "next: make gate judges the change\n" in typed(shop, "mlp compare")


def _install(project: Project) -> None:
    """Have make take the packages of these tests for those of the project."""
    (project.path / ".venv").mkdir()
    for lock, mark in (("requirements.lock", "installed"), ("requirements-dev.lock", "developed")):
        shutil.copy(project.path / lock, project.path / f".venv/.{mark}")
