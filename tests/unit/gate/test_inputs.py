"""The rules that are read, the results that are judged, and which of them must be there."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from mlp.core.errors import InputError
from mlp.gate import inputs
from mlp.gate.params import Gate
from mlp.history import pending
from mlp.history.results import Results
from mlp.history.snapshot import read_here

TABLE = pd.DataFrame({"row": range(3), "actual": list("aab"), "predicted": list("aba")})
ASKED = {"model": "mlp", "evidence": "test", "question": "file", "repeats": 5, "beats": ["linear"]}
GONE = "gate/repeats/mlp.json of here is missing"
OOF = [f"gate/oof/{name}.{end}" for name in ("mlp", "linear") for end in ("json", "csv")]
REPEATS = ["gate/repeats/mlp.json", "gate/repeats/mlp.csv"]


def rules(question: str, evidence: str) -> Gate:
    return Gate.model_validate(ASKED | {"question": question, "evidence": evidence})


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Results:
    """Results of two networks, of which the repeated trainings are missing."""
    monkeypatch.chdir(tmp_path)
    write()
    scores = {"test": {"parameters": 9, "accuracy": 0.1}, "oof": {"accuracy": 0.5}}
    monkeypatch.setattr(Results, "metrics", lambda *asked: scores[asked[1]])
    monkeypatch.setattr(Results, "predictions", lambda *_: TABLE)
    return Results("here", read_here)


def write(**gate: Any) -> None:
    networks = {"linear": "params.yaml", "mlp": "params.yaml"}
    Path("params.yaml").write_text(json.dumps({"networks": networks, "gate": ASKED | gate}))


def test_the_rules_of_params(here: Results) -> None:
    assert inputs.gate(here) == rules("file", "test")
    assert inputs.gate(here, "configuration") == rules("configuration", "test")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"model": "mpl"}, "params.yaml: gate.model is mpl; it should be one of linear, mlp"),
        ({"beats": ["mean"]}, "params.yaml: gate.beats names mean, which is no floor of a"),
    ],
)
def test_wrong_rules_are_refused(here: Results, change: dict[str, Any], sentence: str) -> None:
    write(**change)
    with pytest.raises(InputError) as error:
        inputs.gate(here)
    assert str(error.value).startswith(sentence)


@pytest.mark.parametrize("question", ["file", "configuration"])
@pytest.mark.parametrize("name", ["mlp", "linear"])
def test_only_the_judged_configuration_has_repeated_trainings(
    here: Results, question: str, name: str
) -> None:
    """The recalls are 1/2 of a and 0 of b; scores of the evidence go before those of the test."""
    found = inputs.network(here, rules(question, "oof"), name)
    assert found.metrics == {"parameters": 9, "accuracy": 0.5, "balanced_accuracy": 0.25}
    is_read = (question, name) == ("configuration", "mlp")
    assert found.repeats == (GONE if is_read else "no repeated trainings are read")


def test_a_network_that_is_not_there_is_refused(here: Results) -> None:
    with pytest.raises(InputError, match=r"params\.yaml of here does not name the network wide"):
        inputs.network(here, rules("file", "test"), "wide")


@pytest.mark.parametrize(
    ("question", "evidence", "graphs", "ignored", "missing"),
    [
        ("file", "test", "test", ("repeat",), []),
        ("file", "oof", "oof", ("repeat",), OOF),
        ("configuration", "test", "oof", ("crossval", "evidence"), REPEATS),
        ("configuration", "oof", "oof", (), OOF + REPEATS),
    ],
)
def test_what_must_be_there(  # noqa: PLR0913 - a column each
    here: Results,
    monkeypatch: pytest.MonkeyPatch,
    *,
    question: str,
    evidence: str,
    graphs: str,
    ignored: tuple[str, ...],
    missing: list[str],
) -> None:
    asked = rules(question, evidence)
    stale = ["mlp.alpha is 1"]
    calls = []

    def since_the_run(*given: Any) -> list[str]:
        calls.append(given)
        return stale

    monkeypatch.setattr(pending, "since_the_run", since_the_run)
    assert inputs.unready(here, asked, None) == stale
    assert calls == [(here, graphs, None, ignored)]
    stale.clear()
    found = inputs.unready(here, asked, None)
    assert found == [f"the evidence {file} is missing" for file in missing]
    for file in missing:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).touch()
    assert inputs.unready(here, asked, None) == []
