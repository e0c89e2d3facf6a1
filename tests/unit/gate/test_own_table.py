"""own_table: how many networks a calibration takes at least, and what it reads and trains."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mlp.core.errors import InputError
from mlp.evidence import plan, pools
from mlp.gate import calibration, inputs, own_table
from mlp.gate.own_table import Calibrated
from mlp.gate.params import Gate
from mlp.history import as_recorded, pending, results
from mlp.history.results import Results
from mlp.history.snapshot import read_here
from mlp.model import saved

MODEL = "data/models/mlp/model.onnx"
FILES = [*(f"data/{name}.parquet" for name in ("dataset", "train", "test")), MODEL]
ASKED = {"model": "mlp", "evidence": "test", "question": "configuration", "repeats": 5}
TESTED = ASKED | {"significance": 0.01}
ROWS = SimpleNamespace(
    rows=[0, 1], target=["a", "b"], groups=None, dataset=SimpleNamespace(task="classification")
)


Given = dict[str, Any]


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    """A folder with every file that is read, and stand-ins for functions of other modules."""
    monkeypatch.chdir(tmp_path)
    params = {"split": {"group": "g"}, "crossval": {"folds": 5, "seed": 0}}
    Path("params.yaml").write_text(json.dumps(params), encoding="utf-8")
    for file in FILES:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).touch()
    network = SimpleNamespace(training={"arguments": {"alpha": 1}})
    answers: Given = {
        "workspace": Results("here", read_here),
        "gate": Gate.model_validate(TESTED),
        "since_the_run": [],
    }
    monkeypatch.setattr(results, "workspace", lambda: answers["workspace"])
    monkeypatch.setattr(inputs, "gate", lambda _: answers["gate"])
    monkeypatch.setattr(pending, "since_the_run", lambda *_: answers["since_the_run"])
    monkeypatch.setattr(plan, "read", lambda *_: ROWS)
    monkeypatch.setattr(saved, "load", lambda _: network)
    monkeypatch.setattr(pools, "train", lambda *asked: asked[2])
    monkeypatch.setattr(calibration, "calibrate", lambda *asked: asked[0])
    return answers


@pytest.mark.usefixtures("given")
def test_three_times_as_many_as_a_side_has() -> None:
    """With fewer the pairs share most of their networks."""
    with pytest.raises(InputError) as error:
        own_table.calibrate(14)
    assert str(error.value) == (
        "--calibrate 14 is too few: with gate.repeats 5 it takes at least 15 networks, three times "
        "as many."
    )
    assert own_table.calibrate(15, is_checked=False).networks == 15


def test_a_gate_without_a_test_is_refused(given: Given) -> None:
    given["gate"] = Gate.model_validate(ASKED | {"beats": ["linear"]})
    with pytest.raises(InputError, match="gate has no significance, so there is nothing to"):
        own_table.calibrate(15)


@pytest.mark.parametrize(
    ("stale", "gone", "sentence"),
    [
        (["alpha is 1", "beta is 2"], [], "alpha is 1"),
        ([], FILES[1:3], "data/train.parquet is missing"),
        ([], [MODEL], f"{MODEL} is missing"),
        (["alpha is 1"], [MODEL], "alpha is 1"),
    ],
)
def test_results_that_are_not_there_are_not_read(
    given: Given, stale: list[str], gone: list[str], sentence: str
) -> None:
    given["since_the_run"] = stale
    for file in gone:
        Path(file).unlink()
    with pytest.raises(InputError) as error:
        own_table.calibrate(15)
    assert str(error.value) == f"{sentence}; run `dvc repro` (or `dvc pull`) first."


@pytest.mark.parametrize(("options", "checked"), [({}, FILES), ({"is_checked": False}, [])])
@pytest.mark.usefixtures("given")
def test_the_files_that_are_read_are_those_that_were_recorded(
    monkeypatch: pytest.MonkeyPatch, options: dict[str, bool], checked: list[str]
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(as_recorded, "check", lambda _, file: seen.append(str(file)))
    own_table.calibrate(15, **options)
    assert seen == checked


@pytest.mark.usefixtures("given")
def test_blocks_of_worse_data_have_as_many_trainings_as_a_side() -> None:
    """Of 19 networks, three blocks of five; the outcome here is the sizes of the pool."""
    found = own_table.calibrate(19, is_checked=False)
    gate = Gate.model_validate(TESTED)
    assert found == Calibrated("classification", gate, 19, 3, 2, (19, 3, 5))  # type: ignore[arg-type]
