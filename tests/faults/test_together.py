"""Several things at once in one project: none gets a wrong answer, and none harms another.

Searches that share a store are in test_cluster.py, and many saves under `make live` in test_live.py.
"""

import json
import subprocess
from pathlib import Path

import pytest
import two_stages
from project import Project

pytestmark = pytest.mark.slow


def reproducing(project: Project) -> "subprocess.Popen[str]":
    """Begin `dvc repro` and give its process, once a stage runs."""
    process = subprocess.Popen(
        ["dvc", "repro"], cwd=project.path, env=project.env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout
    while not process.stdout.readline().startswith("Running stage"):
        assert process.poll() is None
    return process


def test_a_second_run_is_refused_by_name(tmp_path: Path) -> None:
    """By DVC, which names the process of the first; that ends as if it were alone."""
    project = two_stages.project(tmp_path / "project")
    project.put("alpha", 2)
    with reproducing(project) as first:
        second = project.run("dvc", "repro", code=255)
        assert f"(PID {first.pid})" in second.stderr
        assert "Traceback" not in second.stderr
        (project.path / "go").touch()
        assert "ERROR" not in first.communicate()[0]
    assert first.returncode == 0
    assert "alpha: 2" in (project.path / "data/report.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_commands_during_a_run_answer_or_say_why_not(copy: Project) -> None:
    """And the gate passes nothing before the run is over."""
    rows = ("predict", "--model", "tuned", "rows.csv")
    pixels = [f"pixel_{i // 8}_{i % 8}" for i in range(64)]
    (copy.path / "rows.csv").write_text(f"{','.join(pixels)}\n{','.join('0' * 64)}\n")
    before = copy.mlp(*rows).stdout
    copy.put("split.seed", 7)
    asked: list[tuple[str, subprocess.CompletedProcess[str]]] = []
    with reproducing(copy) as run:
        while run.poll() is None:
            commands = (("gate",), ("compare",), ("explain",), rows)
            asked += [(words[0], copy.mlp(*words, code=None)) for words in commands]
        assert run.returncode == 0, run.communicate()
    assert {done.returncode for _, done in asked} <= {0, 1, 2}
    assert not any("Traceback" in done.stderr for _, done in asked)
    gate = [done.returncode for command, done in asked[:-4] if command == "gate"]
    assert len(gate) > 3
    assert 0 not in gate
    after = copy.mlp(*rows).stdout
    predicted = {done.stdout for command, done in asked if command == "predict"}
    assert predicted <= {"", before, after}  # by the one model, by the other, or not at all


@pytest.mark.long
def test_ten_experiments_two_at_a_time(copy: Project) -> None:
    """Each has the results that it has alone."""
    alphas = [0.001 * 2**i for i in range(10)]
    for i, alpha in enumerate(alphas):
        words = ("--queue", "--name", f"e{i}", "--set-param", f"mlp.alpha={alpha}")
        copy.run("dvc", "exp", "run", *words)
    copy.run("dvc", "exp", "run", "--run-all", "--jobs", "2")
    losses = [loss(copy, f"refs/exps/*/*/e{i}") for i in range(10)]
    assert len(set(losses)) == 10
    copy.put("mlp.alpha", alphas[4])
    copy.dvc("repro")
    here = json.loads((copy.path / "metrics/mlp.json").read_text(encoding="utf-8"))
    assert here["mlp"]["log_loss"] == losses[4]


def loss(project: Project, pattern: str) -> float:
    """Return the loss of an experiment, which DVC keeps as a reference of git."""
    (ref,) = project.run("git", "for-each-ref", "--format=%(refname)", pattern).stdout.split()
    text = project.run("git", "show", f"{ref}:metrics/mlp.json").stdout
    return float(json.loads(text)["mlp"]["log_loss"])
