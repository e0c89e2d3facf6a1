"""Repeated trainings are read from git, and never where they are stale, broken or of other rows."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlp.core import files, json_file
from mlp.core.errors import InputError
from mlp.evidence import averages, curve, stored
from mlp.evidence.curve import Curve, Step
from mlp.evidence.run import Run
from mlp.history.results import Results

PARAMS: dict[str, Any] = {
    "networks": {"linear": "params.yaml", "wide": "params.yaml"},
    "gate": {"model": "wide", "evidence": "test", "repeats": 2},
    "crossval": {"folds": 5, "seed": 0},
}
ACTUAL = np.array(["a", "b", "01"], dtype=object)
MODEL = {"path": "data/models/wide", "md5": "a" * 32}
CURVE = "gate/curve/wide.json"
JSON, CSV = "gate/repeats/wide.json", "gate/repeats/wide.csv"

GROWN = Curve(
    evidence="test",
    judged=3,
    metric="accuracy",
    better="higher",
    rows=[20, 40],
    scores=[[0.5, 1.0], [1.0, 1.0]],
    step=Step(0.25, -1.0, 1.5),
    unconverged=0,
    left_out=[],
)


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def written(evidence: str = "test") -> dict[str, str]:
    losses = np.array([0.1, 0.2, 0.3])
    runs = [Run(ACTUAL, {"log_loss": losses, "brier_score": losses}, 3, converged=True)] * 2
    found = averages.of(runs, np.arange(3), ACTUAL, np.array(["01", "01", "2"], dtype=object))
    text = io.StringIO()
    files.write_csv(found.table, text)
    content = json_file.rounded({"wide": stored.as_json(found, evidence)})
    grown = json_file.rounded({"wide": curve.as_json(GROWN)})
    return {JSON: json.dumps(content), CSV: text.getvalue(), CURVE: json.dumps(grown)}


def results(
    change: dict[str, str] | None = None,
    params: dict[str, Any] | None = None,
    model: str = MODEL["md5"],
    content: dict[str, str] | None = None,
) -> Results:
    """Return results whose repeated trainings were written by a run with these parameters."""
    outputs = content or written()
    entry = {
        "cmd": "x",
        "deps": [MODEL],
        "params": {"params.yaml": {"gate.repeats": 2, "crossval": {"folds": 5, "seed": 0}}},
        "outs": [{"path": path, "md5": md5(text)} for path, text in outputs.items()],
    }
    root = {
        "train@wide": {"cmd": "x", "outs": [MODEL | {"md5": model}]},
        "train@linear": {"cmd": "x"},
    }
    stored = {
        "params.yaml": json.dumps(params or PARAMS),
        "dvc.lock": json.dumps({"stages": root}),
        "gate/dvc.lock": json.dumps({"stages": {"repeat@wide": entry}}),
        **outputs,
        **(change or {}),
    }

    def read(path: str) -> bytes:
        if path not in stored:
            raise FileNotFoundError(Path(path))
        return stored[path].encode()

    return Results("abc", read)


def test_they_are_read_as_they_were_written() -> None:
    found = results().repeats("test", "wide")
    assert found.rows == 3
    assert found.table["actual"].tolist() == ["a", "b", "01"]  # texts stay texts
    assert found.table["group"].tolist() == ["01", "01", "2"]
    assert found.scores["brier_score"].tolist() == pytest.approx([0.2, 0.2])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({JSON: "{"}, "gate/repeats/wide.json of abc is cut off or not JSON"),
        (
            {JSON: '{"wide": {"evidence": "test"}}'},
            "is not what the stage repeat writes|is not what",
        ),
        ({CSV: "row,actual\n0,a\n"}, "gate/repeats/wide.csv of abc lacks the column accuracy"),
        ({CSV: written()[CSV].replace("0.2", "0.3")}, "is not what the pipeline wrote"),
        ({CSV: '"'}, "is not a table of row scores"),
    ],
)
def test_broken_files_are_refused(change: dict[str, str], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        results(change).repeats("test", "wide")


def test_incomplete_scores_are_refused() -> None:
    outputs = written() | {JSON: '{"wide": {"evidence": "test", "rows": 3}}'}
    with pytest.raises(InputError, match="is not what the stage repeat writes: 'classes'"):
        results(content=outputs).repeats("test", "wide")


@pytest.mark.parametrize(
    ("key", "value"),
    [(key, value) for key in ("classes", "scores", "spread", "n_iter") for value in (None, [None], 10**400)]
    + [("spread", {"accuracy": 10**400}), ("rows", None), ("rows", "x"), ("converged", None)],
    ids=lambda value: str(value)[:9],
)  # fmt: skip
def test_scores_of_another_type_are_refused(key: str, value: object) -> None:
    outputs = written()
    content = json.loads(outputs[JSON])
    content["wide"][key] = value
    outputs[JSON] = json.dumps(content)
    with pytest.raises(InputError, match="is not what the stage repeat writes"):
        results(content=outputs).repeats("test", "wide")


def test_other_evidence_is_refused() -> None:
    with pytest.raises(InputError, match=r"wide.json of abc is of other evidence than oof"):
        results().repeats("oof", "wide")


def test_trainings_from_before_a_change_are_stale() -> None:
    sentence = "repeat@wide has not run since data/models/wide changed at abc"
    with pytest.raises(InputError, match=sentence):
        results(model="d" * 32).repeats("test", "wide")
    more = PARAMS | {"gate": PARAMS["gate"] | {"repeats": 3}}
    with pytest.raises(
        InputError, match=r"repeat@wide has not run since gate\.repeats changed at abc"
    ):
        results(params=more).repeats("test", "wide")
    other_rule = PARAMS | {"gate": PARAMS["gate"] | {"significance": 0.01}}
    assert results(params=other_rule).repeats("test", "wide").rows == 3


def test_a_learning_curve_is_read_as_it_was_written() -> None:
    assert results().curve("wide") == GROWN


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"judged"', '"other"', "gate/curve/wide.json of abc is not what the stage repeat writes: 'judged'"),
        ("[0.5, 1.0]", "[]", "is below 1, or has no score"),
        ("20", "0", "is below 1, or has no score"),
        ("20", "null", "is not what the stage repeat writes"),
        ("40", "4" + "0" * 400, "is not what the stage repeat writes"),
        ('"step": {', '"step": [], "other": {', "is not what the stage repeat writes"),
        ('"step": {', '"step": {}, "other": {', "is not what the stage repeat writes: 'difference'"),
    ],
)  # fmt: skip
def test_a_broken_learning_curve_is_refused(old: str, new: str, sentence: str) -> None:
    outputs = written()
    outputs[CURVE] = outputs[CURVE].replace(old, new)
    with pytest.raises(InputError, match=sentence):
        results(content=outputs).curve("wide")


def test_a_learning_curve_that_is_stale_or_edited_is_refused() -> None:
    with pytest.raises(InputError, match="has not run since data/models/wide changed"):
        results(model="d" * 32).curve("wide")
    with pytest.raises(InputError, match="is not what the pipeline wrote"):
        results({CURVE: written()[CURVE].replace("20", "21")}).curve("wide")
    with pytest.raises(InputError, match=r"gate/curve/wide\.json of abc is missing"):
        results(content={JSON: written()[JSON]}).curve("wide")
