"""The benchmarks run, small; what they measure is in benchmarks/results and in the documents."""

import json
import platform
import re

import pytest
from project import Project

from mlp.core import numerics

pytestmark = pytest.mark.slow


def test_gate(copy: Project) -> None:
    """False alarms of few networks, which are remembered."""
    words = ("--table", "iris", "--training", "unfinished", "--networks", "15")
    command = ("python", "-m", "benchmarks.gate", *words, "--evidence", "test")
    printed = copy.run(*command).stdout
    found = re.search(r"^iris +unfinished +38 +(\d+\.\d)% \(.*\) +\d", printed, re.MULTILINE)
    assert found
    assert float(found[1]) <= 10
    store = sorted((copy.path / ".cache/benchmarks/gate").rglob("output.pkl"))
    assert len(store) == 15 + 2 * 8 * 5
    again = copy.run(*command).stdout
    assert again.splitlines()[-3:] == printed.splitlines()[-3:]
    assert "fits done" not in again


def test_large_table(copy: Project) -> None:
    command = ("python", "-m", "benchmarks.large_table", "--rows", "1000", "--busy")
    printed = copy.run(*command).stdout
    assert "1000 rows, 50 columns" in printed
    assert re.search(r"^time, against Arrow alone +\d+\.\d\d +4$", printed, re.MULTILINE)
    assert re.search(r"^memory, against the matrix +\d+\.\d\d +3$", printed, re.MULTILINE)


def test_float32(copy: Project) -> None:
    """And a part of a benchmark leaves what was measured."""
    before = copy.run("git", "status", "--short").stdout
    options = ("--rows", "100", "--repeats", "1", "--busy")
    printed = copy.run("python", "-m", "benchmarks.float32", *options).stdout
    assert re.search(r"^100 +784( +\d+\.\d\d){3}$", printed, re.MULTILINE)
    assert copy.run("git", "status", "--short").stdout == before


def test_commands(copy: Project) -> None:
    copy.run("git", "commit", "--quiet", "--allow-empty", "--message", "Two")
    printed = copy.run("python", "-m", "benchmarks.commands", "--repeats", "1", "--busy").stdout
    rows = re.findall(r"^(\w.+?)(?: +\d+\.\d\d){2}$", printed, re.MULTILINE)
    assert rows == ["imports", "mlp compare HEAD^", "mlp gate HEAD^"]


def test_the_scripts_say_what_the_pipeline_says(copy: Project) -> None:
    """The peers of the loop, with the parameters as committed and the kernels of the stages."""
    pins = numerics.pins(platform.machine(), "pinned")
    command = ("python", "benchmarks/peers/notebook.py", "0.0001", "confusion.png")
    scores = json.loads(copy.run(*command, **pins).stdout.splitlines()[-1])
    committed = json.loads((copy.path / "metrics/mlp.json").read_text(encoding="utf-8"))["mlp"]
    assert {name: round(score, 6) for name, score in scores.items()} == {
        name: committed[name] for name in ("accuracy", "macro_f1")
    }
    assert (copy.path / "confusion.png").read_bytes().startswith(b"\x89PNG")
