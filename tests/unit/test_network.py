"""Training, and how it is judged, on data small enough to see through."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression

from mlp import model, network, onnx_export
from mlp.command import InputError

FEATURES, CLASSES = make_classification(
    300, 6, n_informative=4, n_classes=3, n_clusters_per_class=1, random_state=0
)
LABELS = np.array(["a", "b", "c"], dtype=object)[CLASSES]
SECTION = {"hidden_layer_sizes": [8], "scale": "none", "random_state": 0, "max_iter": 30}


def test_history_has_a_row_an_epoch() -> None:
    fitted = network.fit(SECTION, FEATURES, LABELS)
    assert fitted.history["iteration"].tolist() == list(range(1, 31))
    assert fitted.history["loss"].tolist() == fitted.pipeline["mlp"].loss_curve_
    assert fitted.history["validation_score"].isna().all()


def test_early_stopping_adds_the_validation_score() -> None:
    fitted = network.fit(SECTION | {"early_stopping": True}, FEATURES, LABELS)
    assert fitted.history["validation_score"].between(0, 1).all()


def test_lbfgs_reports_its_last_iteration() -> None:
    fitted = network.fit(SECTION | {"solver": "lbfgs", "max_iter": 500}, FEATURES, LABELS)
    assert fitted.history["iteration"].tolist() == [fitted.pipeline["mlp"].n_iter_]
    assert fitted.converged


def test_converged_means_that_it_stopped_by_itself() -> None:
    assert not network.fit(SECTION, FEATURES, LABELS).converged
    assert network.fit(SECTION | {"max_iter": 2000, "tol": 0.01}, FEATURES, LABELS).converged


@pytest.mark.parametrize(
    "change",
    [
        {"learning_rate_init": 1e6},  # weights overflow
        {"learning_rate_init": 3.0},  # finite, but far worse than equal probabilities
        {"learning_rate_init": 1e6, "early_stopping": True},  # the best weights are kept
    ],
)
def test_diverged(change: dict[str, object]) -> None:
    section = SECTION | {"solver": "sgd"} | change
    assert network.fit(section, FEATURES * 50, LABELS).diverged
    assert not network.fit(SECTION | {"solver": "sgd"}, FEATURES, LABELS).diverged


def test_a_large_penalty_is_no_divergence() -> None:
    fitted = network.fit(SECTION | {"alpha": 100.0, "max_iter": 3}, FEATURES, LABELS)
    assert fitted.history["loss"].iloc[-1] > 2 * np.log(3)
    assert not fitted.diverged


def test_scikit_learns_refusal_becomes_a_sentence() -> None:
    with pytest.raises(InputError, match="validation set is too small"):
        network.fit(SECTION | {"early_stopping": True}, FEATURES[:6], LABELS[:6])


def test_a_warning_of_scikit_learn_is_passed_on() -> None:
    (warned,) = network.fit(SECTION | {"batch_size": 1000}, FEATURES, LABELS).warned
    assert warned.startswith("Got `batch_size`")
    # It does not converge, which the metrics say.
    assert network.fit(SECTION, FEATURES, LABELS).warned == []


@pytest.mark.parametrize("scale", ["minmax", "standard"])
def test_scaling_makes_the_unit_of_a_feature_irrelevant(scale: str) -> None:
    section = SECTION | {"scale": scale}
    meters = network.fit(section, FEATURES, LABELS).pipeline.predict(FEATURES)
    miles = network.fit(section, FEATURES * 1024.0, LABELS).pipeline.predict(FEATURES * 1024.0)
    assert (meters == miles).all()
    raw = network.fit(SECTION, FEATURES, LABELS).pipeline.predict(FEATURES)
    big = network.fit(SECTION, FEATURES * 1024.0, LABELS).pipeline.predict(FEATURES * 1024.0)
    assert (raw != big).any()


def test_no_hidden_layer_is_logistic_regression() -> None:
    """Both minimise log loss + alpha/2n |w|^2, so C = 1/alpha gives the same probabilities."""
    section = SECTION | {"hidden_layer_sizes": [], "solver": "lbfgs", "max_iter": 2000}
    fitted = network.fit(section | {"alpha": 1.0, "tol": 1e-9}, FEATURES, LABELS)
    regression = LogisticRegression(C=1.0, tol=1e-9, max_iter=2000).fit(FEATURES, LABELS)
    expected = regression.predict_proba(FEATURES)
    assert fitted.pipeline.predict_proba(FEATURES) == pytest.approx(expected, abs=1e-3)


def test_larger_alpha_gives_smaller_weights() -> None:
    def norm(alpha: float) -> float:
        fitted = network.fit(SECTION | {"alpha": alpha, "max_iter": 300}, FEATURES, LABELS)
        return sum(float((weights**2).sum()) for weights in fitted.pipeline["mlp"].coefs_)

    assert norm(1e-4) > norm(1.0) > norm(30.0)


def test_shuffled_labels_score_at_chance() -> None:
    shuffled = np.random.default_rng(0).permutation(LABELS)
    fitted = network.fit(SECTION, FEATURES[:200], shuffled[:200])
    assert (fitted.pipeline.predict(FEATURES[200:]) == shuffled[200:]).mean() < 0.5
    honest = network.fit(SECTION | {"max_iter": 200}, FEATURES[:200], LABELS[:200])
    assert (honest.pipeline.predict(FEATURES[200:]) == LABELS[200:]).mean() > 0.7


@pytest.mark.parametrize("labels", [LABELS, np.where(LABELS == "a", "a", "b").astype(object)])
@pytest.mark.parametrize("scale", ["none", "minmax", "standard"])
@pytest.mark.parametrize("activation", ["relu", "tanh", "logistic", "identity"])
@pytest.mark.parametrize("layers", [[], [8], [8, 4]])
def test_onnx_equals_scikit_learn(
    layers: list[int], activation: str, scale: str, labels: network.Labels, tmp_path: Path
) -> None:
    section = SECTION | {"hidden_layer_sizes": layers, "activation": activation, "scale": scale}
    fitted = network.fit(section, FEATURES, labels)
    onnx_export.export(fitted, labels, tmp_path / "a.onnx")
    loaded = model.load(tmp_path / "a.onnx")
    predicted, probabilities = loaded.predict(FEATURES)
    assert (predicted == fitted.pipeline.predict(FEATURES)).all()
    expected = fitted.pipeline.predict_proba(FEATURES)
    assert probabilities == pytest.approx(expected, abs=1e-12)
    assert loaded.classes == sorted(set(labels))
    onnx_export.export(fitted, labels, tmp_path / "again.onnx")
    assert (tmp_path / "again.onnx").read_bytes() == (tmp_path / "a.onnx").read_bytes()


def test_a_model_carries_how_it_was_trained(tmp_path: Path) -> None:
    labels = np.array(["b", "a", "a", "b", "c"] * 60, dtype=object)  # a and b are equally common
    fitted = network.fit(SECTION, FEATURES, labels)
    onnx_export.export(fitted, labels, tmp_path / "a.onnx")
    loaded = model.load(tmp_path / "a.onnx")
    assert (loaded.majority, loaded.converged, loaded.diverged) == ("a", False, False)


def test_a_diverged_network_is_written_all_the_same(tmp_path: Path) -> None:
    section = SECTION | {"solver": "sgd", "learning_rate_init": 1e6}
    fitted = network.fit(section, FEATURES * 50, LABELS)
    assert not np.isfinite(fitted.pipeline["mlp"].coefs_[0]).all()
    onnx_export.export(fitted, LABELS, tmp_path / "a.onnx")
    loaded = model.load(tmp_path / "a.onnx")
    assert loaded.diverged
    assert np.isnan(loaded.predict(FEATURES)[1]).any()


@pytest.mark.parametrize("content", [b"", b"no model", b"\x08\x0a"])
def test_what_is_no_model_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.onnx").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.onnx should be an ONNX file"):
        model.load(tmp_path / "a.onnx")
