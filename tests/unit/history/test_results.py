"""Results of one revision: which networks it has, and files that are not as recorded."""

import hashlib
import json
from typing import Any

import pytest
from ruamel.yaml import YAML

from mlp.core.errors import InputError
from mlp.history.results import Results

PARAMS = "networks: {linear: params.yaml, wide: params.yaml}\ngate: {model: wide, evidence: oof}\n"
ROWS = "row,actual,predicted,confidence\n0,a,b,0.9\n"


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def lock(files: dict[str, str]) -> str:
    """Return a lock file of stages evaluate@NAME that wrote files; JSON is YAML too."""
    outs = [{"path": path, "md5": md5(text)} for path, text in files.items()]
    return json.dumps({"stages": {"evaluate@linear": {"cmd": "x", "outs": outs}}})


def results(change: dict[str, str] | None = None, params: str = PARAMS) -> Results:
    """Return results of the network wide, changed after the run."""
    root = {
        "metrics/linear.json": "{}",
        "metrics/wide.json": '{"wide": {"accuracy": 0.5}}',
        "plots/wide/details.json": '{"scores": {"accuracy": 0.1, "parameters": 9}, "labels": []}',
        "plots/wide/predictions.csv": ROWS,
    }
    gate = {"gate/oof/wide.json": '{"wide": {"accuracy": 0.6}}', "gate/oof/wide.csv": ROWS}
    locks = {"dvc.lock": lock(root), "gate/dvc.lock": lock(gate)}
    files = {"params.yaml": params, **root, **gate, **locks, **(change or {})}

    def read(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path].encode()

    return Results("here", read)


def test_names_come_from_params_and_evidence_from_the_lock_files() -> None:
    assert results().networks == ["linear", "wide"]
    assert results().judged("test") == ["linear", "wide"]
    assert results().judged("oof") == ["wide"]


def test_metrics_are_those_of_both_files() -> None:
    assert results().metrics("test", "wide") == {"accuracy": 0.5, "parameters": 9}
    assert results().metrics("oof", "wide") == {"accuracy": 0.6}
    assert results().predictions("oof", "wide")["predicted"].tolist() == ["b"]


def test_an_older_layout_is_said() -> None:
    sentence = (
        "params.yaml of here has no section networks: its results are stored in an older layout "
        "and cannot be compared."
    )
    for ask in (lambda old: old.judged("test"), lambda old: old.lock("test")):
        with pytest.raises(InputError) as error:
            ask(results(params="mlp: {alpha: 1}\ngate: {model: mlp}\n"))
        assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("path", "text", "sentence"),
    [
        ("metrics/wide.json", "{", "metrics/wide.json of here is cut off or not JSON"),
        ("metrics/wide.json", '{"wide": {"accuracy": NaN}}', "holds NaN, which is not a number."),
        ("metrics/wide.json", "[]", "should hold metrics below the key wide."),
        ("metrics/wide.json", '{"wide": {}}', "not what the pipeline wrote: dvc.lock has another"),
        ("plots/wide/details.json", '{"wide": {}}', "should hold metrics below the key scores."),
        ("plots/wide/details.json", '{"scores": {}}', "dvc.lock has another hash."),
        ("gate/oof/wide.json", '{"wide": {}}', "gate/dvc.lock has another hash."),
        ("gate/dvc.lock", "stages: {}\n", "gate/dvc.lock of here does not record gate/oof/wide"),
    ],
)
def test_other_metrics_than_recorded_are_refused(path: str, text: str, sentence: str) -> None:
    spoilt = results({path: text})
    with pytest.raises(InputError) as error:
        spoilt.metrics("oof" if path.startswith("gate") else "test", "wide")
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "gate/oof/wide.csv of here is not a table of predictions"),
        ("row,actual,confidence\n0,a,1\n", "gate/oof/wide.csv of here lacks the column predicted."),
        (f"{ROWS}1,a,a,1\n", "is not what the pipeline wrote: gate/dvc.lock has another hash."),
    ],
)
def test_other_predictions_than_recorded_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(InputError) as error:
        results({"gate/oof/wide.csv": text}).predictions("oof", "wide")
    assert sentence in str(error.value)


def test_a_network_that_is_gone_has_no_stage() -> None:
    content: Any = YAML(typ="safe").load(lock({"metrics/linear.json": "{}"}))
    content["stages"]["evaluate@gone"] = content["stages"]["evaluate@linear"]
    stages = results({"dvc.lock": json.dumps(content)}).lock("test")["stages"]
    assert list(stages) == ["evaluate@linear"]
