"""The record of its training in a model file."""

import math
from pathlib import Path

import numpy as np
import pytest
from samples import mixed, numeric

from mlp.model import export, metadata, saved
from mlp.training.build import SCALERS
from mlp.training.fit import fit

SECTION = {"hidden_layer_sizes": [4], "scale": "minmax", "random_state": 0, "max_iter": 5}


def test_summary_by_hand() -> None:
    """Three rows in four are of one class: -(3/4 ln 3/4 + 1/4 ln 1/4)."""
    labels = np.array(["a", "a", "a", "b"] * 5, dtype=object)
    rows = numeric(np.arange(20.0)[:, None], labels)
    fitted = fit(SECTION, rows)
    training = metadata.summary(fitted)
    assert training["rows"] == 20
    assert training["entropy"] == pytest.approx(0.75 * math.log(4 / 3) + 0.25 * math.log(4))
    assert training["accuracy"] == fitted.pipeline.score(rows.features, labels)
    assert training["defaults"] == {
        "hidden_layer_sizes": (100,),
        "max_iter": 200,
        "random_state": None,
    }
    assert training["arguments"]["solver"] == "adam"
    assert training["arguments"]["scale"] == "minmax"


@pytest.mark.parametrize("scale", SCALERS)
def test_the_model_file_holds_it(scale: str, tmp_path: Path) -> None:
    rows = mixed(60)
    fitted = fit(SECTION | {"scale": scale}, rows)
    export.export(fitted, tmp_path / "mlp.onnx")
    training = saved.load(tmp_path / "mlp.onnx").training
    assert training["arguments"]["scale"] == scale
    assert training["log_loss"] > 0
