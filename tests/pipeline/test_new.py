"""From an empty folder with one table of five unequal classes to a green and a red pull request."""

import random
from pathlib import Path

import pytest
from project import ROOT, Project

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


def made(project: Project, *targets: str, code: int = 0) -> str:
    """Do what `make` does for targets, in this process, and return what the last one says."""
    done = None
    for target in targets:
        if target == "repro":
            done = project.dvc("repro")
        elif target == "evidence":
            done = project.dvc("repro", "gate/dvc.yaml")
        else:
            done = project.mlp("gate", code=code)
    return done.stdout + done.stderr if done else ""


def test_twelve_commands(tmp_path: Path) -> None:
    """Two come before these: `git clone` and `make setup`. A test of the Makefile has what it adds."""
    (tmp_path / "empty").mkdir()
    empty = Project(tmp_path / "empty")
    write_table(empty.path / "table.csv")
    settings = [word for setting in (NETWORKS, *QUICK) for word in ("-S", setting)]
    said = empty.mlp("new", "shop", "--source", "table.csv", "--target", "kind", *settings).stdout
    assert said.endswith("shop: 200 rows, 4 inputs, classification.\nnext: cd shop && make repro\n")
    shop = Project(empty.path / "shop")
    found = params.read(shop.path / "params.yaml")
    assert found.search.scoring == "balanced_accuracy"
    assert found.gate.metrics.balanced_accuracy is not None

    assert "mlp: It has learnt: accuracy" in made(shop, "repro")
    said = made(shop, "evidence", "gate")
    assert "has no results: nothing was run up to it" in " ".join(said.split())
    assert "edited rule of the gate itself" not in said  # all of them are new
    step = "for a change: git switch --create NAME, edit params.yaml, make repro gate"
    assert said.endswith(f"next: commit what changed (git add . && git commit); {step}\n")
    shop.commit("Train on my table")

    shop.run("git", "switch", "--quiet", "--create", "better")
    shop.put("mlp.max_iter", 80)
    said = made(shop, "repro", "evidence", "gate")
    assert said.endswith("commit); push, so that CI judges it again\n")
    assert "not judged" not in said
    shop.commit("Train for longer")
    said = made(shop, "judge")
    assert "pass: " in said
    assert said.endswith("next: push, so that CI judges it again\n")

    shop.run("git", "switch", "--quiet", "--create", "worse", "main")
    shop.put("mlp.max_iter", 1)
    said = made(shop, "repro", "evidence", "gate", code=1)
    assert "FAIL: " in said
    assert "next: mlp compare shows what changed; edit params.yaml" in said
    assert shop.mlp("compare").stderr.endswith("next: make gate judges the change\n")


def test_what_make_says_comes_next() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    repro = text.split("\nrepro:")[1].split("\n\n")[0]
    assert "next: look at data/report.html (make report opens it), then make gate" in repro
    assert "mlp new DIR --source FILE" in text.split("\nsetup:")[1].split("\n\n")[0]
