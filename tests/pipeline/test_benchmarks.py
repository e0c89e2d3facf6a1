"""The benchmarks run, small; what they measure stands in benchmarks/ and in the documents."""

import re

import pytest
from project import Project

pytestmark = pytest.mark.slow


def test_gate(copy: Project) -> None:
    command = ("python", "-m", "benchmarks.gate", "--pairs", "1", "--first", "7")
    printed = copy.run(*command).stdout
    for evidence in ("test", "oof"):
        assert f"evidence: {evidence}, 1 pairs a kind" in printed
    # A fifth of the labels at random is a loss that nobody can miss.
    noise = re.findall(
        r"^the whole gate +\S+ \([^)]*\) +\S+ \([^)]*\) +(\S+) ", printed, re.MULTILINE
    )
    assert noise == ["100.0%", "100.0%"]
    store = sorted((copy.path / ".cache/benchmarks/gate").iterdir())
    assert len(store) == 10  # five networks, two tables each
    before = [path.stat().st_mtime_ns for path in store]
    assert copy.run(*command).stdout == printed
    assert [path.stat().st_mtime_ns for path in store] == before


def test_large_table(copy: Project) -> None:
    printed = copy.run("python", "-m", "benchmarks.large_table", "--rows", "1000").stdout
    assert "1000 rows, 50 columns" in printed
    assert re.search(r"^load and split / Arrow alone: \d+\.\d\d ", printed, re.MULTILINE)
    assert re.search(r"^memory / float64 matrix: \d+\.\d\d ", printed, re.MULTILINE)


def test_float32(copy: Project) -> None:
    command = ("python", "-m", "benchmarks.float32", "--rows", "100", "--repeats", "1")
    printed = copy.run(*command).stdout
    assert re.fullmatch(r"784 columns, 100 rows: float64 / float32 time \d+\.\d\d\n", printed)


def test_commands(copy: Project) -> None:
    copy.run("git", "commit", "--quiet", "--allow-empty", "--message", "Two")
    printed = copy.run("python", "-m", "benchmarks.commands", "--repeats", "1").stdout
    assert re.findall(r"^\w+", printed, re.MULTILINE) == ["imports", "compare", "gate"]
