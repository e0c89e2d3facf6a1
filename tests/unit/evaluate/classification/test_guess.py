"""A guess is found, and a network that knows more than the shares of unequal classes is none."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mlp.evaluate.classification import guess
from mlp.evaluate.classification.guess import Answers

ROWS = 400


def answers(yes: Any, probability: Any, **rest: Any) -> Answers:
    """Return the answers of a network of no and yes, by its probability of yes."""
    yes = np.asarray(yes, dtype=bool)
    given = np.clip(np.broadcast_to(probability, yes.shape), 1e-15, 1 - 1e-15)
    return Answers(
        actual=np.where(yes, "yes", "no").astype(object),
        right=(given > 0.5) == yes,
        majority_right=~yes,
        probabilities=np.column_stack([1 - given, given]),
        classes=["no", "yes"],
        **rest,
    )


def rows(share: float, seed: int = 0) -> tuple[Any, Any]:
    """Return which rows are yes, and a feature that is 1 higher on average where they are."""
    draw = np.random.default_rng(seed)
    yes = np.arange(ROWS) < share * ROWS
    return yes, draw.normal(size=ROWS) + yes


def chances(feature: Any, share: float) -> Any:
    """Return the true probability of yes: the odds of the shares times exp(feature - 1/2)."""
    return 1 / (1 + (1 - share) / share * np.exp(0.5 - feature))


def test_the_loss_of_the_shares() -> None:
    """-0.9 ln 0.9 - 0.1 ln 0.1 = 0.3251."""
    found = answers(np.arange(10) < 1, 0.3)
    assert guess.declared(found) == {"chance_log_loss": pytest.approx(0.325083)}
    assert guess.declared(answers(np.arange(10) < 3, 0.3)) == {}  # not unequal


@pytest.mark.parametrize(("share", "right"), [(0.12, 0.88), (0.5, 0.7)])
def test_a_network_that_tells_unequal_classes_apart_is_no_guess(share: float, right: float) -> None:
    """Calibrated, hardly a row is called yes; with class weights, many rows that are no."""
    yes, feature = rows(0.12)
    found = answers(yes, chances(feature, share))
    assert found.right.mean() == pytest.approx(right, abs=0.03)
    assert found.right.sum() <= found.majority_right.sum() + 2
    assert not guess.is_guess(found)
    too_sure = answers(yes, chances(feature, share) ** 9)  # whose log loss is far too high
    assert not guess.is_guess(too_sure)


def test_three_classes_and_one_that_the_network_does_not_know() -> None:
    actual = np.array(["a"] * 80 + ["b"] * 12 + ["c"] * 6 + ["d"] * 2, dtype=object)
    one_hot = np.array([[label == actual[i] for label in "abc"] for i in range(100)])
    known = {"actual": actual, "right": actual == "a", "majority_right": actual == "a"}
    for sure, is_guess in [(0.0, True), (0.1, False), (-0.1, True)]:
        probabilities = [0.6, 0.2, 0.2] + sure * one_hot
        found = Answers(**known, probabilities=probabilities, classes=["a", "b", "c"])
        assert guess.is_guess(found) is is_guess


@pytest.mark.parametrize("probability", [0.12, 0.0, 0.5001, 0.3])
def test_one_answer_to_every_row_is_a_guess(probability: float) -> None:
    assert guess.is_guess(answers(rows(0.12)[0], probability))


@pytest.mark.parametrize("weighted", [0.12, 0.5])
def test_few_guesses_pass(weighted: float) -> None:
    """A feature that says nothing: a test at 0.01, so about 2 of 200."""
    passed = 0
    for seed in range(200):
        yes, feature = rows(0.12, seed)
        passed += not guess.is_guess(answers(yes, chances(feature - yes + 0.5, weighted)))
    assert passed <= 6


def test_equal_classes_are_judged_by_accuracy_alone() -> None:
    yes, feature = rows(0.5)
    good = answers(yes, chances(feature, 0.5))
    assert not guess.is_guess(good)
    assert guess.is_guess(replace(good, right=np.arange(ROWS) % 2 == 0))


def test_groups_and_losses_that_are_not_finite() -> None:
    """All rows of one group tell nothing of others, and a diverged network knows nothing."""
    yes, feature = rows(0.12)
    probability = chances(feature, 0.12)
    one_group = answers(yes, probability, groups=np.zeros(ROWS, dtype=np.int64))
    assert guess.is_guess(one_group)
    assert not guess.is_guess(answers(yes, probability, groups=np.arange(ROWS)))
    assert guess.is_guess(answers(yes, np.full(ROWS, np.nan)))
