"""Training, and how it is judged, on data small enough to see through."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from samples import mixed, numeric
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.files import Labels
from mlp.model import export, saved
from mlp.training import network, unused_arguments

FEATURES, CLASSES = make_classification(
    300, 6, n_informative=4, n_classes=3, n_clusters_per_class=1, random_state=0
)
LABELS = np.array(["a", "b", "c"], dtype=object)[CLASSES]
SECTION = {"hidden_layer_sizes": [8], "scale": "none", "random_state": 0, "max_iter": 30}


def test_history_has_a_row_an_epoch() -> None:
    fitted = network.fit(SECTION, numeric(FEATURES, LABELS))
    assert fitted.history["iteration"].tolist() == list(range(1, 31))
    assert fitted.history["loss"].tolist() == fitted.pipeline["mlp"].loss_curve_
    assert fitted.history["validation_score"].isna().all()


def test_early_stopping_adds_the_validation_score() -> None:
    fitted = network.fit(SECTION | {"early_stopping": True}, numeric(FEATURES, LABELS))
    assert fitted.history["validation_score"].between(0, 1).all()


def test_lbfgs_reports_its_last_iteration() -> None:
    fitted = network.fit(SECTION | {"solver": "lbfgs", "max_iter": 500}, numeric(FEATURES, LABELS))
    assert fitted.history["iteration"].tolist() == [fitted.pipeline["mlp"].n_iter_]
    assert fitted.converged


def test_converged_means_that_it_stopped_by_itself() -> None:
    assert not network.fit(SECTION, numeric(FEATURES, LABELS)).converged
    assert network.fit(
        SECTION | {"max_iter": 2000, "tol": 0.01}, numeric(FEATURES, LABELS)
    ).converged


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
    assert network.fit(section, numeric(FEATURES * 50, LABELS)).diverged
    assert not network.fit(SECTION | {"solver": "sgd"}, numeric(FEATURES, LABELS)).diverged


def test_a_large_penalty_is_no_divergence() -> None:
    fitted = network.fit(SECTION | {"alpha": 100.0, "max_iter": 3}, numeric(FEATURES, LABELS))
    assert fitted.history["loss"].iloc[-1] > 2 * np.log(3)
    assert not fitted.diverged


def test_scikit_learns_refusal_becomes_a_sentence() -> None:
    with pytest.raises(InputError, match="validation set is too small"):
        network.fit(SECTION | {"early_stopping": True}, numeric(FEATURES[:6], LABELS[:6]))


def test_a_warning_of_scikit_learn_is_passed_on() -> None:
    (warned,) = network.fit(SECTION | {"batch_size": 1000}, numeric(FEATURES, LABELS)).warned
    assert warned == (
        "batch_size is 1000, more than the rows to learn from: each step takes all of these."
    )
    # It does not converge, which the metrics say.
    assert network.fit(SECTION, numeric(FEATURES, LABELS)).warned == []


@pytest.mark.parametrize("scale", ["minmax", "standard"])
def test_scaling_makes_the_unit_of_a_feature_irrelevant(scale: str) -> None:
    section = SECTION | {"scale": scale}
    meters = network.fit(section, numeric(FEATURES, LABELS)).pipeline.predict(FEATURES)
    miles = network.fit(section, numeric(FEATURES * 1024.0, LABELS)).pipeline.predict(
        FEATURES * 1024.0
    )
    assert (meters == miles).all()
    raw = network.fit(SECTION, numeric(FEATURES, LABELS)).pipeline.predict(FEATURES)
    big = network.fit(SECTION, numeric(FEATURES * 1024.0, LABELS)).pipeline.predict(
        FEATURES * 1024.0
    )
    assert (raw != big).any()


def test_no_hidden_layer_is_logistic_regression() -> None:
    """Both minimise log loss + alpha/2n |w|^2, so C = 1/alpha gives the same probabilities."""
    section = SECTION | {"hidden_layer_sizes": [], "solver": "lbfgs", "max_iter": 2000}
    fitted = network.fit(section | {"alpha": 1.0, "tol": 1e-9}, numeric(FEATURES, LABELS))
    regression = LogisticRegression(C=1.0, tol=1e-9, max_iter=2000).fit(FEATURES, LABELS)
    expected = regression.predict_proba(FEATURES)
    assert fitted.pipeline.predict_proba(FEATURES) == pytest.approx(expected, abs=1e-3)


def test_larger_alpha_gives_smaller_weights() -> None:
    def norm(alpha: float) -> float:
        fitted = network.fit(SECTION | {"alpha": alpha, "max_iter": 300}, numeric(FEATURES, LABELS))
        return sum(float((weights**2).sum()) for weights in fitted.pipeline["mlp"].coefs_)

    assert norm(1e-4) > norm(1.0) > norm(30.0)


def test_shuffled_labels_score_at_chance() -> None:
    shuffled = np.random.default_rng(0).permutation(LABELS)
    fitted = network.fit(SECTION, numeric(FEATURES[:200], shuffled[:200]))
    assert (fitted.pipeline.predict(FEATURES[200:]) == shuffled[200:]).mean() < 0.5
    honest = network.fit(SECTION | {"max_iter": 200}, numeric(FEATURES[:200], LABELS[:200]))
    assert (honest.pipeline.predict(FEATURES[200:]) == LABELS[200:]).mean() > 0.7


@pytest.mark.parametrize("labels", [LABELS, np.where(LABELS == "a", "a", "b").astype(object)])
@pytest.mark.parametrize("scale", ["none", "minmax", "standard"])
@pytest.mark.parametrize("activation", ["relu", "tanh", "logistic", "identity"])
@pytest.mark.parametrize("layers", [[], [8], [8, 4]])
def test_onnx_equals_scikit_learn(
    layers: list[int], activation: str, scale: str, labels: Labels, tmp_path: Path
) -> None:
    section = SECTION | {"hidden_layer_sizes": layers, "activation": activation, "scale": scale}
    fitted = network.fit(section, numeric(FEATURES, labels))
    export.export(fitted, numeric(FEATURES, labels), tmp_path / "a.onnx")
    loaded = saved.load(tmp_path / "a.onnx")
    predicted, probabilities = loaded.predict(FEATURES)
    assert (predicted == fitted.pipeline.predict(FEATURES)).all()
    expected = fitted.pipeline.predict_proba(FEATURES)
    assert probabilities == pytest.approx(expected, abs=1e-12)
    assert loaded.classes == sorted(set(labels))
    export.export(fitted, numeric(FEATURES, labels), tmp_path / "again.onnx")
    assert (tmp_path / "again.onnx").read_bytes() == (tmp_path / "a.onnx").read_bytes()


def test_a_model_carries_how_it_was_trained(tmp_path: Path) -> None:
    labels = np.array(["b", "a", "a", "b", "c"] * 60, dtype=object)  # a and b are equally common
    fitted = network.fit(SECTION, numeric(FEATURES, labels))
    export.export(fitted, numeric(FEATURES, labels), tmp_path / "a.onnx")
    loaded = saved.load(tmp_path / "a.onnx")
    assert (loaded.majority, loaded.converged, loaded.diverged) == ("a", False, False)


def test_a_diverged_network_is_written_all_the_same(tmp_path: Path) -> None:
    section = SECTION | {"solver": "sgd", "learning_rate_init": 1e6}
    fitted = network.fit(section, numeric(FEATURES * 50, LABELS))
    assert not np.isfinite(fitted.pipeline["mlp"].coefs_[0]).all()
    export.export(fitted, numeric(FEATURES, LABELS), tmp_path / "a.onnx")
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
        (
            numeric(mixed(300).features.iloc[:, :3].to_numpy(), mixed(300).labels, None, "mean"),
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
        "numbers alone",
        "float32 numbers",
    ],
)
@pytest.mark.parametrize("scale", ["none", "minmax", "standard"])
def test_onnx_equals_scikit_learn_on_tables(
    rows: Dataset, tolerance: float, scale: str, tmp_path: Path
) -> None:
    """Numbers, texts, gaps, and a text that no training row had."""
    fitted = network.fit(SECTION | {"scale": scale}, rows)
    export.export(fitted, rows, tmp_path / "a.onnx")
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


def test_onnx_equals_scikit_learn_on_texts_alone(tmp_path: Path) -> None:
    whole = mixed(200)
    columns = replace(whole.columns, numbers=[])
    rows = replace(whole, features=whole.features[["u", "v"]], columns=columns)
    fitted = network.fit(SECTION, rows)
    export.export(fitted, rows, tmp_path / "a.onnx")
    probabilities = saved.load(tmp_path / "a.onnx").predict(rows.features)[1]
    assert probabilities == pytest.approx(fitted.pipeline.predict_proba(rows.features), abs=1e-12)


def test_gaps_are_filled_from_the_training_rows() -> None:
    """The median of 1, 2, 3, 100 is 2.5; the mean 26.5; the most frequent of 1, 1, 3 is 1."""
    labels = np.array(["a", "b"] * 3, dtype=object)
    for impute, expected in {"median": 2.5, "mean": 26.5, "most_frequent": 1.0}.items():
        values = np.array([[1.0], [2.0], [3.0], [100.0], [np.nan], [np.nan]])
        rows = numeric(values, labels, None, impute)
        fitted = network.fit(SECTION | {"max_iter": 1}, rows).pipeline
        assert fitted["impute"].statistics_.tolist() == [expected]


def test_a_model_carries_its_columns(tmp_path: Path) -> None:
    rows = mixed(300)
    fitted = network.fit(SECTION, rows)
    export.export(fitted, rows, tmp_path / "a.onnx")
    loaded = saved.load(tmp_path / "a.onnx")
    assert list(loaded.numbers) == ["a", "b", "c"]
    assert loaded.numbers["a"] == pytest.approx(
        [rows.features["a"].min(), rows.features["a"].max()]
    )
    assert loaded.texts == {name: ["", "blue", "grün", "red"] for name in ("u", "v")}
    assert (loaded.target, loaded.impute) == ("label", "median")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            {"solver": "adam", "momentum": 0.5},
            "momentum has no effect: solver is adam, and it needs sgd.",
        ),
        (
            {"solver": "lbfgs", "early_stopping": True},
            "early_stopping has no effect: solver is lbfgs, and it needs sgd or adam.",
        ),
        (
            {"solver": "sgd", "power_t": 0.3},
            "power_t has no effect: learning_rate is constant, and it needs invscaling.",
        ),
        (
            {"validation_fraction": 0.2},
            "validation_fraction has no effect: early_stopping is false, and it needs true.",
        ),
        ({"max_fun": 10}, "max_fun has no effect: solver is adam, and it needs lbfgs."),
    ],
)
def test_an_argument_without_effect_is_said(arguments: dict[str, Any], sentence: str) -> None:
    assert network.fit(SECTION | arguments, numeric(FEATURES, LABELS)).warned == [sentence]


def test_what_is_said_to_have_no_effect_has_none_and_the_rest_has() -> None:
    """Each argument, at another value, changes the weights exactly where nothing is said of it."""
    other = {
        "learning_rate": "adaptive", "learning_rate_init": 0.02, "power_t": 0.3, "momentum": 0.5,
        "nesterovs_momentum": False, "beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-3,
        "batch_size": 32, "shuffle": False, "early_stopping": True, "n_iter_no_change": 2,
        "max_fun": 3,
    }  # fmt: skip
    assert set(other) == set(unused_arguments.NEEDS) - {"validation_fraction"}
    base = SECTION | {"tol": 0.02, "max_iter": 60, "learning_rate_init": 0.01}
    for solver in ("sgd", "adam", "lbfgs"):
        rows = numeric(FEATURES, LABELS)
        usual = network.fit(base | {"solver": solver, "learning_rate_init": 0.001}, rows)
        for name, value in other.items():
            section = base | {"solver": solver, "learning_rate_init": 0.001} | {name: value}
            found = network.fit(section, rows)
            same = all(
                np.array_equal(a, b)
                for a, b in zip(
                    usual.pipeline["mlp"].coefs_, found.pipeline["mlp"].coefs_, strict=True
                )
            )
            said = any(sentence.startswith(f"{name} has no effect") for sentence in found.warned)
            assert same or not said, (solver, name)
            if name not in {"learning_rate", "power_t"}:  # adaptive acts late
                assert said or not same, (solver, name)
