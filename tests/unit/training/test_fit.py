"""Training, and the judgement of it, on data small enough to see through."""

import io

import numpy as np
import pytest
from samples import numeric
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression

from mlp.core.errors import InputError
from mlp.training.fit import fit

FEATURES, CLASSES = make_classification(
    300, 6, n_informative=4, n_classes=3, n_clusters_per_class=1, random_state=0
)
LABELS = np.array(["a", "b", "c"], dtype=object)[CLASSES]
SECTION = {"hidden_layer_sizes": [8], "scale": "none", "random_state": 0, "max_iter": 30}


def test_history_has_a_row_an_epoch() -> None:
    fitted = fit(SECTION, numeric(FEATURES, LABELS))
    assert fitted.history["iteration"].tolist() == list(range(1, 31))
    assert fitted.history["loss"].tolist() == fitted.pipeline["mlp"].loss_curve_
    assert fitted.history["validation_score"].isna().all()


def test_early_stopping_adds_the_validation_score() -> None:
    fitted = fit(SECTION | {"early_stopping": True}, numeric(FEATURES, LABELS))
    assert fitted.history["validation_score"].between(0, 1).all()


def test_lbfgs_reports_its_last_iteration() -> None:
    fitted = fit(SECTION | {"solver": "lbfgs", "max_iter": 500}, numeric(FEATURES, LABELS))
    assert fitted.history["iteration"].tolist() == [fitted.pipeline["mlp"].n_iter_]
    assert fitted.converged


def test_converged_means_that_it_stopped_by_itself() -> None:
    assert not fit(SECTION, numeric(FEATURES, LABELS)).converged
    assert fit(SECTION | {"max_iter": 2000, "tol": 0.01}, numeric(FEATURES, LABELS)).converged


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
    assert fit(section, numeric(FEATURES * 50, LABELS)).diverged
    assert not fit(SECTION | {"solver": "sgd"}, numeric(FEATURES, LABELS)).diverged


def test_a_large_penalty_is_no_divergence() -> None:
    fitted = fit(SECTION | {"alpha": 100.0, "max_iter": 3}, numeric(FEATURES, LABELS))
    assert fitted.history["loss"].iloc[-1] > 2 * np.log(3)
    assert not fitted.diverged


def test_scikit_learns_refusal_becomes_a_sentence() -> None:
    with pytest.raises(InputError, match="validation set is too small"):
        fit(SECTION | {"early_stopping": True}, numeric(FEATURES[:6], LABELS[:6]))


def test_a_warning_of_scikit_learn_is_passed_on() -> None:
    (warned,) = fit(SECTION | {"batch_size": 1000}, numeric(FEATURES, LABELS)).warned
    assert warned == (
        "batch_size is 1000, more than the training rows: each step takes all of them."
    )
    # It does not converge, which the metrics say.
    assert fit(SECTION, numeric(FEATURES, LABELS)).warned == []


@pytest.mark.parametrize("scale", ["minmax", "standard"])
def test_scaling_makes_the_unit_of_a_feature_irrelevant(scale: str) -> None:
    section = SECTION | {"scale": scale}
    meters = fit(section, numeric(FEATURES, LABELS)).pipeline.predict(FEATURES)
    miles = fit(section, numeric(FEATURES * 1024.0, LABELS)).pipeline.predict(FEATURES * 1024.0)
    assert (meters == miles).all()
    raw = fit(SECTION, numeric(FEATURES, LABELS)).pipeline.predict(FEATURES)
    big = fit(SECTION, numeric(FEATURES * 1024.0, LABELS)).pipeline.predict(FEATURES * 1024.0)
    assert (raw != big).any()


def test_no_hidden_layer_is_logistic_regression() -> None:
    """Both minimise log loss + alpha/2n |w|^2, so C = 1/alpha gives the same probabilities."""
    section = SECTION | {"hidden_layer_sizes": [], "solver": "lbfgs", "max_iter": 2000}
    fitted = fit(section | {"alpha": 1.0, "tol": 1e-9}, numeric(FEATURES, LABELS))
    regression = LogisticRegression(C=1.0, tol=1e-9, max_iter=2000).fit(FEATURES, LABELS)
    expected = regression.predict_proba(FEATURES)
    assert fitted.pipeline.predict_proba(FEATURES) == pytest.approx(expected, abs=1e-3)


def test_larger_alpha_gives_smaller_weights() -> None:
    def norm(alpha: float) -> float:
        fitted = fit(SECTION | {"alpha": alpha, "max_iter": 300}, numeric(FEATURES, LABELS))
        return sum(float((weights**2).sum()) for weights in fitted.pipeline["mlp"].coefs_)

    assert norm(1e-4) > norm(1.0) > norm(30.0)


def test_shuffled_labels_score_at_chance() -> None:
    shuffled = np.random.default_rng(0).permutation(LABELS)
    fitted = fit(SECTION, numeric(FEATURES[:200], shuffled[:200]))
    assert (fitted.pipeline.predict(FEATURES[200:]) == shuffled[200:]).mean() < 0.5
    honest = fit(SECTION | {"max_iter": 200}, numeric(FEATURES[:200], LABELS[:200]))
    assert (honest.pipeline.predict(FEATURES[200:]) == LABELS[200:]).mean() > 0.7


def test_gaps_are_filled_from_the_training_rows() -> None:
    """The median of 1, 2, 3, 100 is 2.5; the mean 26.5; the most frequent of 1, 1, 3 is 1."""
    labels = np.array(["a", "b"] * 3, dtype=object)
    for impute, expected in {"median": 2.5, "mean": 26.5, "most_frequent": 1.0}.items():
        values = np.array([[1.0], [2.0], [3.0], [100.0], [np.nan], [np.nan]])
        rows = numeric(values, labels, None, impute)
        fitted = fit(SECTION | {"max_iter": 1}, rows).pipeline
        assert fitted["impute"].statistics_.tolist() == [expected]


def printed(section: dict[str, object]) -> list[str]:
    log = io.StringIO()
    fit(SECTION | section, numeric(FEATURES, LABELS), log=log)
    return log.getvalue().splitlines()


def test_the_first_the_last_and_every_twentieth_epoch_are_printed() -> None:
    losses = fit(SECTION | {"max_iter": 50}, numeric(FEATURES, LABELS)).history["loss"]
    lines = printed({"max_iter": 50})
    assert lines == [f"epoch {i}: loss {losses[i - 1]:.8f}" for i in (1, 20, 40, 50)]


def test_no_epoch_is_printed_twice() -> None:
    assert [line.split(":")[0] for line in printed({"max_iter": 40})] == [
        "epoch 1", "epoch 20", "epoch 40",
    ]  # fmt: skip
    assert len(printed({"max_iter": 1})) == 1


def test_verbose_prints_every_epoch() -> None:
    lines = printed({"max_iter": 30, "verbose": True})
    assert [line.split(":")[0] for line in lines] == [f"epoch {i}" for i in range(1, 31)]


def test_an_epoch_is_printed_with_its_own_validation_score() -> None:
    section = {"max_iter": 25, "early_stopping": True, "n_iter_no_change": 25, "verbose": True}
    history = fit(SECTION | section, numeric(FEATURES, LABELS)).history
    assert history["validation_score"].nunique() > 3
    assert printed(section) == [
        f"epoch {epoch.iteration}: loss {epoch.loss:.8f}, "
        f"validation score {epoch.validation_score:.6f}"
        for epoch in history.itertuples()
    ]


def test_lbfgs_prints_its_last_iteration() -> None:
    section = {"solver": "lbfgs", "max_iter": 500}
    history = fit(SECTION | section, numeric(FEATURES, LABELS)).history
    assert printed(section) == [
        f"iteration {history['iteration'][0]}: loss {history['loss'][0]:.8f}"
    ]


def test_printing_changes_no_weight_and_is_off_by_default(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = numeric(FEATURES, LABELS)
    quiet = fit(SECTION | {"verbose": True}, rows).pipeline["mlp"]
    assert capsys.readouterr().out == ""
    loud = fit(SECTION, rows, log=io.StringIO()).pipeline["mlp"]
    for weights, same in zip(quiet.coefs_, loud.coefs_, strict=True):
        np.testing.assert_array_equal(weights, same)
