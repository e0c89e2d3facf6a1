"""Diagnose networks of unequal classes, the rare ones of which count little in training."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from mlp.core import shown
from mlp.core.bidi import isolated
from mlp.evaluate.classification import guess
from mlp.evaluate.classification.case import LabelCase
from mlp.evaluate.diagnosis import remedies, wording
from mlp.evaluate.diagnosis.cases import Finding
from mlp.evaluate.statistics import balanced, design

CODE = "rare_classes"
MOST = 0.5  # recall of a class that the upper bound of its 95 % interval must reach
NAMED = 3  # classes in a sentence


def scores(case: LabelCase) -> dict[str, Any]:
    """Return what a network of unequal classes is compared by with a guess, besides accuracy."""
    return {
        balanced.NAME: case.metrics[balanced.NAME],
        "balanced_guess": case.answers.one_recall,
        "log_loss": case.metrics["log_loss"],
        guess.NAME: case.metrics[guess.NAME],
    }


def sentence(case: LabelCase) -> str:
    """Return the same in words, as sentences that follow one on accuracy."""
    return (
        f" Its balanced accuracy, the mean recall of the classes, is "
        f"{case.metrics[balanced.NAME]:.4f}, and that of a guess {case.answers.one_recall:.4f}. "
        f"Its log loss is {case.metrics['log_loss']:.4f}, and to give each class its share of the "
        f"rows costs {case.metrics[guess.NAME]:.4f}. Nor is the probability of a class higher in "
        f"the rows of that class, by more than luck explains."
    )


def expect(case: LabelCase) -> str:
    """Return the effect of a step that helps; class weights make the log loss worse."""
    by_recall = f"A balanced accuracy clearly above {case.answers.one_recall:.4f}"
    if case.is_weighted:
        return f"{by_recall}."
    return f"{by_recall}, or a log loss clearly below {case.metrics[guess.NAME]:.4f}."


def finds_more(case: LabelCase) -> bool:
    """Return whether the mean recall of unequal classes is above that of linear."""
    if case.floor_right is None or not case.answers.are_unequal:
        return False
    gained = case.right.astype(np.float64) - case.floor_right
    return balanced.of_classes(gained, case.answers.codes, (-1.0, 1.0), None).value > 0


def rare_classes(case: LabelCase) -> Iterator[Finding]:
    """Find classes of which the network finds less than half."""
    if case.metrics["diverged"] or not case.answers.are_unequal:
        return
    missed = sorted(_missed(case))
    if not missed:
        return
    words = [f"{right} of {rows} rows of {_shown(label)}" for _, label, right, rows in missed]
    recall, label, _, _ = missed[0]
    more = len(missed) - NAMED
    listed = [*words[:NAMED], f"less than half of {more} more classes"] if more > 0 else words
    why = (
        ", though class_weight is set: there may be too few of them, or the features may not tell."
        if case.is_weighted
        else ": rows of a rare class count little in the training loss, unless class_weight is set."
    )
    yield Finding(
        CODE,
        {"class": label, "recall": recall, "classes": len(missed)},
        f"It finds {wording.joined(listed)} in the test split{why}",
        f"it finds {words[0]}",
        remedies.class_weights(case.arguments),
        "A higher recall of the rare classes and a higher balanced accuracy, at the cost of rows "
        "of the common ones and of probabilities that are calibrated to the shares.",
    )


def _shown(label: str) -> str:
    return isolated(shown.in_terminal(label))


def _missed(case: LabelCase) -> Iterator[tuple[float, str, int, int]]:
    """Yield recall, label, right and all rows of each class of which less than half is found."""
    answers = case.answers
    labels = np.unique(answers.actual.astype(str))
    for code, rows in enumerate(answers.support.tolist()):
        is_class = answers.codes == code
        right = answers.right[is_class].astype(np.float64)
        groups = None if answers.groups is None else answers.groups[is_class]
        _, high = design.interval(right, groups)
        if rows < answers.support.max() and high < MOST:
            yield float(right.mean()), str(labels[code]), int(right.sum()), rows
