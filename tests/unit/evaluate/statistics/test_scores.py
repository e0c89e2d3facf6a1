"""Scores by hand, and against scikit-learn's."""

import math

import numpy as np
import pytest
from sklearn import metrics

from mlp.core import predictions
from mlp.evaluate.statistics import design, scores
from mlp.evaluate.statistics.wilson import wilson

LABELS = ["cat", "dog", "owl"]
ACTUAL = np.array(["cat", "cat", "cat", "dog", "dog", "owl"], dtype=object)
PREDICTED = np.array(["cat", "cat", "dog", "dog", "cat", "cat"], dtype=object)
COUNTS = np.array([[2, 1, 0], [1, 1, 0], [1, 0, 0]])


def test_confusion_counts_actual_by_predicted() -> None:
    assert predictions.confusion(ACTUAL, PREDICTED, LABELS).tolist() == COUNTS.tolist()


def test_per_class_by_hand() -> None:
    table = scores.per_class(COUNTS, LABELS)
    assert table["support"].tolist() == [3, 2, 1]
    assert table["precision"].tolist()[:2] == [2 / 4, 1 / 2]
    assert math.isnan(table["precision"][2])  # owl is never predicted: 0 of 0
    assert table["recall"].tolist() == [2 / 3, 1 / 2, 0]
    assert table["f1"].tolist() == [4 / 7, 2 / 4, 0]  # 2 hits / (support + predicted)
    assert (table["recall_low"] <= table["recall"]).all()
    assert (table["recall_high"] >= table["recall"]).all()


def test_overall_by_hand() -> None:
    result = scores.overall(COUNTS)
    assert result["accuracy"] == 3 / 6
    assert result["macro_f1"] == pytest.approx((4 / 7 + 1 / 2 + 0) / 3)
    assert result["accuracy_low"] < 0.5 < result["accuracy_high"]


def test_a_label_that_nobody_uses_has_no_part_in_macro_f1() -> None:
    wider = np.pad(COUNTS, (0, 1))
    assert scores.overall(wider) == scores.overall(COUNTS)
    assert math.isnan(scores.per_class(wider, [*LABELS, "yak"])["recall"][3])


@pytest.mark.parametrize("seed", range(5))
def test_equal_to_scikit_learn(seed: int) -> None:
    random = np.random.default_rng(seed)
    actual = random.choice(LABELS, 200).astype(object)
    probabilities = random.dirichlet([1, 1, 1], 200)
    predicted = np.array(LABELS, dtype=object)[probabilities.argmax(axis=1)]
    counts = predictions.confusion(actual, predicted, LABELS)
    assert counts.tolist() == metrics.confusion_matrix(actual, predicted).tolist()
    overall = scores.overall(counts)
    assert overall["accuracy"] == metrics.accuracy_score(actual, predicted)
    assert overall["macro_f1"] == pytest.approx(
        metrics.f1_score(actual, predicted, average="macro")
    )
    expected = metrics.precision_recall_fscore_support(actual, predicted)
    table = scores.per_class(counts, LABELS)
    for name, values in zip(["precision", "recall", "f1", "support"], expected, strict=True):
        assert table[name].tolist() == pytest.approx(values.tolist())
    loss = predictions.log_losses(actual, probabilities, LABELS).mean()
    assert loss == pytest.approx(metrics.log_loss(actual, probabilities, labels=LABELS))
    brier = predictions.brier_scores(actual, probabilities, LABELS).mean()
    expected = metrics.brier_score_loss(actual, probabilities, labels=LABELS, scale_by_half=False)
    assert brier == pytest.approx(expected)


def test_log_loss_by_hand() -> None:
    probabilities = np.array([[0.5, 0.5], [0.25, 0.75]])
    actual = np.array(["a", "b"], dtype=object)
    expected = [math.log(2), math.log(4 / 3)]
    assert predictions.log_losses(actual, probabilities, ["a", "b"]).tolist() == pytest.approx(
        expected
    )
    # 0.5^2 + 0.5^2, and 0.25^2 + 0.25^2; a label that is none of them: 0.5^2 + 0.5^2 + 1.
    brier = predictions.brier_scores(actual, probabilities, ["a", "b"])
    assert brier.tolist() == pytest.approx([0.5, 0.125])
    unknown = predictions.brier_scores(
        np.array(["c", "c"], dtype=object), probabilities, ["a", "b"]
    )
    assert unknown.tolist() == pytest.approx([1.5, 1.625])


def test_log_loss_of_an_impossible_or_unknown_label_is_finite() -> None:
    certain = np.array([[1.0, 0.0]])
    impossible = predictions.log_losses(np.array(["b"], dtype=object), certain, ["a", "b"])
    unknown = predictions.log_losses(np.array(["c"], dtype=object), certain, ["a", "b"])
    assert impossible == unknown == pytest.approx(-math.log(np.finfo(float).eps))


def test_log_loss_of_a_broken_network_is_nan() -> None:
    broken, actual = np.full((1, 2), np.nan), np.array(["a"], dtype=object)
    table = predictions.predictions(np.arange(1), actual, actual, broken, ["a", "b"])
    assert all(np.isnan(table[name]).all() for name in ("confidence", "log_loss", "brier_score"))
    assert math.isnan(scores.summary(table, np.array([[1]]))["log_loss"])


def test_row_order_does_not_matter() -> None:
    order = np.random.default_rng(0).permutation(len(ACTUAL))
    shuffled = predictions.confusion(ACTUAL[order], PREDICTED[order], LABELS)
    assert shuffled.tolist() == COUNTS.tolist()


def test_rows_of_a_class_are_worth_what_their_groups_are() -> None:
    """Four equal rows of a group are one; three groups of one row are three, by Student's t."""
    actual = np.array(list("aaaabbb"), dtype=object)
    predicted = np.array(list("aaaabba"), dtype=object)
    groups = np.array(list("wwwwxyz"), dtype=object)
    table = {"actual": actual, "predicted": predicted, "group": groups}
    counts = predictions.confusion(actual, predicted, ["a", "b"])
    found = scores.per_class(counts, ["a", "b"], table)
    worth = design.effective_rows(np.array([1.0, 1.0, 0.0]), np.arange(3))
    assert found["effective"].tolist() == [1.0, worth]
    assert worth < 3
    for place, (hits, rows) in enumerate([(1, 1), (2 / 3 * worth, worth)]):
        assert (found["recall_low"][place], found["recall_high"][place]) == wilson(hits, rows)
