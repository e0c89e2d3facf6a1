"""Each illness of a network: one that is trained to have it has it, and the healthy have none."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from samples import numeric
from sklearn.datasets import load_digits, make_blobs
from sklearn.model_selection import train_test_split

from mlp.core import json_file
from mlp.core.dataset import Dataset
from mlp.evaluate.classification import case as health
from mlp.evaluate.classification import diagnosis, evaluation, outcomes, unequal
from mlp.evaluate.classification.case import LabelCase
from mlp.evaluate.classification.guess import Answers
from mlp.evaluate.diagnosis import cases, verdict
from mlp.evaluate.diagnosis.cases import Finding
from mlp.evaluate.statistics import design
from mlp.model import export, layers, saved
from mlp.training.fit import fit

LINEAR = {"hidden_layer_sizes": [], "scale": "standard", "max_iter": 500}
HEALTHY = {
    "hidden_layer_sizes": [20],
    "scale": "standard",
    "max_iter": 500,
    "learning_rate_init": 0.01,
}


def parts(features: Any, labels: Any) -> tuple[Dataset, Dataset]:
    """Return a train and a test split."""
    texts = np.asarray(labels).astype(str).astype(object)
    x_train, x_test, y_train, y_test = train_test_split(features, texts, random_state=0)
    return numeric(x_train, y_train), numeric(x_test, y_test)


def blobs() -> tuple[Dataset, Dataset]:
    """Return four clouds of points that lie apart."""
    features, labels = make_blobs(800, 8, centers=4, cluster_std=3.0, random_state=0)
    return parts(features, labels)


def noise() -> tuple[Dataset, Dataset]:
    """Return labels that have nothing to do with the features."""
    rng = np.random.default_rng(0)
    return parts(rng.normal(size=(400, 20)), rng.integers(0, 4, 400))


def rings() -> tuple[Dataset, Dataset]:
    """Return two classes, one around the other, which no line parts."""
    points = np.random.default_rng(0).normal(size=(800, 2))
    return parts(points, np.linalg.norm(points, axis=1) > 1.1)


def large() -> tuple[Dataset, Dataset]:
    """Return the same points in another unit."""
    train, test = blobs()
    return numeric(train.features * 100, train.target), numeric(test.features * 100, test.target)


def wide() -> tuple[Dataset, Dataset]:
    """Return few rows of many features, one of which says a little of the label."""
    rng = np.random.default_rng(0)
    features = rng.normal(size=(300, 40))
    return parts(features, features[:, 0] + rng.normal(size=300) > 0)


def digits() -> tuple[Dataset, Dataset]:
    return parts(*load_digits(return_X_y=True))


def case_of(section: dict[str, Any], data: tuple[Dataset, Dataset], path: Path) -> LabelCase:
    train, test = data
    fitted = fit({"random_state": 0, **section}, train)
    export.export(fitted, path)
    opened = layers.load(path)
    history = {name: column.to_numpy() for name, column in fitted.history.items()}
    result = evaluation.evaluate(opened.network, history, test)
    return evaluation.case(opened, result, history, test)


def beside_linear(
    section: dict[str, Any], data: tuple[Dataset, Dataset], folder: Path
) -> tuple[LabelCase, dict[str, Finding]]:
    """Train, save and judge a network beside a linear one, which is trained once in a folder."""
    if not (folder / "linear.onnx").exists():
        case_of(LINEAR, data, folder / "linear.onnx")
    case = case_of(section, data, folder / "mlp.onnx")
    case = evaluation.beside(case, saved.load(folder / "linear.onnx"), data[1])
    return case, {finding.code: finding for finding in diagnosis.findings(case)}


def diagnose(
    section: dict[str, Any], data: tuple[Dataset, Dataset], folder: Path
) -> dict[str, Finding]:
    return beside_linear(section, data, folder)[1]


NOTEBOOK = {
    "hidden_layer_sizes": [50], "scale": "none", "solver": "sgd", "learning_rate_init": 0.1,
    "max_iter": 200,
}  # fmt: skip
SGD = HEALTHY | {"solver": "sgd"}
GUESS = ["at_chance", "worse_than_linear"]
# By name: the data, the network, its findings, and whether each of these names a step that helps.
ILL: dict[str, tuple[Callable[[], tuple[Dataset, Dataset]], dict[str, Any], list[str], bool]] = {
    "notebook": (digits, NOTEBOOK, [*GUESS, "dead_units", "exploding_weights", "plateau"], True),
    "labels of chance": (noise, HEALTHY | {"early_stopping": True}, ["at_chance"], False),
    "by heart": (wide, HEALTHY | {"hidden_layer_sizes": [100]}, ["over_fitted"], True),
    "huge steps": (blobs, SGD | {"learning_rate_init": 100.0}, ["diverged", "exploding_weights"], True),
    "few epochs": (blobs, HEALTHY | {"max_iter": 10}, ["max_iter"], True),
    "tiny steps": (blobs, SGD | {"learning_rate_init": 1e-4, "max_iter": 20}, ["worse_than_linear", "max_iter"], True),
    "deep": (blobs, SGD | {"activation": "logistic", "hidden_layer_sizes": [20] * 6}, [*GUESS, "plateau"], True),
    "large inputs": (large, HEALTHY | {"activation": "tanh", "scale": "none"}, ["saturated_units"], True),
    "large weights": (blobs, HEALTHY | {"learning_rate_init": 5.0}, ["exploding_weights"], True),
    "strong penalty": (blobs, HEALTHY | {"alpha": 1000.0}, [*GUESS, "vanishing_weights", "dead_units", "plateau"], True),
    "too few units": (digits, {**HEALTHY, "hidden_layer_sizes": [2]}, ["worse_than_linear", "over_fitted"], True),
}  # fmt: skip


@pytest.mark.parametrize("name", ILL)
def test_an_illness_is_found_and_what_is_named_helps(name: str, tmp_path: Path) -> None:
    """A step helps where the finding is gone, or where the network knows its training rows better."""
    make, section, codes, is_mended = ILL[name]
    data = make()
    case, found = beside_linear(section, data, tmp_path)
    assert list(found) == codes
    steps = {(key, str(v)): v for finding in found.values() for key, v in finding.steps.items()}
    tried = {
        key: beside_linear(section | {key[0]: value}, data, tmp_path)
        for key, value in steps.items()
    }
    for code, finding in found.items():
        assert finding.evidence
        assert finding.expect
        after = [tried[key, str(value)] for key, value in finding.steps.items()]
        loss = case.training["log_loss"]
        better = [code not in now or then.training["log_loss"] < 0.8 * loss for then, now in after]
        assert any(better) == is_mended, finding.attempt


HEALTHY_ONES: dict[str, tuple[Callable[[], tuple[Dataset, Dataset]], dict[str, Any]]] = {
    "relu": (blobs, HEALTHY),
    "tanh": (blobs, HEALTHY | {"activation": "tanh"}),
    "logistic": (blobs, HEALTHY | {"activation": "logistic"}),
    "identity": (blobs, HEALTHY | {"activation": "identity"}),
    "lbfgs": (blobs, HEALTHY | {"solver": "lbfgs"}),
    "two layers, two classes": (rings, HEALTHY | {"hidden_layer_sizes": [20, 20]}),
    "no layer": (blobs, HEALTHY | {"hidden_layer_sizes": []}),
    "the notebook's digits, scaled": (digits, NOTEBOOK | {"scale": "standard"}),
}


@pytest.mark.parametrize("name", HEALTHY_ONES)
def test_a_healthy_network_has_no_finding(name: str, tmp_path: Path) -> None:
    make, section = HEALTHY_ONES[name]
    assert diagnose(section, make(), tmp_path) == {}


def test_the_notebook_is_explained(tmp_path: Path) -> None:
    """Its 50 units answer 0, its loss settled near ln 10, and the steps and the inputs are why."""
    found = diagnose(NOTEBOOK, digits(), tmp_path)
    assert found["dead_units"].evidence["hidden_1"] == 1
    assert found["dead_units"].sentence.startswith("All 50 units of hidden layer 1 answer 0 to")
    assert (
        "inputs of up to 16 that are not scaled, and a learning rate of 0.1"
        in found["dead_units"].sentence
    )
    assert "costs 2.3019 (about ln 10): it" in found["plateau"].sentence
    assert {finding.attempt for finding in found.values()} == {
        "learning_rate_init 0.01 or scale standard"
    }
    assert found["at_chance"].evidence["accuracy"] == pytest.approx(52 / 450)


def test_numbers_and_words(tmp_path: Path) -> None:
    case = case_of(NOTEBOOK, digits(), tmp_path / "mlp.onnx")
    found = diagnosis.findings(case)
    numbers = json_file.rounded(health.numbers(case, {"inputs_accuracy": 0.9}))
    assert numbers["layers"]["hidden_1"]["dead"] == 1.0
    assert "dead" not in numbers["layers"]["output"]
    assert numbers["chance_loss"] == pytest.approx(math.log(10), abs=0.001)
    words = {said["code"]: said for said in json_file.rounded(cases.words(found))}
    assert list(words) == [finding.code for finding in found]
    assert words["plateau"]["evidence"]["chance_loss"] == numbers["chance_loss"]
    assert diagnosis.sentence(case, found) == (
        "It is no better than a guess, 0.1000 (accuracy 0.1156, 95 % interval 0.0892 to 0.1484): "
        "all 50 units of hidden layer 1 are dead, its weights exploded and its training loss "
        "settled at 2.3029 without the L2 penalty, near 2.3019 (about ln 10); try learning_rate_init "
        "0.01 or scale standard."
    )


def test_the_verdict_of_a_network_that_learnt(tmp_path: Path) -> None:
    case = case_of(HEALTHY | {"max_iter": 10}, blobs(), tmp_path / "mlp.onnx")
    said = diagnosis.sentence(case, diagnosis.findings(case))
    assert said.startswith("It has learnt: accuracy 0.")
    assert said.endswith("; it stopped at max_iter 10, unconverged.")
    assert diagnosis.sentence(case, []).count(";") == 0


def rare(part: Dataset, signal: float) -> Dataset:
    """Return the rows with a yes in ten, and a first feature that is higher there by a signal."""
    is_rare = np.arange(len(part.target)) % 10 == 0
    features = part.features.copy()
    features[:, 0] += signal * is_rare
    return numeric(features, np.where(is_rare, "yes", "no").astype(object))


def rare_data(signal: float) -> tuple[Dataset, Dataset]:
    """Return two classes at 9 in 10, and a feature that says something of them, or nothing."""
    rng = np.random.default_rng(0)
    train, test = (numeric(rng.normal(size=(n, 4)), np.full(n, "")) for n in (600, 400))
    return rare(train, signal), rare(test, signal)


STOPPED = HEALTHY | {"early_stopping": True}
WEIGHTED = {"class_weight": "balanced"}


def test_a_rare_class_makes_the_commonest_the_guess(tmp_path: Path) -> None:
    """At 9 in 10, an accuracy of 0.9 is a guess, and the plateau is the entropy, not ln 2."""
    data = rare_data(0.0)
    case, found = beside_linear(STOPPED, data, tmp_path)
    assert found["at_chance"].evidence["guess"] == 0.9
    entropy = -(0.9 * math.log(0.9) + 0.1 * math.log(0.1))
    assert case.training["entropy"] == pytest.approx(entropy)
    assert found["at_chance"].expect == (
        "A balanced accuracy clearly above 0.5000, or a log loss clearly below 0.3251. If nothing "
        "helps, the features may say nothing of the label."
    )
    assert "The network without a hidden layer does no better." in found["at_chance"].sentence


def test_linear_is_not_compared_with_itself(tmp_path: Path) -> None:
    data = rare_data(0.0)
    case = evaluation.beside(case_of(LINEAR, data, tmp_path / "linear.onnx"), None, data[1])
    found = {finding.code: finding for finding in diagnosis.findings(case)}
    assert "without a hidden layer" not in found["at_chance"].sentence
    assert "may say nothing of the label" in found["at_chance"].expect


def test_probabilities_that_say_something_of_a_rare_class_are_no_guess(tmp_path: Path) -> None:
    """Of yes next to nothing is found, so the accuracy is that of a guess; class weights help."""
    case, found = beside_linear(LINEAR, rare_data(1.0), tmp_path)
    assert case.metrics["accuracy"] <= 0.91
    assert list(found) == ["rare_classes", "max_iter"]
    assert found["rare_classes"].attempt == "class_weight balanced"
    assert not any(said["serious"] for said in cases.words(list(found.values())))
    sentence = diagnosis.sentence(case, list(found.values()))
    assert sentence.startswith("It has learnt: accuracy 0.9")
    assert ", balanced accuracy 0.5" in sentence
    assert " of 40 rows of yes; it stopped" in sentence
    assert found["rare_classes"].evidence["class"] == "yes"
    assert found["rare_classes"].evidence["recall"] < 0.3
    answers = case.answers
    hostile = np.where(answers.actual == "yes", "\x1b[31m", "no").astype(object)
    (other,) = unequal.rare_classes(replace(case, answers=replace(answers, actual=hostile)))
    assert other.cause.endswith(r" of 40 rows of \x1b[31m")


def test_the_hardest_of_many_rare_classes_are_named(tmp_path: Path) -> None:
    """Of the six classes b to g none of 8 rows is found; h has one row, which may be luck."""
    case, _ = beside_linear(LINEAR, rare_data(1.0), tmp_path)
    actual = np.array(["a"] * 100 + [label for label in "bcdefg" for _ in range(8)] + ["h"], object)
    answers = replace(case.answers, actual=actual, right=actual == "a")
    (found,) = unequal.rare_classes(replace(case, answers=answers))
    assert found.sentence.startswith(
        "It finds 0 of 8 rows of b, 0 of 8 rows of c, 0 of 8 rows of d and less than half of 3 "
        "more classes in the test split: "
    )
    assert found.cause == "it finds 0 of 8 rows of b"


def answered(case: LabelCase, right: Any, floor: Any, groups: Any = None) -> LabelCase:
    """Return the case with other answers to rows of three equal classes."""
    rows = len(right)
    labels = np.array(list("abc") * rows, dtype=object)[:rows]
    answers = Answers(
        actual=labels, right=right, majority_right=floor, probabilities=np.full((rows, 3), 1 / 3),
        classes=list("abc"), groups=groups,
    )  # fmt: skip
    low, high = design.interval(right.astype(float), groups)
    scores = {"accuracy": right.mean(), "accuracy_low": low, "accuracy_high": high}
    known = {"majority_accuracy": floor.mean(), "diverged": False}
    return replace(case, metrics=scores | known, answers=answers, groups=groups)


def test_what_is_only_not_shown_is_not_called_a_guess(tmp_path: Path) -> None:
    """40 of 75 rows right are not 28, but 26 won and 14 lost may be luck (p = 0.0403)."""
    case, _ = beside_linear(LINEAR, blobs(), tmp_path)
    right, floor = np.zeros(75, dtype=bool), np.zeros(75, dtype=bool)
    right[:40], floor[26:54] = True, True
    asked = answered(case, right, floor)
    (found,) = outcomes.at_chance(asked, [])
    said = diagnosis.sentence(asked, [found])
    assert said.startswith(
        "It is not shown to be better than a guess, 0.3733 (accuracy 0.5333, 95 %"
    )
    assert asked.metrics["accuracy_low"] > 0.3733
    assert found.steps == {}  # it may be good as it is
    # With six rows less the interval holds the guess.
    right[:6] = False
    (found,) = outcomes.at_chance(answered(case, right, floor), [])
    assert found.cause == "it is no better than a guess"


def test_too_few_groups_are_no_illness_of_the_network(tmp_path: Path) -> None:
    """Five groups that all win have p = 1/32; right on every row is as good as it gets."""
    case, _ = beside_linear(LINEAR, blobs(), tmp_path)
    right, groups = np.ones(48, dtype=bool), np.arange(48) // 10
    floor = np.arange(48) % 3 == 0
    asked = answered(case, right, floor, groups)
    (found,) = outcomes.at_chance(asked, [])
    assert (found.code, found.steps, found.evidence["units"]) == ("too_few_to_tell", {}, 5)
    assert "p = 0.0312, not below 0.01" in found.sentence
    assert diagnosis.sentence(asked, [found]) == (
        "It has learnt: accuracy 1.0000, 95 % interval 0.3934 to 1.0000; 5 groups of test rows are "
        "too few to tell it from a guess."
    )
    assert verdict.state([found]) == "warn"
    assert list(outcomes.at_chance(answered(case, right, floor, np.arange(48) // 6), [])) == []
    # Of six rows, five of which the commonest label has wrong.
    (found,) = outcomes.at_chance(answered(case, right[:6], np.arange(6) == 0), [])
    assert found.cause == "6 test rows are too few to tell it from a guess"


def test_a_rare_class_that_is_missed_is_said_with_class_weights_too(tmp_path: Path) -> None:
    case, _ = beside_linear(LINEAR | WEIGHTED, rare_data(1.0), tmp_path)
    answers = replace(case.answers, right=case.answers.actual == "no")
    (found,) = unequal.rare_classes(replace(case, answers=answers))
    assert found.cause == "it finds 0 of 40 rows of yes"
    assert found.sentence.endswith(
        "though class_weight is set: there may be too few of them, or the features may not tell."
    )
    assert found.steps == {}


def test_class_weights_are_no_illness_and_advised_once(tmp_path: Path) -> None:
    """The accuracy falls far below the commonest class and below linear, as it should."""
    case, found = beside_linear(LINEAR | WEIGHTED, rare_data(1.0), tmp_path)
    assert case.metrics["accuracy"] < 0.8
    assert case.metrics["balanced_accuracy"] > 0.6
    assert found == {}


def test_a_guess_of_unequal_classes_is_advised_class_weights_once(tmp_path: Path) -> None:
    """If linear guesses too, and no cause is known, the last advice is not given for ever."""
    data = rare_data(0.0)
    plain, _ = beside_linear(STOPPED, data, tmp_path)
    (before,) = outcomes.at_chance(plain, [])
    assert before.attempt == "class_weight balanced"
    weighted, _ = beside_linear(STOPPED | WEIGHTED, data, tmp_path)
    (after,) = outcomes.at_chance(weighted, [])
    assert after.steps == {}
    assert after.expect.startswith("A balanced accuracy clearly above 0.5000. If nothing helps")
    said = diagnosis.sentence(weighted, [after])
    assert said.startswith("It is no better than a guess, 0.9000 (accuracy 0.")
    assert said.endswith(f"balanced accuracy {weighted.metrics['balanced_accuracy']:.4f}).")


def test_class_weights_come_after_a_cure_for_memorising_and_before_lesser_findings(
    tmp_path: Path,
) -> None:
    data = rare_data(1.0)
    _, found = beside_linear(HEALTHY | {"hidden_layer_sizes": [100]}, data, tmp_path)
    codes = [code for code in found if code in {"over_fitted", "rare_classes"}]
    assert codes == ["over_fitted", "rare_classes"]
    _, found = beside_linear(HEALTHY | {"alpha": 10.0}, data, tmp_path)
    assert list(found) == ["rare_classes", "dead_units"]
