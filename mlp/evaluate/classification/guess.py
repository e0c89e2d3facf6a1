"""Tell a network from a guess, which does not look at the features."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlp.core.files import Floats, Labels, Rows
from mlp.evaluate.statistics import balanced, design, paired, turned
from mlp.evaluate.statistics.turned import Turned

NAME = "chance_log_loss"
LEVEL = 0.01  # of every test here: how often a guess passes it


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The answers of a network to the test rows, beside those of the commonest label.

    Attributes
    ----------
    actual : ndarray of str objects, shape (test rows,)
    right, majority_right : ndarray of bool, shape (test rows,)
        Where the network is right, and where the commonest training label is.
    probabilities : ndarray of float64, shape (test rows, classes)
    classes : sequence of str
        The labels that the network knows.
    groups : ndarray of int64, shape (test rows,), optional
        The number of each row's group.
    """

    actual: Labels
    right: Labels
    majority_right: Labels
    probabilities: Floats
    classes: Sequence[str]
    groups: Rows | None = None

    @cached_property
    def codes(self) -> Rows:
        """The number of each row's class, from 0."""
        return balanced.codes(self.actual)

    @cached_property
    def won(self) -> Turned:
        """The rows that would turn if the commonest label answered instead."""
        return turned.of(self.right, self.majority_right, self.groups)

    @cached_property
    def support(self) -> Rows:
        """The test rows of each class."""
        return np.bincount(self.codes)

    @property
    def are_unequal(self) -> bool:
        """Whether the classes are: see `mlp.evaluate.statistics.balanced.are_unequal`."""
        return balanced.are_unequal(self.support)

    @property
    def one_recall(self) -> float:
        """The mean recall of answering one class always."""
        return 1 / len(self.support)


def is_guess(answers: Answers) -> bool:
    """Return whether the answers could be those of a guess.

    A guess gives every row the commonest training label, or any of the labels with equal chance.
    Where classes are unequal a good network may have no more rows right than the commonest label,
    so there its probabilities must be those of a guess too.
    """
    if not _has_accuracy_of_guess(answers):
        return False
    return not (answers.are_unequal and _tells_classes_apart(answers))


def _has_accuracy_of_guess(answers: Answers) -> bool:
    """Return whether the accuracy could be that of a guess.

    Against the commonest label the rows are paired, which is sharper than intervals.
    """
    low, _ = design.interval(answers.right.astype(np.float64), answers.groups)
    p = answers.won.p_value(one_sided=True)
    return bool(low <= 1 / len(answers.classes) or p >= LEVEL)


def _tells_classes_apart(answers: Answers) -> bool:
    """Return whether rows of a class have a higher probability of it, by more than luck explains.

    That is asked of ranks, as by the area under a ROC curve. So it matters neither how many rows
    are called by which label, nor whether the probabilities are calibrated.
    """
    if not np.isfinite(answers.probabilities).all():
        return False
    is_class = answers.actual[:, np.newaxis] == np.array(answers.classes, dtype=object)
    ranks = np.column_stack([_ranks(column) for column in answers.probabilities.T])
    gained = (ranks * (is_class - is_class.mean(axis=0))).sum(axis=1)
    found = paired.mean(gained, 1.0, answers.groups)
    return bool(found.value > 0 and -found.negated().upper(1 - LEVEL) > 0)


def _ranks(values: Floats) -> Floats:
    """Return the share of lower values less that of higher ones, halved, shape (rows,).

    >>> _ranks(np.array([0.3, 0.1, 0.3, 0.9])).tolist()
    [0.0, -0.375, 0.0, 0.375]
    """
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(counts) - counts / 2)[places] / len(values) - 0.5
    return ranks


def declared(answers: Answers) -> dict[str, float]:
    """Return the log loss of giving each class its share of the test rows, if they are unequal.

    No other probabilities that are the same for every row have a lower one.
    """
    if not answers.are_unequal:
        return {}
    shares = answers.support / len(answers.codes)
    return {NAME: float(-(shares * np.log(shares)).sum())}
