"""docs/gate.md states what benchmarks/results/gate.json measured, for the gate as committed."""

import re
from pathlib import Path

import pytest
from project import ROOT
from pydantic import BaseModel

from benchmarks import gate_runs, record
from mlp.check import params
from mlp.gate.params import ClassRules, Gate, MetricRule

DOCS = (ROOT / "docs/gate.md").read_text(encoding="utf-8")
MEASURED = record.read("gate")["measured"]
TABLES = {
    evidence: {rule: [cell.split()[0] for cell in cells] for rule, *cells in table["rows"]}
    for evidence, table in zip(gate_runs.EVIDENCE, record.read("gate")["tables"], strict=True)
}


def shares(page: str) -> dict[str, list[str]]:
    """Return the percentages of each rule by its name, from a table in Markdown."""
    rows = re.findall(r"^\| (.+?) \|(( [\d.]+% \|)+)$", page, re.MULTILINE)
    return {rule: cells.strip(" |").split(" | ") for rule, cells, _ in rows}


def test_the_committed_gate_was_measured() -> None:
    gate = params.read(ROOT / "params.yaml").gate.model_dump(exclude_unset=True)
    assert {**MEASURED["gate"], "evidence": "both"} == {**gate, "evidence": "both"}


@pytest.mark.parametrize("evidence", ["test", "oof"])
def test_the_tables_are_what_was_measured(evidence: str) -> None:
    told = shares(DOCS.split(f"With `evidence: {evidence}`, ")[1].split("With ")[0])
    assert told == {name: TABLES[evidence][name] for name in told}
    assert {"the whole gate", "the whole gate, and a tag", "must not drop"} <= set(told)
    assert all(len(values) == 4 for values in told.values())


def test_what_must_hold_was_measured() -> None:
    """Seed-only false alarms of the default gate, and a loss of half the data."""
    assert MEASURED["pairs"] == 200
    for table in TABLES.values():
        assert float(table["the whole gate"][0].rstrip("%")) <= 5
    assert float(TABLES["oof"]["the whole gate"][1].rstrip("%")) >= 95


def test_the_figures_in_the_text_are_those_of_the_tables() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    gate, naive = (
        TABLES["test"][rule][0].rstrip("%") for rule in ("the whole gate", "must not drop")
    )
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
