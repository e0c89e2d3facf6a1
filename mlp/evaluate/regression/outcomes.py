"""Compare a network with predicting the mean and with the linear baseline."""

from collections.abc import Iterator, Sequence

import numpy as np

from mlp.core.files import Floats, Rows
from mlp.core.residuals import shown
from mlp.evaluate.diagnosis import remedies
from mlp.evaluate.diagnosis.cases import Finding
from mlp.evaluate.diagnosis.remedies import Steps
from mlp.evaluate.regression.case import NumberCase
from mlp.evaluate.statistics import flipped, student
from mlp.evaluate.statistics.estimate import sums
from mlp.evaluate.statistics.wording import p_value

LEVEL = 0.01  # of every test here but one: the rate of false findings on healthy networks
MEAN_LEVEL = 0.025  # of being better than the mean, one-sided, as the 95 % interval of R2 is
GAP = 0.05  # least gap between the R2 of training and test rows that counts as over-fitted
BY_HEART = 0.2  # the same for a network that is no better than the mean on the test rows
FEW_UNITS = 10  # in a hidden layer, too few to follow a curved surface


def is_mean(squares: Floats, mean_squares: Floats, groups: Rows | None = None) -> bool:
    """Return whether the errors of a network could be those of predicting the mean.

    Parameters
    ----------
    squares, mean_squares : ndarray of float64, shape (test rows,)
        Squared errors of the network, and of the mean of the training rows.
    groups : ndarray of int64, shape (test rows,), optional
        The number of each row's group.
    """
    return flipped.p_value(mean_squares - squares, groups) >= MEAN_LEVEL


def at_mean(case: NumberCase, causes: Sequence[Finding]) -> Iterator[Finding]:
    if case.metrics["diverged"] or not is_mean(case.squares, case.mean_squares, case.groups):
        return
    rmse, mean = case.metrics["rmse"], case.metrics["mean_rmse"]
    known = case.training["r2"]
    hint = ""
    if known is not None and known > BY_HEART:
        hint = f" It explains {known:.0%} of the variance of its training rows, by heart."
    elif not case.floor_learnt:
        hint = " The network without a hidden layer does no better."
    expect = f"An RMSE clearly below {shown(mean)}."
    if not case.floor_learnt:
        expect += " If nothing helps, the features may say nothing of the target."
    yield Finding(
        "at_mean",
        {"rmse": rmse, "mean_rmse": mean},
        f"Its RMSE on the test rows is {shown(rmse)}, and that of predicting the mean of the "
        f"training rows is {shown(mean)}.{hint}",
        "it is not shown to be better than the mean"
        if rmse < mean
        else "it is no better than the mean",
        _steps(causes) or remedies.smaller_steps(case.arguments, case.symptoms.inputs_rms),
        expect,
    )


def worse_than_linear(case: NumberCase, causes: Sequence[Finding]) -> Iterator[Finding]:
    if case.floor_squares is None or case.metrics["diverged"]:
        return
    p = flipped.p_value(case.squares - case.floor_squares, case.groups)
    if p >= LEVEL:
        return
    linear = float(np.sqrt(case.floor_squares.mean()))
    others = [cause for cause in causes if cause.code not in {"over_fitted", "max_iter"}]
    steps = (
        _steps(others)
        or remedies.wider(case.arguments, FEW_UNITS)
        or _steps(causes)
        or remedies.smaller_steps(case.arguments, case.symptoms.inputs_rms)
    )
    yield Finding(
        "worse_than_linear",
        {"rmse": case.metrics["rmse"], "linear_rmse": linear, "p": p},
        f"Its RMSE is {shown(case.metrics['rmse'])}, and that of the network without a hidden "
        f"layer {shown(linear)}, which is more than chance explains (paired test of squared "
        f"errors, {p_value(p)}): the hidden layer hides what its inputs say.",
        "it is worse than linear",
        steps,
        "An RMSE of at most that of linear.",
    )


def over_fitted(case: NumberCase) -> Iterator[Finding]:
    known, error, r2 = case.training["r2"], case.loss, case.metrics["r2"]
    if known is None or error is None or not known - r2 >= GAP:
        return
    totals, sizes = sums(case.squares, case.groups), sums(np.ones(len(case.squares)), case.groups)
    excess = totals - error * sizes
    spread = float(excess.std(ddof=1)) * len(excess) ** 0.5 if len(excess) > 1 else 0.0
    if not excess.sum() > student.quantile(1 - LEVEL, len(excess) - 1) * spread:
        return
    share = f"{r2:.1%}" if r2 >= 0 else f"none (R² {shown(r2)})"
    yield Finding(
        "over_fitted",
        {"train_r2": known, "r2": r2},
        f"It explains {known:.1%} of the variance of the rows that it was trained on and {share} "
        "of that of the test rows, which is more than chance explains (one-sided t test of squared "
        f"errors at level {LEVEL:g}): a part of what it learnt holds for the training rows alone.",
        "it is over-fitted",
        remedies.stronger_penalty(case.arguments),
        "A lower training R², and a test R² that is closer to it.",
    )


def _steps(causes: Sequence[Finding]) -> Steps:
    return causes[0].steps if causes else {}
