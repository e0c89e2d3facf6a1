"""Each illness of a network that predicts numbers is found, and the healthy have none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from samples import numeric
from sklearn.model_selection import train_test_split

from mlp.core import json_file
from mlp.core.dataset import Dataset
from mlp.core.files import Floats
from mlp.evaluate.diagnosis import cases
from mlp.evaluate.diagnosis.cases import Finding
from mlp.evaluate.regression import case as health
from mlp.evaluate.regression import diagnosis, evaluation
from mlp.evaluate.regression.case import NumberCase
from mlp.evaluate.subject import Subject
from mlp.model import export, layers
from mlp.training.fit import fit

Data = tuple[Dataset, Dataset]

HEALTHY = {
    "hidden_layer_sizes": [20], "scale": "standard", "scale_target": "standard", "max_iter": 500,
    "learning_rate_init": 0.01,
}  # fmt: skip
LINEAR = HEALTHY | {"hidden_layer_sizes": []}
SGD = HEALTHY | {"solver": "sgd"}


def parts(features: Floats, target: Floats) -> Data:
    """Return a train and a test split."""
    x_train, x_test, y_train, y_test = train_test_split(features, target, random_state=0)
    return numeric(x_train, y_train), numeric(x_test, y_test)


def curve(unit: float = 1.0, mean: float = 0.0) -> Data:
    """Return a curved surface with little noise: its variance is 2.1, that of the noise 0.09."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(800, 4))
    target = np.sin(2 * x[:, 0]) + x[:, 1] ** 2 / 2 + x[:, 2] + rng.normal(0, 0.3, 800)
    return parts(x, mean + unit * target)


def line(noise: float = 1.0, rows: int = 800) -> Data:
    """Return a sum of the features, of variance 6.25, with noise."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(rows, 4))
    return parts(x, x @ [1, 2, -1, 0.5] + rng.normal(0, noise, rows))


def chance() -> Data:
    """Return a target that has nothing to do with the features."""
    rng = np.random.default_rng(0)
    return parts(rng.normal(size=(400, 20)), rng.normal(size=400))


def wide() -> Data:
    """Return few rows of many features, one of which says much of the target."""
    rng = np.random.default_rng(0)
    features = rng.normal(size=(300, 40))
    return parts(features, 2 * features[:, 0] + rng.normal(size=300))


def large() -> Data:
    """Return the curve with its features in another unit."""
    train, test = curve()
    return numeric(train.features * 100, train.target), numeric(test.features * 100, test.target)


def positive() -> Data:
    """Return a positive target, as the loss poisson takes it."""
    train, test = curve()
    return numeric(train.features, np.exp(train.target / 2)), numeric(
        test.features, np.exp(test.target / 2)
    )


def trained(section: dict[str, Any], train: Dataset, path: Path) -> tuple[Any, Any]:
    """Train and save a network, and open it; return it and its history."""
    fitted = fit({"random_state": 0, **section}, train)
    export.export(fitted, path)
    return layers.load(path), {n: column.to_numpy() for n, column in fitted.history.items()}


def case_of(section: dict[str, Any], data: Data, folder: Path) -> NumberCase:
    """Train a network and a linear one, and collect the facts."""
    train, test = data
    linear, _ = trained(LINEAR, train, folder / "linear.onnx")
    opened, history = trained(section, train, folder / "mlp.onnx")
    subject = Subject("mlp", opened, history, {}, linear.network, {})
    with np.errstate(over="ignore", invalid="ignore"):  # a diverged network's errors are huge
        table = evaluation.predicted(opened.network, test)
        scores = evaluation.metrics(opened.network, history, table)
        return evaluation.case(subject, scores, table, test)


def diagnose(section: dict[str, Any], data: Data, folder: Path) -> dict[str, Finding]:
    findings = diagnosis.findings(case_of(section, data, folder))
    return {finding.code: finding for finding in findings}


MEAN = ["at_mean", "worse_than_linear"]
UNSCALED = HEALTHY | {"scale_target": "none"}
# By name: the data, the network, its findings, and whether each of these names a step that helps.
ILL: dict[str, tuple[Callable[[], Data], dict[str, Any], list[str], bool]] = {
    "targets of chance": (chance, HEALTHY | {"early_stopping": True}, MEAN, False),
    "by heart": (wide, HEALTHY | {"hidden_layer_sizes": [100]}, ["worse_than_linear", "over_fitted"], True),
    "huge steps": (curve, SGD | {"learning_rate_init": 100.0}, ["diverged", "exploding_weights"], True),
    "few epochs": (curve, HEALTHY | {"max_iter": 10}, ["max_iter"], True),
    "tiny steps": (line, SGD | {"learning_rate_init": 1e-4, "max_iter": 20}, [*MEAN, "max_iter"], True),
    "deep": (curve, SGD | {"activation": "logistic", "hidden_layer_sizes": [20] * 6}, [*MEAN, "plateau"], True),
    "large inputs": (large, HEALTHY | {"activation": "tanh", "scale": "none"}, ["saturated_units"], True),
    "large weights": (curve, HEALTHY | {"learning_rate_init": 5.0}, ["diverged", "dead_units", "exploding_weights"], True),
    "strong penalty": (curve, HEALTHY | {"alpha": 1000.0}, [*MEAN, "vanishing_weights", "dead_units", "plateau"], True),
    "too few units": (line, HEALTHY | {"hidden_layer_sizes": [1], "activation": "tanh"}, ["worse_than_linear"], True),
    "a target far from 0": (lambda: curve(100, 500), UNSCALED | {"max_iter": 50}, [*MEAN, "unscaled_target", "max_iter"], True),
    "a tiny target": (lambda: curve(1e-4), UNSCALED, ["diverged", "unscaled_target"], True),
}  # fmt: skip


@pytest.mark.parametrize("name", ILL)
def test_an_illness_is_found_and_what_is_named_helps(name: str, tmp_path: Path) -> None:
    """A step helps where the finding is gone, or where the network knows its training rows better."""
    make, section, codes, is_mended = ILL[name]
    data = make()
    case = case_of(section, data, tmp_path)
    found = {finding.code: finding for finding in diagnosis.findings(case)}
    assert list(found) == codes
    steps = {(key, str(v)): v for finding in found.values() for key, v in finding.steps.items()}
    tried = {
        key: case_of(section | {key[0]: value}, data, tmp_path) for key, value in steps.items()
    }
    for code, finding in found.items():
        assert finding.evidence
        assert finding.expect
        after = [tried[key, str(value)] for key, value in finding.steps.items()]
        better = [code not in codes_of(then) or is_lower(then.loss, case.loss) for then in after]
        assert any(better) == is_mended, finding.attempt


def codes_of(case: NumberCase) -> set[str]:
    return {finding.code for finding in diagnosis.findings(case)}


def is_lower(loss: float | None, before: float | None) -> bool:
    return loss is not None and before is not None and loss < 0.8 * before


HEALTHY_ONES: dict[str, tuple[Callable[[], Data], dict[str, Any]]] = {
    "relu": (curve, HEALTHY),
    "tanh": (curve, HEALTHY | {"activation": "tanh"}),
    "logistic": (curve, HEALTHY | {"activation": "logistic"}),
    "identity": (line, HEALTHY | {"activation": "identity"}),
    "lbfgs": (curve, HEALTHY | {"solver": "lbfgs", "alpha": 1.0}),
    "two layers": (curve, HEALTHY | {"hidden_layer_sizes": [20, 20], "alpha": 1.0}),
    "no layer": (line, LINEAR),
    "a large unit": (lambda: curve(1e6, 1e7), HEALTHY),
    "a small unit": (lambda: curve(1e-6, 1e-5), HEALTHY),
    "an unscaled target of size 1": (curve, UNSCALED),
    "counts": (positive, UNSCALED | {"loss": "poisson"}),
    "much noise": (lambda: line(15, 20_000), LINEAR | {"learning_rate_init": 0.001}),
}


@pytest.mark.parametrize("name", HEALTHY_ONES)
def test_a_healthy_network_has_no_finding(name: str, tmp_path: Path) -> None:
    make, section = HEALTHY_ONES[name]
    assert diagnose(section, make(), tmp_path) == {}


def test_the_scale_of_the_target_is_not_taken_for_large_weights(tmp_path: Path) -> None:
    """The output layer has taken up the deviation, so its weights are 1e6 times as large."""
    small, big = (case_of(HEALTHY, curve(unit), tmp_path) for unit in (1.0, 1e6))
    for name, layer in small.symptoms.layers.items():
        scaled = big.symptoms.layers[name].weight_growth
        assert scaled == pytest.approx(layer.weight_growth, rel=0.01), name
    output = layers.load(tmp_path / "mlp.onnx").weights[-1]
    rms = float(np.sqrt((output**2).mean()))
    assert rms / big.target_values["deviation"] == pytest.approx(
        big.symptoms.layers["output"].weight_rms
    )


def test_numbers_and_words(tmp_path: Path) -> None:
    case = case_of(HEALTHY | {"alpha": 1000.0}, curve(), tmp_path)
    numbers = json_file.rounded(health.numbers(case, {"inputs_r2": 0.9}))
    variance = float(np.var(curve()[0].target))
    assert numbers["chance_loss"] == pytest.approx(variance, abs=1e-6)
    assert numbers["train_rmse"] == pytest.approx(variance**0.5, rel=0.01)
    words = {said["code"]: said for said in cases.words(diagnosis.findings(case))}
    assert words["plateau"]["try"] == "alpha 0.0001"
    assert "2.058, the variance of the target" in words["plateau"]["sentence"]
    assert words["at_mean"]["evidence"] == {
        "rmse": case.metrics["rmse"], "mean_rmse": case.metrics["mean_rmse"],
    }  # fmt: skip


def test_the_verdict_of_a_network_that_learnt(tmp_path: Path) -> None:
    case = case_of(HEALTHY | {"max_iter": 10}, curve(), tmp_path)
    said = diagnosis.sentence(case, diagnosis.findings(case), [0.25, -123.4])
    assert said.startswith("It has learnt: R² 0.5871, 95 % interval 0.2500 to -123, RMSE 0.9361")
    assert said.endswith("; it stopped at max_iter 10, unconverged.")


def test_the_verdict_of_a_network_without_numbers(tmp_path: Path) -> None:
    case = case_of(SGD | {"learning_rate_init": 100.0}, curve(), tmp_path)
    assert diagnosis.sentence(case, diagnosis.findings(case), []) == (
        "Its training diverged (R² not finite, RMSE not finite): its weights exploded; try "
        "learning_rate_init 0.01."
    )


def test_knowing_the_rows_by_heart_is_no_negative_share(tmp_path: Path) -> None:
    """R² below 0 is worse than the mean: no share of the variance is explained."""
    found = diagnose(HEALTHY, chance(), tmp_path)
    assert "and none (R² -2.289) of that of the test rows" in found["over_fitted"].sentence
    assert "% of the variance of its training rows, by heart." in found["at_mean"].sentence
