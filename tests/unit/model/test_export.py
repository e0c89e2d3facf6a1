"""A saved network predicts the same as scikit-learn, and describes its training."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from samples import mixed, numeric, worded
from sklearn.datasets import make_classification

from mlp.core.dataset import Columns, Dataset
from mlp.core.errors import InputError
from mlp.core.files import Labels
from mlp.model import base, export, saved
from mlp.training.fit import fit

FEATURES, CLASSES = make_classification(
    300, 6, n_informative=4, n_classes=3, n_clusters_per_class=1, random_state=0
)
LABELS = np.array(["a", "b", "c"], dtype=object)[CLASSES]
SECTION = {"hidden_layer_sizes": [8], "scale": "none", "random_state": 0, "max_iter": 30}


@pytest.mark.parametrize("labels", [LABELS, np.where(LABELS == "a", "a", "b").astype(object)])
@pytest.mark.parametrize("scale", ["none", "minmax", "standard"])
@pytest.mark.parametrize("activation", ["relu", "tanh", "logistic", "identity"])
@pytest.mark.parametrize("layers", [[], [8], [8, 4]])
def test_onnx_equals_scikit_learn(
    layers: list[int], activation: str, scale: str, labels: Labels, tmp_path: Path
) -> None:
    section = SECTION | {"hidden_layer_sizes": layers, "activation": activation, "scale": scale}
    fitted = fit(section, numeric(FEATURES, labels))
    export.export(fitted, tmp_path / "a.onnx")
    loaded = saved.load(tmp_path / "a.onnx")
    predicted, probabilities = loaded.predict(FEATURES)
    assert (predicted == fitted.pipeline.predict(FEATURES)).all()
    expected = fitted.pipeline.predict_proba(FEATURES)
    assert probabilities == pytest.approx(expected, abs=1e-12)
    assert loaded.classes == sorted(set(labels))
    export.export(fitted, tmp_path / "again.onnx")
    assert (tmp_path / "again.onnx").read_bytes() == (tmp_path / "a.onnx").read_bytes()


@pytest.mark.parametrize("loss", ["squared_error", "poisson"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("layers", [[], [8], [8, 4]])
def test_onnx_predicts_numbers_as_scikit_learn(
    layers: list[int], dtype: type, loss: str, tmp_path: Path
) -> None:
    target = np.abs(FEATURES[:, 0] * 40 + FEATURES[:, 1] ** 2) + 100
    scale_target = "none" if loss == "poisson" else "standard"
    section = SECTION | {"hidden_layer_sizes": layers, "loss": loss, "scale_target": scale_target}
    section |= {"learning_rate_init": 1e-4}
    features = FEATURES.astype(dtype)
    fitted = fit(section, numeric(features, target))  # type: ignore[arg-type]  # numbers
    export.export(fitted, tmp_path / "a.onnx")
    loaded = saved.load(tmp_path / "a.onnx")
    assert loaded.task == "regression"
    expected = fitted.pipeline.predict(features)
    tolerance = 1e-12 if dtype is np.float64 else 1e-5
    assert loaded.predict(features) == pytest.approx(expected, rel=tolerance)
    assert loaded.target_values["mean"] == pytest.approx(target.mean())
    assert loaded.training["arguments"]["scale_target"] == scale_target
    export.export(fitted, tmp_path / "again.onnx")
    assert (tmp_path / "again.onnx").read_bytes() == (tmp_path / "a.onnx").read_bytes()


def test_a_model_carries_how_it_was_trained(tmp_path: Path) -> None:
    labels = np.array(["b", "a", "a", "b", "c"] * 60, dtype=object)  # a and b are equally common
    fitted = fit(SECTION, numeric(FEATURES, labels))
    export.export(fitted, tmp_path / "a.onnx")
    loaded = saved.load(tmp_path / "a.onnx")
    assert (loaded.majority, loaded.converged, loaded.diverged) == ("a", False, False)


def test_a_diverged_network_is_written_all_the_same(tmp_path: Path) -> None:
    section = SECTION | {"solver": "sgd", "learning_rate_init": 1e6}
    fitted = fit(section, numeric(FEATURES * 50, LABELS))
    assert not np.isfinite(fitted.pipeline["mlp"].coefs_[0]).all()
    export.export(fitted, tmp_path / "a.onnx")
    loaded = saved.load(tmp_path / "a.onnx")
    assert loaded.diverged
    assert np.isnan(loaded.predict(FEATURES)[1]).any()


@pytest.mark.parametrize("content", [b"", b"no model", b"\x08\x0a"])
def test_what_is_no_model_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.onnx").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.onnx should be an ONNX file"):
        saved.load(tmp_path / "a.onnx")


@pytest.mark.parametrize(
    ("rows", "tolerance"),
    [
        (mixed(300), 1e-12),
        (mixed(300, impute="mean"), 1e-12),
        (mixed(300, impute="most_frequent"), 1e-12),
        (mixed(300, impute="none"), 1e-12),
        (mixed(300, dtype=np.float32), 1e-5),
        (mixed(300, max_categories=3), 1e-12),
        (mixed(300, np.float32, "none", 2), 1e-5),
        (worded(900, 600), 1e-12),
        (worded(900, 600, 550), 1e-12),
        (
            numeric(mixed(300).features.iloc[:, :3].to_numpy(), mixed(300).target, None, "mean"),
            1e-12,
        ),
        (numeric(FEATURES.astype(np.float32), LABELS), 1e-5),
    ],
    ids=[
        "median",
        "mean",
        "most_frequent",
        "no gaps",
        "float32",
        "rare texts together",
        "rare texts together, float32",
        "sparse",
        "sparse, rare texts together",
        "numbers alone",
        "float32 numbers",
    ],
)
@pytest.mark.parametrize("scale", ["none", "minmax", "standard"])
def test_onnx_equals_scikit_learn_on_tables(
    rows: Dataset, tolerance: float, scale: str, tmp_path: Path
) -> None:
    """Numbers, texts, gaps, and a text that no training row had."""
    fitted = fit(SECTION | {"scale": scale}, rows)
    export.export(fitted, tmp_path / "a.onnx")
    loaded = saved.load(tmp_path / "a.onnx")
    given = rows.features
    if isinstance(given, pd.DataFrame):
        given = given.copy()
        given.loc[:9, "u"] = "never seen"
    predicted, probabilities = loaded.predict(given)
    assert (predicted == fitted.pipeline.predict(given)).all()
    assert probabilities == pytest.approx(fitted.pipeline.predict_proba(given), abs=tolerance)
    assert loaded.dtype == rows.dtype
    assert fitted.pipeline["mlp"].coefs_[0].dtype == rows.dtype


@pytest.mark.parametrize(
    "whole", [mixed(200), mixed(200, max_categories=2), worded(900, 600), worded(900, 600, 550)]
)
def test_onnx_equals_scikit_learn_on_texts_alone(whole: Dataset, tmp_path: Path) -> None:
    columns = replace(whole.columns, numbers=[])
    rows = replace(whole, features=whole.features[list(columns.texts)], columns=columns)
    fitted = fit(SECTION, rows)
    export.export(fitted, tmp_path / "a.onnx")
    probabilities = saved.load(tmp_path / "a.onnx").predict(rows.features)[1]
    assert probabilities == pytest.approx(fitted.pipeline.predict_proba(rows.features), abs=1e-12)
    assert probabilities.dtype == np.float64


def test_rare_texts_and_new_ones_share_an_input(tmp_path: Path) -> None:
    """Of a 6 times, b 3, c 2 and d once, at most three inputs: a, b, and c with d."""
    words = ["a"] * 6 + ["b"] * 3 + ["c"] * 2 + ["d"]
    rows = Dataset(
        pd.DataFrame({"x": np.arange(12.0), "u": pd.Series(words, dtype=object)}),
        np.array(["no", "yes"] * 6, dtype=object),
        np.arange(12),
        None,
        Columns("label", ["x"], ["u"], "none", 3),
    )
    fitted = fit(SECTION, rows)
    assert fitted.pipeline["mlp"].n_features_in_ == 1 + 3
    export.export(fitted, tmp_path / "a.onnx")
    given = pd.DataFrame({"x": 0.0, "u": pd.Series(["a", "b", "c", "d", "new", ""], dtype=object)})
    probabilities = saved.load(tmp_path / "a.onnx").predict(given)[1]
    a, b, *others = probabilities[:, 0]
    assert len(set(others)) == 1
    assert len({a, b, others[0]}) == 3
    assert probabilities == pytest.approx(fitted.pipeline.predict_proba(given), abs=1e-12)


def test_a_model_carries_its_columns(tmp_path: Path) -> None:
    rows = mixed(300)
    fitted = fit(SECTION, rows)
    export.export(fitted, tmp_path / "a.onnx")
    loaded = saved.load(tmp_path / "a.onnx")
    assert list(loaded.numbers) == ["a", "b", "c"]
    assert loaded.numbers["a"] == pytest.approx(
        [rows.features["a"].min(), rows.features["a"].max()]
    )
    assert loaded.texts == {name: ["", "blue", "grün", "red"] for name in ("u", "v")}
    assert (loaded.target, loaded.impute) == ("label", "median")


def test_many_rows_of_many_inputs_are_predicted_in_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1000 values at once are one row of 600 inputs, or ten of 100."""
    export.export(fit(SECTION | {"max_iter": 1}, worded(900, 600)), tmp_path / "a.onnx")
    export.export(fit(SECTION | {"max_iter": 1}, worded(900, 600, 100)), tmp_path / "b.onnx")
    whole = worded(30, 600).features
    expected = saved.load(tmp_path / "a.onnx").predict(whole)[1]
    monkeypatch.setattr(base, "VALUES", 1000)
    loaded = saved.load(tmp_path / "a.onnx")
    assert (loaded.batch, saved.load(tmp_path / "b.onnx").batch) == (1, 10)
    assert loaded.predict(whole)[1] == pytest.approx(expected, abs=1e-15)
