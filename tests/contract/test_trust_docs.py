"""docs/trust.md names tests that exist, and adds its points up by the rule of the paper."""

import ast
import re
from functools import cache

import pytest
from project import ROOT

DOCS = (ROOT / "docs/trust.md").read_text(encoding="utf-8")
REFERENCES = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCS)))
SECTIONS = ("Data", "Model", "Infrastructure", "Monitoring")
REFERENCE = re.compile(r"`tests/[\w/]+\.py::test_\w+`")


@cache
def functions(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), REFERENCES)
def test_the_test_exists(path: str, name: str) -> None:
    assert name.startswith("test_")
    assert name in functions(path)


def test_every_promise_names_a_test() -> None:
    table = DOCS.split("## Promises")[1].split("## Not promised")[0]
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", table, re.MULTILINE)[1:]
    assert len(rows) > 15
    assert [promise for promise, by in rows if not REFERENCE.search(by)] == []


def points(section: str) -> list[tuple[float, str]]:
    table = DOCS.split(f"### {section}\n")[1].split("###")[0]
    rows = re.findall(r"^\| [^|]+ \| ([\d.]+) \| (.+) \|$", table, re.MULTILINE)
    return [(float(number), evidence) for number, evidence in rows]


@pytest.mark.parametrize("section", SECTIONS)
def test_points_have_evidence(section: str) -> None:
    rows = points(section)
    assert len(rows) == 7
    assert {number for number, _ in rows} <= {0, 0.5, 1}
    assert [
        evidence for number, evidence in rows if number and not REFERENCE.search(evidence)
    ] == []


def test_the_score_is_the_least_sum() -> None:
    sums = {section: sum(number for number, _ in points(section)) for section in SECTIONS}
    data, model, infrastructure, monitoring = (f"{number:g}" for number in sums.values())
    assert (
        f"**Score: {min(sums.values()):g}**, the least of data {data}, model {model}, "
        f"infrastructure {infrastructure} and monitoring {monitoring}."
    ) in DOCS
