"""Weights of classes: by hand, as scikit-learn's own, and wherever a network is trained."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from samples import numeric
from sklearn.datasets import make_classification
from sklearn.neural_network import MLPClassifier
from sklearn.utils.class_weight import compute_sample_weight

from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.core.files import Labels
from mlp.evidence import plan, runs
from mlp.fits.memory import FitMemory
from mlp.model import export, metadata, saved
from mlp.search.params import Search
from mlp.search.search import search
from mlp.training import class_weight
from mlp.training.fit import fit
from mlp.training.params import Network

FEATURES, CODES = make_classification(
    300, 6, n_informative=4, n_classes=3, weights=[0.7, 0.2, 0.1], random_state=0
)
LABELS = np.array(["a", "b", "rare"], dtype=object)[CODES]
SECTION: dict[str, Any] = {
    "hidden_layer_sizes": [5],
    "scale": "none",
    "random_state": 0,
    "max_iter": 10,
}
DATA = numeric(FEATURES, LABELS)


def labels(text: str) -> Labels:
    return np.array(list(text), dtype=object)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (None, None),
        # 6 rows of 3 classes: 6 / (3 * 3), 6 / (3 * 2) and 6 / (3 * 1); they sum to 6
        ("balanced", [2 / 3, 2 / 3, 2 / 3, 1, 1, 2]),
        ({"a": 0.5, "c": 4.0, "absent": 9.0}, [0.5, 0.5, 0.5, 1, 1, 4]),
    ],
)
def test_weights_by_hand(weights: Any, expected: Any) -> None:
    found = class_weight.of_rows(weights, labels("aaabbc"))
    assert (None if found is None else found.tolist()) == expected


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("solver", ["sgd", "adam", "lbfgs"])
@pytest.mark.parametrize("hidden", [[], [5]])
@pytest.mark.parametrize("weights", ["balanced", {"a": 1.0, "b": 2.0, "rare": 7.5}])
def test_it_is_scikit_learns_to_the_last_bit(solver: str, hidden: list[int], weights: Any) -> None:
    arguments = {"hidden_layer_sizes": hidden, "random_state": 0, "max_iter": 10, "solver": solver}
    ours = fit(arguments | {"scale": "none", "class_weight": weights}, DATA).pipeline["mlp"]
    theirs = MLPClassifier(**arguments)
    theirs.fit(FEATURES, LABELS, sample_weight=compute_sample_weight(weights, LABELS))
    plain = fit(arguments | {"scale": "none"}, DATA).pipeline["mlp"]
    for one, other, unweighted in zip(ours.coefs_, theirs.coefs_, plain.coefs_, strict=True):
        assert np.array_equal(one, other)
        assert not np.array_equal(one, unweighted)


def test_early_stopping_scores_by_weight() -> None:
    """Constant features allow one answer to all rows, and the class of 180 rows is one of two.

    Of the 20 rows held back 18 are of it. They weigh 200 / (2 * 180) each, which is 10 together,
    and the other two 200 / (2 * 20), 10 together: either answer scores 0.5, not 0.9 or 0.1.
    """
    rows = numeric(np.zeros((200, 2)), labels("a" * 180 + "b" * 20))
    section = SECTION | {"early_stopping": True, "class_weight": "balanced"}
    assert fit(section, rows).history["validation_score"].tolist() == pytest.approx([0.5] * 10)
    unweighted = fit(SECTION | {"early_stopping": True}, rows).history["validation_score"]
    assert set(unweighted) <= {0.9, 0.1}


def test_a_network_that_learnt_nothing_is_at_the_weighted_entropy() -> None:
    """Weights 1, 1 and 6 of 2, 1 and 1 rows: shares of 2/9, 1/9 and 6/9, which it then predicts."""
    rows = numeric(np.zeros((400, 2)), labels("aabc" * 100))
    section = {
        "hidden_layer_sizes": [], "scale": "none", "random_state": 0, "solver": "lbfgs",
        "alpha": 0.0, "tol": 1e-10, "class_weight": {"c": 6.0},
    }  # fmt: skip
    fitted = fit(section, rows)
    assert fitted.outputs[0] == pytest.approx([2 / 9, 1 / 9, 6 / 9], abs=1e-4)
    found = metadata.summary(fitted)
    shares = np.array([2 / 9, 1 / 9, 6 / 9])
    assert found["entropy"] == pytest.approx(-(shares * np.log(shares)).sum())
    assert found["log_loss"] == pytest.approx(found["entropy"], abs=1e-6)
    assert found["arguments"]["class_weight"] == {"c": 6.0}
    assert fitted.warned == ["class_weight has no weight for a, b: such a row weighs 1."]


@pytest.mark.parametrize("section", [SECTION, SECTION | {"class_weight": "none"}])
def test_without_weights_the_model_is_the_same(section: dict[str, Any], tmp_path: Path) -> None:
    for name, one in {"plain": SECTION, "given": section}.items():
        export.export(fit(one, DATA), tmp_path / f"{name}.onnx")
    assert (tmp_path / "plain.onnx").read_bytes() == (tmp_path / "given.onnx").read_bytes()
    assert "class_weight" not in saved.load(tmp_path / "given.onnx").training["arguments"]


def test_repeats_train_what_the_model_file_says(tmp_path: Path) -> None:
    """The stages repeat and crossval retrain from the arguments in the model's metadata."""
    export.export(fit(SECTION | {"class_weight": {"rare": 9.0}}, DATA), tmp_path / "model.onnx")
    arguments = saved.load(tmp_path / "model.onnx").training["arguments"]
    judged = plan.of_split(DATA.take(np.arange(200)), DATA.take(np.arange(200, 300)))
    memory = FitMemory(tmp_path, 10**9)
    weighted, plain = (
        runs.train(section, judged, range(1), memory)[0]
        for section in (arguments, {k: v for k, v in arguments.items() if k != "class_weight"})
    )
    again = fit({**arguments, "random_state": 0}, DATA.take(np.arange(200)))
    expected = again.pipeline.predict(FEATURES[200:])
    assert weighted.predicted.tolist() == expected.tolist()
    assert (weighted.predicted == "rare").sum() > (plain.predicted == "rare").sum()


def test_a_label_that_no_row_has() -> None:
    class_weight.check({"class_weight": {"rare": 2.0}}, LABELS, "mlp")
    class_weight.check({"class_weight": "balanced"}, LABELS, "mlp")
    class_weight.check({}, LABELS, "mlp")
    with pytest.raises(InputError) as refused:
        class_weight.check({"class_weight": ["none", {"raer": 2.0}]}, LABELS, "search.space")
    assert str(refused.value) == (
        "search.space.class_weight has a weight for raer, a label that no training row has; their "
        "labels are a, b, rare."
    )


CHOICES = ["none", "balanced", {"rare": 20.0}]


def searched(space: dict[str, Any], **fixed: Any) -> Any:
    section = {
        "strategy": "random", "n_iter": 12, "cv": 3, "repeats": 1, "seed": 0,
        "scoring": "balanced_accuracy",
        "fixed": SECTION | {"solver": "adam"} | fixed,
        "space": space,
    }  # fmt: skip
    return search(Search.model_validate(section), DATA)


def test_a_search_draws_it(tmp_path: Path) -> None:
    """Each choice is a candidate of its own, with its own score, and the winner is written."""
    found = searched({"class_weight": CHOICES, "alpha": {"loguniform": [1e-4, 1e-3]}})
    texts = found.trials["class_weight"]
    assert set(texts) == {"none", "balanced", '{"rare": 20.0}'}
    assert found.trials.groupby("class_weight")["mean_score"].mean().nunique() == 3
    assert found.best["class_weight"] in CHOICES
    assert set(found.answer["importance"]["arguments"]) == {"alpha", "class_weight"}
    found.write(tmp_path, ["tuned"])
    best = params_file.read_section(tmp_path / "best.yaml", "tuned", Network)
    assert best.model_dump(exclude_unset=True) == found.best


def test_halving_with_it_and_fixed() -> None:
    space = {"class_weight": CHOICES}
    found = searched(space, max_iter=4)
    assert sorted(found.trials["candidate"]) == [1, 2, 3]
    fixed = searched({"alpha": [1e-3, 1e-4]}, class_weight={"rare": 20.0})
    assert fixed.best["class_weight"] == {"rare": 20.0}
    with pytest.raises(InputError, match=r"^search\.fixed\.class_weight has a weight for x, "):
        searched({"alpha": [1e-3]}, class_weight={"x": 2.0})
