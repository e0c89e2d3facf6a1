"""docs/gate.md states what benchmarks/results/gate.txt measured, for the gate as committed."""

import json
import re
from pathlib import Path

import pytest
from project import ROOT
from pydantic import BaseModel

from mlp.check.params import Params
from mlp.core import params_file
from mlp.gate.params import ClassRules, Gate, MetricRule

DOCS = (ROOT / "docs/gate.md").read_text(encoding="utf-8")
MEASURED = (ROOT / "benchmarks/results/gate.txt").read_text(encoding="utf-8")


def shares(text: str) -> dict[str, list[str]]:
    """Return the percentages of each rule by its name, from a table in text or in Markdown."""
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"\|| {2,}", line.strip("|"))]
        if re.match(r"[\d.]+%", cells[-1]):
            found[cells[0]] = [cell.split()[0] for cell in cells[1:]]
    return found


def test_the_committed_gate_was_measured() -> None:
    gate = params_file.read_all(ROOT / "params.yaml", Params).gate.model_dump(exclude_unset=True)
    measured = json.loads(MEASURED.splitlines()[0].removeprefix("gate: "))
    assert {**measured, "evidence": "both"} == {**gate, "evidence": "both"}


@pytest.mark.parametrize("evidence", ["test", "oof"])
def test_the_tables_are_what_was_measured(evidence: str) -> None:
    told = shares(DOCS.split(f"With `evidence: {evidence}`, ")[1].split("With ")[0])
    found = shares(MEASURED.split(f"evidence: {evidence}, ")[1].split("evidence: ")[0])
    assert told == {name: values for name, values in found.items() if name in told}
    assert {"the whole gate", "the whole gate, and a tag", "must not drop"} <= set(told)
    assert all(len(values) == 4 for values in told.values())


def test_what_must_hold_was_measured() -> None:
    """Seed-only false alarms of the default gate, and a loss of half the data."""
    test, oof = (
        shares(MEASURED.split(f"evidence: {name}, ")[1].split("evidence: ")[0])
        for name in ("test", "oof")
    )
    assert "200 pairs a kind" in MEASURED
    for table in (test, oof):
        assert float(table["the whole gate"][0].rstrip("%")) <= 5
    assert float(oof["the whole gate"][1].rstrip("%")) >= 95


def test_the_figures_in_the_text_are_those_of_the_tables() -> None:
    table = shares(MEASURED.split("evidence: test, ")[1].split("evidence: ")[0])
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    gate, naive = (table[rule][0].rstrip("%") for rule in ("the whole gate", "must not drop"))
    assert f"the committed gate failed {gate} %" in readme
    assert f'"accuracy must not drop" {naive} %' in readme


def keys(schema: type[BaseModel]) -> set[str]:
    return set(schema.model_fields)


def test_every_rule_is_described() -> None:
    rules = DOCS.split("## Which rule for which worry")[1].split("\n## ")[0]
    for key in keys(Gate) - {"model", "evidence", "metrics"} | keys(MetricRule) | keys(ClassRules):
        assert re.search(rf"\b{key}\b", DOCS if key == "direction" else rules), key


def test_links_exist() -> None:
    for link in re.findall(r"`((?:docs|tests|benchmarks|\.github)/[\w./-]+)`", DOCS):
        assert (ROOT / Path(link)).exists(), link
