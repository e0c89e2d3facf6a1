"""The default run is the notebook's: every loss that it printed, and its test accuracy."""

import json
import re

import onnx
import pandas as pd
import pytest
from onnx import numpy_helper
from project import Project

from mlp.core import dataset_file
from mlp.model import saved

pytestmark = pytest.mark.slow

# As the notebook prints them, iterations 1 to 31.
PRINTED = [
    "15.28238769",
    "2.34694639",
    "2.23167333",
    "2.16162691",
    "2.10453294",
    "2.07952288",
    "2.06542957",
    "2.04938601",
    "2.05896466",
    "2.08961723",
    "2.06511940",
    "2.05853446",
    "2.05627295",
    "2.04366026",
    "2.04085845",
    "2.03395207",
    "2.03972563",
    "2.04973060",
    "2.03927495",
    "2.03289361",
    "2.03124502",
    "2.02189443",
    "1.99288669",
    "1.99002742",
    "2.29124781",
    "2.09662035",
    "2.34340163",
    "2.46969258",
    "2.43005033",
    "2.38740980",
    "2.35286730",
]

COLUMNS = ["row", "actual", "predicted", "confidence", "log_loss", "brier_score"]


def scores(built: Project, name: str) -> dict[str, float]:
    text = (built.path / f"metrics/{name}.json").read_text(encoding="utf-8")
    content: dict[str, float] = json.loads(text)[name]
    return content


def test_history_holds_every_printed_loss(built: Project) -> None:
    lines = (built.path / "plots/mlp/history.csv").read_text(encoding="utf-8").splitlines()
    losses = [line.split(",")[1] for line in lines[1:]]
    assert len(losses) == 35
    assert losses[:31] == PRINTED


def test_repro_prints_the_first_the_last_and_every_twentieth_epoch(built: Project) -> None:
    log = (built.path.parent / "log").read_text(encoding="utf-8")
    stage = log.split("Running stage 'train@mlp'")[1].split("Running stage")[0]
    printed = re.findall(r"epoch (\d+): loss (.*)", stage)
    assert [int(epoch) for epoch, _ in printed] == [1, 20, 35]
    assert [loss for _, loss in printed[:2]] == [PRINTED[0], PRINTED[19]]


def test_accuracy_is_the_notebooks_to_the_last_digit(built: Project) -> None:
    assert scores(built, "mlp")["accuracy"] == 0.115556
    test = dataset_file.read(built.path / "data/test.parquet")
    predicted, _ = saved.load(built.path / "data/models/mlp/model.onnx").predict(test.features)
    assert (predicted == test.target).mean() == 0.11555555555555555


def test_the_network_learnt_nothing_and_the_search_mends_it(built: Project) -> None:
    assert scores(built, "mlp")["final_loss"] > 2.302585  # ln 10
    assert scores(built, "linear")["accuracy"] > 0.94
    assert scores(built, "tuned")["accuracy"] >= 0.97


def test_the_hidden_layer_is_dead(built: Project) -> None:
    """The reason that the README gives: every relu unit answers 0 to every test picture."""
    graph = onnx.load(built.path / "data/models/mlp/model.onnx").graph
    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    features = dataset_file.read(built.path / "data/test.parquet").features
    inputs = features @ values["coefficient"] + values["intercepts"]
    assert inputs.shape == (450, 50)
    assert inputs.max() < 0


def test_predictions_are_the_test_rows_in_row_order(built: Project) -> None:
    rows = dataset_file.read(built.path / "data/test.parquet").rows
    for name in ("linear", "mlp", "tuned"):
        table = pd.read_csv(built.path / f"plots/{name}/predictions.csv")
        assert list(table.columns) == COLUMNS
        assert table["row"].tolist() == rows.tolist() == sorted(rows)
