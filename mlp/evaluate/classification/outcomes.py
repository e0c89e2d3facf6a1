"""Compare a network with guessing and with the linear baseline."""

from collections.abc import Iterator, Sequence

import numpy as np

from mlp.core.errors import counted
from mlp.evaluate.classification import guess, unequal
from mlp.evaluate.classification.case import LabelCase
from mlp.evaluate.diagnosis import remedies
from mlp.evaluate.diagnosis.cases import Finding
from mlp.evaluate.diagnosis.remedies import Steps
from mlp.evaluate.statistics import design, turned
from mlp.evaluate.statistics.exact import fisher
from mlp.evaluate.statistics.wording import p_value

LEVEL = 0.01  # of every test here: the rate of false findings on healthy networks
GAP = 0.05  # least gap between training and test accuracy that counts as over-fitted
BY_HEART = 0.2  # the same for a network that guesses the test rows


def at_chance(case: LabelCase, causes: Sequence[Finding]) -> Iterator[Finding]:
    if case.metrics["diverged"] or not guess.is_guess(case.answers):
        return
    accuracy, known = case.metrics["accuracy"], case.training["accuracy"]
    share = _guess(case)
    may_be_better = case.metrics["accuracy_low"] > share
    if may_be_better and (few := _too_few(case, share)):
        yield few
        return
    hint = ""
    if known > share + BY_HEART:
        hint = f" It knows {known:.1%} of its training rows by heart."
    elif case.floor_right is not None and not case.floor_learnt:
        hint = " The network without a hidden layer does no better."
    scores = {"accuracy": accuracy, "accuracy_low": case.metrics["accuracy_low"], "guess": share}
    sentence = f"It is right on {accuracy:.4f} of the test rows, and a guess on {share:.4f}."
    expect = f"An accuracy clearly above {share:.4f}."
    if case.answers.are_unequal:
        scores |= unequal.scores(case)
        sentence += unequal.sentence(case)
        expect = unequal.expect(case)
    if not case.floor_learnt:
        expect += " If nothing helps, the features may say nothing of the label."
    yield Finding(
        "at_chance",
        scores,
        sentence + hint,
        f"it is {'not shown to be' if may_be_better else 'no'} better than a guess",
        _steps(causes) or ({} if may_be_better else _last_steps(case)),
        expect,
    )


def _too_few(case: LabelCase, share: float) -> Finding | None:
    """Return a finding if no answers to these rows could be told from a guess."""
    least = case.answers.won.least(one_sided=True)
    if least < guess.LEVEL:
        return None
    units = len(case.right) if case.groups is None else len(np.unique(case.groups))
    few = counted(units, "test row") if case.groups is None else f"{units} groups of test rows"
    return Finding(
        "too_few_to_tell",
        {"units": units, "accuracy": case.metrics["accuracy"], "guess": share, "least_p": least},
        f"It is right on {case.metrics['accuracy']:.4f} of the test rows, and a guess on "
        f"{share:.4f}, but {few} are too few to tell the two apart: had it won wherever it differs "
        f"from the commonest label, the test would give {p_value(least)}, not below "
        f"{guess.LEVEL:g}.",
        f"{few} are too few to tell it from a guess",
        expect="More of them in the test split, by split.test_size or more data, would tell.",
    )


def worse_than_linear(case: LabelCase, causes: Sequence[Finding]) -> Iterator[Finding]:
    if case.floor_right is None or case.metrics["diverged"]:
        return
    p = turned.of(case.floor_right, case.right, case.groups).p_value(one_sided=True)
    if p >= LEVEL or unequal.finds_more(case):
        return
    steps = (
        _steps([cause for cause in causes if cause.code not in {"over_fitted", "max_iter"}])
        or remedies.more_units(case.arguments, case.classes)
        or _steps(causes)
        or remedies.smaller_steps(case.arguments, case.symptoms.inputs_rms)
    )
    yield Finding(
        "worse_than_linear",
        {"right": int(case.right.sum()), "linear_right": int(case.floor_right.sum()), "p": p},
        f"It is right on {int(case.right.sum())} test rows, and the network without a hidden "
        f"layer on {int(case.floor_right.sum())}, which is more than chance explains (McNemar's "
        f"exact test, {p_value(p)}): the hidden layer hides what its inputs say.",
        "it is worse than linear",
        steps,
        "An accuracy of at least that of linear.",
    )


def over_fitted(case: LabelCase) -> Iterator[Finding]:
    known, seen = case.training["accuracy"], case.training["rows"]
    accuracy, rows = case.metrics["accuracy"], len(case.right)
    if known - accuracy < GAP:
        return
    if case.groups is not None:
        rows = max(1, int(design.effective_rows(case.right.astype(np.float64), case.groups)))
    p = fisher([round(known * seen), round(accuracy * rows)], [seen, rows], one_sided=True)
    if p >= LEVEL:
        return
    yield Finding(
        "over_fitted",
        {"train_accuracy": known, "accuracy": accuracy, "p": p},
        f"It is right on {known:.1%} of the rows that it was trained on and on {accuracy:.1%} of "
        f"the test rows, which is more than chance explains (Fisher's exact test, "
        f"{p_value(p)}): a part of what it learnt holds for the training rows alone.",
        "it is over-fitted",
        remedies.stronger_penalty(case.arguments),
        "A lower training accuracy, and a test accuracy that is closer to it.",
    )


def _guess(case: LabelCase) -> float:
    return max(float(case.metrics["majority_accuracy"]), 1 / case.classes)


def _last_steps(case: LabelCase) -> Steps:
    """Return what to try if no cause is known; nothing if that was tried and linear fails too."""
    if case.answers.are_unequal and not case.floor_learnt:
        return remedies.class_weights(case.arguments)
    return remedies.smaller_steps(case.arguments, case.symptoms.inputs_rms)


def _steps(causes: Sequence[Finding]) -> Steps:
    return causes[0].steps if causes else {}
