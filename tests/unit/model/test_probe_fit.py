"""Probes of wide representations are those of narrow ones, by ways that take less time."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from samples import worded

from mlp.core.dataset import Dataset
from mlp.model import export, layers, probe_fit, regression
from mlp.training.fit import fit

SECTION = {"hidden_layer_sizes": [5], "scale": "none", "random_state": 0, "max_iter": 5}


def opened(rows: Dataset, path: Path) -> layers.Layers:
    export.export(fit(SECTION, rows), path)
    return layers.load(path)


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_sparse_values_give_the_same_probe(
    task: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number lies far from 0, and is subtracted; the texts are 0 or 1."""
    rows = worded(900, 60)
    rows = replace(rows, features=rows.features.assign(a=rows.features["a"] + 1000))
    if task == "regression":
        rows = replace(rows, target=rows.features["a"] + (rows.target == "yes") - 1000)
    network = opened(rows, tmp_path / "a.onnx")
    plain = probe_fit.fit(network, rows)["inputs"]
    monkeypatch.setattr(probe_fit, "DENSE", 10)
    monkeypatch.setattr(regression, "DIRECT", 10)
    sparse = probe_fit.fit(network, rows)["inputs"]
    (values,) = network.values(rows.features)
    # Both stop within scikit-learn's tolerance.
    assert sparse.outputs(values[0]) == pytest.approx(plain.outputs(values[0]), abs=0.1)
    assert (sparse.axes == plain.axes).all()


def test_a_wide_representation_has_fewer_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 61 inputs, 6100 values are 100 rows, every ninth of 900."""
    rows = worded(900, 60)
    network = opened(rows, tmp_path / "a.onnx")
    monkeypatch.setattr(probe_fit, "VALUES", 6100)
    few = probe_fit.fit(network, rows)["inputs"]
    monkeypatch.undo()
    ninth = probe_fit.fit(network, rows.take(np.arange(0, 900, 9)))["inputs"]
    assert (few.coefficients == ninth.coefficients).all()
