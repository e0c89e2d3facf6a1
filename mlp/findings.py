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
    loss, chance = metrics["final_loss"], math.log(classes)
    accuracy = f"accuracy {metrics['accuracy']:.4f}"
    if metrics["diverged"]:
        return (
            f"It diverged ({accuracy}): its loss or a weight left all bounds. Lower "
            "learning_rate_init, or scale the features."
        )
    guess = max(metrics["majority_accuracy"], 1 / classes)
    if loss >= chance and metrics["accuracy_low"] <= guess:
        return (
            f"It has learnt nothing ({accuracy}): its training loss ended at {loss:.4f}; to give "
            f"each of {classes} classes the same probability costs ln {classes} = {chance:.4f}. "
            "Lower learning_rate_init tenfold, or scale the features."
        )
    if metrics["accuracy"] < floor["accuracy_low"]:
        return f"It is worse than a linear model ({accuracy} against {floor['accuracy']:.4f})."
    low, high = metrics["accuracy_low"], metrics["accuracy_high"]
    ending = (
        ""
        if metrics["converged"]
        else (f" It was still learning when it met max_iter at epoch {metrics['n_iter']}.")
    )
    return f"It has learnt: {accuracy}, 95 % interval {low:.4f} to {high:.4f}.{ending}"


def easiest(classes: pd.DataFrame) -> pd.DataFrame:
    """Return the classes of the highest recall: several where they tie."""
    best: pd.DataFrame = classes[classes["recall"] == classes["recall"].max()]
    return best


def hardest(classes: pd.DataFrame) -> pd.DataFrame:
    """Return the classes of the lowest recall: several where they tie."""
    worst: pd.DataFrame = classes[classes["recall"] == classes["recall"].min()]
    return worst
