"""Diagnose a network that predicts numbers, and sum it up in one sentence."""

import math
from collections.abc import Iterator, Sequence

from mlp.core.residuals import shown
from mlp.evaluate.diagnosis import causes, remedies, verdict
from mlp.evaluate.diagnosis.cases import Finding
from mlp.evaluate.diagnosis.causes import NEAR, Rule, Verdict
from mlp.evaluate.regression import outcomes
from mlp.evaluate.regression.case import NumberCase

HUGE_R2 = 100  # below minus this it is written with an exponent
LARGE_TARGET, SMALL_TARGET = 10.0, 0.01  # size of a target that training starts far from


def findings(case: NumberCase) -> list[Finding]:
    """Return the findings on a network, the most serious first; none if it is healthy."""
    return causes.findings(case, CAUSES, VERDICTS)


def sentence(case: NumberCase, findings: Sequence[Finding], interval: Sequence[float]) -> str:
    """Return a sentence on a network, the most serious thing first.

    Parameters
    ----------
    case : NumberCase
    findings : sequence of Finding
    interval : sequence of float
        The 95 % interval of R2, the lower and the upper bound; empty where there is none.
    """
    bounds = f", 95 % interval {_r2(interval[0])} to {_r2(interval[1])}" if interval else ""
    score = f"R² {_r2(case.metrics['r2'])}{bounds}, RMSE {shown(case.metrics['rmse'])}"
    return verdict.sentence(score, findings)


def _r2(value: float) -> str:
    if not math.isfinite(value):
        return shown(value)
    return f"{value:.4f}" if abs(value) < HUGE_R2 else f"{value:.3g}"


def _diverged(case: NumberCase) -> Iterator[Finding]:
    if not case.metrics["diverged"]:
        return
    loss = case.loss
    size = "is not finite" if loss is None else f"is {shown(loss)}"
    yield Finding(
        "diverged",
        {"train_squared_error": loss, "variance": case.chance_loss},
        f"Training diverged: the mean squared error of the training rows {size}. A network is of "
        "no use if its error is above twice that of predicting 0, or a weight or a loss is not "
        "finite.",
        "its training diverged",
        {**_scaling(case), **remedies.smaller_steps(case.arguments, case.symptoms.inputs_rms)},
        "A loss that falls from the first epochs on.",
    )


def _plateau(case: NumberCase) -> Iterator[Finding]:
    loss, chance = case.loss, case.chance_loss
    if loss is None or case.metrics["diverged"] or abs(loss - chance) > NEAR * chance:
        return
    # Of a noisy target a network can know no more than a few percent, and that it has learnt.
    if not outcomes.is_mean(case.squares, case.mean_squares, case.groups):
        return
    yield Finding(
        "plateau",
        {"train_squared_error": loss, "variance": chance},
        f"Its mean squared error on the training rows ended at {shown(loss)}, and that of "
        f"predicting their mean is {shown(chance)}, the variance of the target: it has learnt "
        "nothing of the inputs.",
        f"its training error settled at {shown(loss)}, near the target's variance {shown(chance)}",
        {**_scaling(case), **causes.freeing_steps(case)},
        f"A mean squared error well below {shown(chance)}.",
    )


def _unscaled_target(case: NumberCase) -> Iterator[Finding]:
    """Say that training begins far from the target, by its mean or by its spread."""
    steps, values = _scaling(case), case.target_values
    if not steps:
        return
    command = f"dvc exp run -S {case.name}.scale_target=standard"
    yield Finding(
        "unscaled_target",
        {"mean": values["mean"], "deviation": values["deviation"]},
        f"The target has mean {shown(values['mean'])} and standard deviation "
        f"{shown(values['deviation'])}, and a network begins with answers about as large as 1: it "
        f"spends its epochs on the scale. `{command}` trains it on the target at mean 0 and "
        "variance 1, and the predictions keep their unit.",
        f"its target, {shown(values['mean'])} on average with standard deviation "
        f"{shown(values['deviation'])}, is not scaled",
        steps,
        "A loss that begins near 0.5 and falls in fewer epochs.",
    )


def _scaling(case: NumberCase) -> dict[str, str]:
    """Return the change that scales the target, if it is far from what a network begins with."""
    values, arguments = case.target_values, case.arguments
    size = max(abs(values["mean"]), values["deviation"])
    is_far = size > LARGE_TARGET or values["deviation"] < SMALL_TARGET
    is_open = arguments["scale_target"] == "none" and arguments["loss"] != "poisson"
    return {"scale_target": "standard"} if is_far and is_open else {}


CAUSES: list[Rule] = [
    _diverged, _unscaled_target, causes.vanishing, causes.dead_units, causes.saturated_units,
    causes.exploding, _plateau, outcomes.over_fitted, causes.max_iter,
]  # fmt: skip
VERDICTS: list[Verdict] = [outcomes.at_mean, outcomes.worse_than_linear]
