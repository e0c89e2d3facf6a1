"""Bounds that are still those of other data are told."""

import json
from typing import Any

import pytest

from mlp.gate import margins
from mlp.gate.params import Gate
from mlp.history import results
from mlp.history.results import Results
from mlp.history.revisions import Revision

A, B, GONE = Revision("a", "a"), Revision("b", "b"), Revision("c", "c")
UP, DOWN = {"direction": "higher"}, {"direction": "lower"}
PLAIN: dict[str, Any] = {
    "metrics": {"accuracy": UP | {"min": 0.9}, "log_loss": DOWN | {"max": 0.3}},
    "classes": {"min_support": 20, "min_recall": 0.8},
}
ALL = "gate.metrics.accuracy.min, gate.metrics.log_loss.max, gate.classes.min_recall of params.yaml"


def told(
    monkeypatch: pytest.MonkeyPatch, now: dict[str, Any], others: dict[Revision, dict[str, Any]]
) -> list[str]:
    """Return what is told of the rules now, and of those at other revisions."""
    asked = {"model": "mlp", "evidence": "test", "question": "file", "repeats": 5}

    def at(revision: Revision) -> Results:
        def read(_: str) -> bytes:
            if revision == GONE:
                raise FileNotFoundError
            return json.dumps({"gate": others[revision]}).encode()

        return Results(revision.name, read)

    monkeypatch.setattr(results, "at", at)
    gate = Gate.model_validate(asked | now)
    return list(margins.chosen_for_other_data(gate, list(others)))


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, f"{ALL} were chosen for other data, those of a: "),
        (
            {"metrics": {"accuracy": {"min": 0.8}}},
            "gate.classes.min_recall of params.yaml was chosen for other data, those of a: ",
        ),
        ({"metrics": {}, "classes": {"min_recall": 0.7}}, None),
    ],
)
def test_bounds_that_were_kept(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], kept: str | None
) -> None:
    found = told(monkeypatch, PLAIN, {A: PLAIN | change})
    end = "choose anew, or relative to the table, such as min: {linear: 0.01}."
    assert found == ([] if kept is None else [kept + end])


def test_bounds_of_the_table_itself_may_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = {
        "metrics": {"accuracy": UP | {"min": {"linear": 0.01}}},
        "classes": {"min_support": 20, "significance": 0.05},
    }
    assert told(monkeypatch, rules, {A: rules}) == []
    assert told(monkeypatch, {"beats": ["linear"]}, {A: PLAIN}) == []


def test_one_revision_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = told(monkeypatch, PLAIN, {GONE: PLAIN, A: {}, B: PLAIN, Revision("d", "d"): PLAIN})
    assert found.startswith(f"{ALL} were chosen for other data, those of b: ")
