"""A saved network has scikit-learn's weights and activations; probes are regressions on these."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from samples import mixed, numeric
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlp.core.dataset import Dataset
from mlp.evaluate.diagnosis import symptoms
from mlp.model import export, layers, probe, probe_fit
from mlp.training.fit import fit

SECTION = {"hidden_layer_sizes": [6, 4], "scale": "standard", "random_state": 0, "max_iter": 20}
ACTIVATIONS = {
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "logistic": lambda z: 1 / (1 + np.exp(-z)),
    "identity": lambda z: z,
}


def rows(classes: int = 3, count: int = 90) -> Dataset:
    """Return separate clouds, one per class."""
    rng = np.random.default_rng(0)
    labels = np.arange(count) % classes
    return numeric(
        rng.normal(size=(count, 5)) + 3 * labels[:, None], labels.astype(str).astype(object)
    )


def trained(section: dict[str, Any], data: Dataset, path: Path) -> tuple[Any, layers.Layers]:
    fitted = fit(SECTION | section, data)
    export.export(fitted, path)
    return fitted.pipeline, layers.load(path)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_values_are_scikit_learns(activation: str, tmp_path: Path) -> None:
    data = rows()
    pipeline, opened = trained({"activation": activation}, data, tmp_path / "mlp.onnx")
    (values,) = opened.values(data.features)
    expected = pipeline[:-1].transform(data.features)
    classifier = pipeline["mlp"]
    np.testing.assert_allclose(values[0], expected, atol=1e-12)
    for activations, weights, biases in zip(
        values[1:], classifier.coefs_, classifier.intercepts_, strict=False
    ):
        expected = ACTIVATIONS[activation](expected @ weights + biases)
        np.testing.assert_allclose(activations, expected, atol=1e-12)
    assert [w.shape for w in opened.weights] == [(5, 6), (6, 4), (4, 3)]
    for saved_weights, weights in zip(opened.weights, classifier.coefs_, strict=True):
        np.testing.assert_array_equal(saved_weights, weights)


@pytest.mark.parametrize("sizes", [[], [4]])
def test_texts_gaps_float32_and_two_classes(sizes: list[int], tmp_path: Path) -> None:
    data = mixed(80, dtype=np.float32)
    pipeline, opened = trained({"hidden_layer_sizes": sizes}, data, tmp_path / "mlp.onnx")
    (values,) = opened.values(data.features)
    np.testing.assert_allclose(values[0], pipeline[:-1].transform(data.features), atol=1e-5)
    assert len(values) == len(opened.weights) == len(sizes) + 1
    assert opened.weights[-1].shape[1] == 1


def test_batches_are_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = rows()
    _, opened = trained({}, data, tmp_path / "mlp.onnx")
    (whole,) = opened.values(data.features)
    seen = symptoms.measure(opened, data.features)
    monkeypatch.setattr(layers, "BATCH", 32)
    batches = list(opened.values(data.features))
    assert [len(batch[0]) for batch in batches] == [32, 32, 26]
    np.testing.assert_allclose(np.concatenate([b[-1] for b in batches]), whole[-1], atol=1e-12)
    assert symptoms.measure(opened, data.features).layers == seen.layers
    assert symptoms.measure(opened, data.features).inputs_rms == pytest.approx(seen.inputs_rms)


def test_dead_units_by_hand(tmp_path: Path) -> None:
    """Two of three relu units get a bias below anything that their inputs reach."""
    data = rows()
    fitted = fit(SECTION | {"hidden_layer_sizes": [3]}, data)
    fitted.pipeline["mlp"].intercepts_[0][:2] = -1000
    export.export(fitted, tmp_path / "mlp.onnx")
    measured = symptoms.measure(layers.load(tmp_path / "mlp.onnx"), data.features)
    assert measured.layers["hidden_1"].dead == pytest.approx(2 / 3)
    assert measured.layers["hidden_1"].saturated is None
    assert measured.inputs_rms == pytest.approx(1)  # scaled to a mean of 0 and a variance of 1


@pytest.mark.parametrize("activation", ["relu", "logistic"])
def test_untrained_weights_have_not_grown(activation: str, tmp_path: Path) -> None:
    section = {"activation": activation, "hidden_layer_sizes": [300], "learning_rate_init": 1e-12}
    _, opened = trained(section, rows(), tmp_path / "mlp.onnx")
    layer = symptoms.measure(opened, rows().features).layers["hidden_1"]
    assert layer.weight_growth == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("classes", [2, 3])
def test_probes_are_logistic_regressions(classes: int, tmp_path: Path) -> None:
    data = rows(classes)
    _, opened = trained({}, data, tmp_path / "mlp.onnx")
    probe.write(probe_fit.fit(opened, data), tmp_path / "probes.npz")
    probes = probe.read(tmp_path / "probes.npz")
    assert list(probes) == ["inputs", "hidden"]
    (values,) = opened.values(data.features)
    for name, given in (("inputs", values[0]), ("hidden", values[-1])):
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
        expected = model.fit(given, data.target).predict(given)
        assert (probes[name].classes[probes[name].outputs(given).argmax(axis=1)] == expected).all()
        places = probes[name].project(given)
        assert places.shape == (len(given), 2)
        assert np.allclose(places.mean(axis=0), 0, atol=1e-9)
        assert places.var(axis=0).sum() == pytest.approx(
            probes[name].variance * given.var(axis=0).sum()
        )


def test_judge_scores_the_test_rows(tmp_path: Path) -> None:
    data = rows(count=1200)
    _, opened = trained({}, data, tmp_path / "mlp.onnx")
    scores, places = probe.judge(probe_fit.fit(opened, data), opened, data)
    assert scores["inputs_accuracy"] > 0.9
    # 600 of 1200, evenly spaced, since 1000 are the most
    assert places["row"].tolist() == list(range(0, 1200, 2))
    assert all(np.isfinite(places[f"{name}_1"]).all() for name in ("inputs", "hidden"))


def test_without_a_hidden_layer_there_is_one_probe(tmp_path: Path) -> None:
    data = rows()
    _, opened = trained({"hidden_layer_sizes": []}, data, tmp_path / "mlp.onnx")
    scores, places = probe.judge(probe_fit.fit(opened, data), opened, data)
    assert list(scores) == ["inputs_accuracy", "inputs_variance"]
    assert np.isnan([places["hidden_1"], places["hidden_2"]]).all()


def test_a_dead_layer_is_one_point_and_a_diverged_one_has_no_probe(tmp_path: Path) -> None:
    data = rows()
    fitted = fit(SECTION, data)
    fitted.pipeline["mlp"].intercepts_[1][:] = -1000
    export.export(fitted, tmp_path / "dead.onnx")
    opened = layers.load(tmp_path / "dead.onnx")
    scores, places = probe.judge(probe_fit.fit(opened, data), opened, data)
    assert scores["hidden_accuracy"] == pytest.approx(1 / 3)
    assert scores["hidden_variance"] == 0
    assert not np.any([places["hidden_1"], places["hidden_2"]])
    fitted.pipeline["mlp"].coefs_[0][:] = np.nan
    export.export(fitted, tmp_path / "diverged.onnx")
    assert list(probe_fit.fit(layers.load(tmp_path / "diverged.onnx"), data)) == ["inputs"]


def test_equal_probes_give_equal_bytes(tmp_path: Path) -> None:
    data = rows()
    _, opened = trained({}, data, tmp_path / "mlp.onnx")
    for name in ("a", "b"):
        probe.write(probe_fit.fit(opened, data), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    _, other = trained({"random_state": 1}, data, tmp_path / "other.onnx")
    probe.write(probe_fit.fit(other, data), tmp_path / "c")
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()
