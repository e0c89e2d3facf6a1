"""Say in a sentence what the numbers of a network mean."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd


def finding(metrics: Mapping[str, Any], floor: Mapping[str, Any], classes: int) -> str:
    """Return one sentence on a network, the most serious thing first.

    Parameters
    ----------
    metrics : mapping
        The network's entry in metrics/scores.json.
    floor : mapping
        The entry of the network without a hidden layer.
    classes : int
        The number of labels.
    """
    low, high = metrics["accuracy_low"], metrics["accuracy_high"]
    accuracy = f"accuracy {metrics['accuracy']:.4f}, 95 % interval {low:.4f} to {high:.4f}"
    if metrics["diverged"]:
        return (
            f"It diverged ({accuracy}): a weight or a loss is not finite, or its log loss is over "
            "twice that of equal probabilities. Lower learning_rate_init, or scale the features."
        )
    ending = (
        ""
        if metrics["converged"]
        else f" It met max_iter at epoch {metrics['n_iter']}, unconverged."
    )
    guess = max(metrics["majority_accuracy"], 1 / classes)
    if low <= guess:
        reason = _plateau(metrics, classes)
        return f"It is no better than a guess, {guess:.4f} ({accuracy}).{reason}{ending}"
    if high < floor["accuracy_low"]:
        return f"It is worse than a linear model, {floor['accuracy']:.4f} ({accuracy}).{ending}"
    return f"It has learnt: {accuracy}.{ending}"


def _plateau(metrics: Mapping[str, Any], classes: int) -> str:
    """Return what to try where the loss says that every class gets the same probability."""
    loss, chance = metrics["final_loss"], math.log(classes)
    if loss < chance:
        return ""
    return (
        f" Its training loss ended at {loss:.4f}, and to give each of {classes} classes the same "
        f"probability costs ln {classes} = {chance:.4f}: it has learnt nothing. Lower "
        "learning_rate_init tenfold, or scale the features."
    )


def easiest(classes: pd.DataFrame) -> pd.DataFrame:
    """Return the classes of the highest recall: several where they tie."""
    best: pd.DataFrame = classes[classes["recall"] == classes["recall"].max()]
    return best


def hardest(classes: pd.DataFrame) -> pd.DataFrame:
    """Return the classes of the lowest recall: several where they tie."""
    worst: pd.DataFrame = classes[classes["recall"] == classes["recall"].min()]
    return worst
