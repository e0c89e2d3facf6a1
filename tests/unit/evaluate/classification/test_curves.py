"""ROC and precision-recall curves, by hand and against scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from mlp.evaluate.classification import curves


def test_by_hand() -> None:
    """Three no and two yes; of the six pairs of a yes and a no, five are in order.

    By score come yes, no, yes, no, no: precision 1 at recall 1/2, and 2/3 at recall 1.
    """
    actual = np.array(["yes", "no", "yes", "no", "no"], dtype=object)
    score = np.array([0.9, 0.8, 0.7, 0.6, 0.1])
    (found,) = curves.curves(
        actual, np.column_stack([1 - score, score]), ["no", "yes"], ["no", "yes"]
    )
    assert found.label == "yes"  # the rarer one
    assert found.share == pytest.approx(2 / 5)
    assert found.auc == pytest.approx(5 / 6)
    assert found.average_precision == pytest.approx(1 / 2 + 1 / 2 * 2 / 3)
    assert found.roc[0].tolist() == [0, 0]
    assert found.roc[-1].tolist() == [1, 1]


def test_as_scikit_learn_with_ties_and_three_classes() -> None:
    rng = np.random.default_rng(0)
    labels = ["a", "b", "c"]
    actual = np.array(labels, dtype=object)[rng.integers(3, size=300)]
    probabilities = rng.dirichlet([1, 1, 1], size=300).round(1)  # many are equal
    found = curves.curves(actual, probabilities, labels, labels)
    assert [one.label for one in found] == labels
    for i, one in enumerate(found):
        assert one.auc == pytest.approx(roc_auc_score(actual == one.label, probabilities[:, i]))
        assert one.average_precision == pytest.approx(
            average_precision_score(actual == one.label, probabilities[:, i])
        )


def test_without_another_class_or_a_finite_probability_there_is_no_curve() -> None:
    actual = np.array(["a", "a"], dtype=object)
    assert curves.curves(actual, np.full((2, 2), 0.5), ["a", "b"], ["a"]) == []
    other = np.array(["a", "b"], dtype=object)
    assert curves.curves(other, np.full((2, 2), np.nan), ["a", "b"], ["a", "b"]) == []
    many = [f"{i:02}" for i in range(20)]
    table = np.array(many, dtype=object)
    assert len(curves.curves(table, np.eye(20), many, many)) == curves.MOST
