"""Judge networks that predict numbers: rules, and sentences on what a test could see."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from mlp.compare import comparison
from mlp.compare.regression import detectable
from mlp.compare.verdicts import LEVEL as SHOWN
from mlp.core.files import Floats, Target
from mlp.evaluate.statistics import differences, flipped, wording
from mlp.gate import levels, rows, thresholds
from mlp.gate.network import Network
from mlp.gate.numbers import is_number, text
from mlp.gate.params import Gate
from mlp.gate.thresholds import FAIL, Verdict

NAIVE, PAIRED = "rmse must not rise", "squared errors at 0.05"  # tests of single model files
LEVEL = 0.05
MOVES = {"lower": "a rise", "higher": "a drop"}  # a change for the worse


def computed(_predictions: pd.DataFrame) -> dict[str, float]:
    """Return nothing: all scores of numbers are stored."""
    return {}


def beats(floor: str, network: Network, linear: Network) -> Verdict:
    """Judge whether a network has smaller squared errors than a floor: linear or the mean.

    That of linear is paired: the p value, one-sided, is of `mlp.evaluate.statistics.flipped`.
    """
    title = f"beats {floor}"
    if floor == "mean":
        return _beats_mean(title, network)
    if why := comparison.why_not_comparable(linear.predictions, network.predictions):
        return Verdict(title, FAIL, f"not comparable with linear: {why}")
    now, other = _squares(network), _squares(linear)
    ours, theirs = (float(np.sqrt(squares.mean())) for squares in (now, other))
    if not is_number(ours):
        return Verdict(title, FAIL, f"rmse is {text(ours)}, not a number")
    if not is_number(theirs):
        return thresholds.verdict(
            title, f"rmse {text(ours)}, and linear has none{_proves_little(linear)}", good=True
        )
    groups = differences.groups_of(linear.predictions, network.predictions)
    p_value = wording.p_value(flipped.p_value(other - now, groups))
    reason = f"rmse {text(ours)}, and {text(theirs)} of linear (paired, one-sided {p_value})"
    good = ours < theirs
    return thresholds.verdict(title, reason + (_proves_little(linear) if good else ""), good=good)


def _beats_mean(title: str, network: Network) -> Verdict:
    ours, mean = network.metrics.get("rmse"), network.metrics.get("mean_rmse")
    for name, value in (("rmse", ours), ("mean_rmse", mean)):
        if not is_number(value):
            return Verdict(title, FAIL, f"{name} is {text(value)}, not a number")
    reason = f"rmse {text(ours)}, and {text(mean)} of predicting the mean"
    return thresholds.verdict(title, reason, good=bool(ours < mean))  # type: ignore[operator]  # both are numbers


def _proves_little(linear: Network) -> str:
    rmse, mean = linear.metrics.get("rmse"), linear.metrics.get("mean_rmse")
    is_guess = is_number(rmse) and is_number(mean) and rmse >= mean
    return rows.poor(linear, "its rmse is no less than that of the mean" if is_guess else "")


def _squares(network: Network) -> Floats:
    with np.errstate(over="ignore"):  # a diverged network's errors can be of any size
        return np.asarray(network.predictions["residual"], dtype=np.float64) ** 2


def seen(
    gate: Gate, network: Network, earlier: Network, name: str, baselines: int
) -> Iterator[str]:
    """Yield the change of each metric that the tests on rows would have seen.

    After a difference that is shown there is no sentence, nor where no prediction changed.
    Parameters as of `mlp.gate.detectable.sentences`.
    """
    found = differences.of(earlier.predictions, network.predictions)
    groups = found["rmse"].groups
    of = "" if groups is None else f" in {int(groups.max()) + 1} groups"
    given = f"With {len(network.predictions)} {comparison.ROWS[gate.evidence]}{of}"
    for metric, rule in levels.metric_rules(gate):
        if not rule.significance:
            continue
        change, level = found[metric], rule.significance / baselines
        least = detectable(change, 1 - level)  # None where a prediction is not a number
        if least is not None and change.p_value() > SHOWN:
            yield (
                f"{given} {MOVES[rule.direction]} of {metric} by {wording.number(least)} since "
                f"{name} would be seen by exchange at level {level:g}, one-sided (80 % power)."
            )


def is_worse(actual: Target, was: Target, now: Target) -> dict[str, bool]:
    """Return whether the later of two files fails two tests of single files, by their titles."""
    with np.errstate(over="ignore", invalid="ignore"):
        change = (actual - now) ** 2 - (actual - was) ** 2
    return {NAIVE: bool(change.sum() > 0), PAIRED: flipped.p_value(change) <= LEVEL}
