"""Diagnose a network that predicts labels, and sum it up in one sentence."""

import math
from collections.abc import Iterator, Sequence

from mlp.evaluate.classification import guess, outcomes, unequal
from mlp.evaluate.classification.case import LabelCase
from mlp.evaluate.diagnosis import cases, causes, remedies, verdict, wording
from mlp.evaluate.diagnosis.cases import Finding
from mlp.evaluate.diagnosis.causes import NEAR, Rule, Verdict
from mlp.evaluate.statistics import balanced

GRAVER = {*cases.ILLS, "over_fitted"}  # than classes that are hardly found
DIVERGED = 2.0  # times ln(classes): see `mlp.training.classification`


def findings(case: LabelCase) -> list[Finding]:
    """Return the findings on a network, the most serious first; none if it is healthy.

    Class weights do not help a network that memorises or that has learnt nothing, but come before
    all else for one that has learnt.
    """
    found = causes.findings(case, CAUSES, VERDICTS)
    if not GRAVER.intersection(finding.code for finding in found):
        found.sort(key=lambda finding: finding.code != unequal.CODE or not finding.steps)
    return found


def sentence(case: LabelCase, findings: Sequence[Finding]) -> str:
    """Return a sentence on a network, the most serious thing first; see `findings`."""
    low, high = case.metrics["accuracy_low"], case.metrics["accuracy_high"]
    accuracy = f"accuracy {case.metrics['accuracy']:.4f}, 95 % interval {low:.4f} to {high:.4f}"
    if balanced.NAME in case.metrics:
        accuracy += f", balanced accuracy {case.metrics[balanced.NAME]:.4f}"
    return verdict.sentence(accuracy, findings)


def _diverged(case: LabelCase) -> Iterator[Finding]:
    if not case.metrics["diverged"]:
        return
    loss, bound = case.training["log_loss"], DIVERGED * math.log(case.classes)
    what = "is not finite" if loss is None else f"is {loss:.4g}"
    yield Finding(
        "diverged",
        {"train_log_loss": loss, "bound": bound},
        f"Training diverged: the log loss of the training rows {what}; above {bound:.4f}, twice "
        f"ln {case.classes}, or with a weight or a loss that is not finite, it is of no use.",
        "its training diverged",
        remedies.smaller_steps(case.arguments, case.symptoms.inputs_rms),
        "A loss that falls from the first epochs on.",
    )


def _plateau(case: LabelCase) -> Iterator[Finding]:
    loss, chance = case.training["log_loss"], case.training["entropy"]
    if loss is None or case.metrics["diverged"] or abs(loss - chance) > NEAR * chance:
        return
    if case.answers.are_unequal and not guess.is_guess(case.answers):
        return  # the shares of unequal classes cost little, and what there is to learn costs less
    final = case.metrics["final_loss"]
    name = wording.chance_loss(chance, case.classes)
    yield Finding(
        "plateau",
        {"final_loss": final, "train_log_loss": loss, "chance_loss": chance},
        f"Its training loss ended at {wording.number(final)} ({loss:.4f} without the L2 penalty), "
        f"and to give every row the same probabilities costs {name}: it has learnt nothing of the "
        "inputs.",
        f"its training loss settled at {loss:.4f} without the L2 penalty, near {name}",
        causes.freeing_steps(case),
        f"A loss that falls well below {chance:.4f}.",
    )


CAUSES: list[Rule] = [
    _diverged, causes.vanishing, causes.dead_units, causes.saturated_units, causes.exploding,
    _plateau, outcomes.over_fitted, unequal.rare_classes, causes.max_iter,
]  # fmt: skip
VERDICTS: list[Verdict] = [outcomes.at_chance, outcomes.worse_than_linear]
