"""Choose the parameters to try, by the fault of a network and its training."""

import json
from collections.abc import Mapping
from typing import Any

LARGE_INPUTS = 2.0  # root mean square, which is 1 after scale: standard
STANDARD_ALPHA = 0.0001  # scikit-learn's default
MODEST_RATE = 0.01  # a learning rate that few networks diverge at
STRONG_ALPHA = 10.0

Steps = dict[str, Any]  # parameters and values to try, each on its own


def smaller_steps(arguments: Mapping[str, Any], inputs_rms: float) -> Steps:
    """Return the changes that make training steps smaller relative to the weights."""
    steps: Steps = {}
    if arguments["solver"] != "lbfgs":
        tenth = _times(arguments["learning_rate_init"], 0.1)
        steps["learning_rate_init"] = min(tenth, MODEST_RATE)
    if arguments["scale"] == "none" and inputs_rms > LARGE_INPUTS:
        steps["scale"] = "standard"
    return steps or {"activation": "tanh" if arguments["activation"] == "relu" else "relu"}


def larger_steps(arguments: Mapping[str, Any], inputs_rms: float) -> Steps:
    """Return the changes for a network that training has hardly moved."""
    hidden = arguments["hidden_layer_sizes"]
    if arguments["activation"] == "logistic" and len(hidden) > 1:
        return {"activation": "relu"}
    if arguments["solver"] == "lbfgs":
        return smaller_steps(arguments, inputs_rms)
    return {"learning_rate_init": _times(arguments["learning_rate_init"], 10)}


def weaker_penalty(arguments: Mapping[str, Any]) -> Steps:
    """Return the changes that weaken the L2 penalty on the weights."""
    if arguments["alpha"] > STANDARD_ALPHA:
        return {"alpha": STANDARD_ALPHA}
    return larger_steps(arguments, 0.0)


def stronger_penalty(arguments: Mapping[str, Any]) -> Steps:
    """Return the changes that keep a network from memorising its training rows."""
    alpha = arguments["alpha"]
    steps: Steps = {"alpha": STRONG_ALPHA if alpha < STRONG_ALPHA else _times(alpha, 10)}
    if arguments["solver"] != "lbfgs" and not arguments["early_stopping"]:
        steps["early_stopping"] = True
    return steps


def longer(arguments: Mapping[str, Any], loss: float | None, chance: float) -> Steps:
    """Return the changes that train a network further after max_iter stopped it.

    Parameters
    ----------
    arguments : mapping
    loss, chance : float
        The loss of its training rows, or None if it is not finite, and that of a guess.
    """
    steps: Steps = {"max_iter": 2 * arguments["max_iter"]}
    if (loss is None or loss > chance / 2) and arguments["solver"] != "lbfgs":
        steps = {"learning_rate_init": _times(arguments["learning_rate_init"], 10), **steps}
    return steps


def class_weights(arguments: Mapping[str, Any]) -> Steps:
    """Return the change that makes each class count alike; none if class weights are set."""
    return {} if "class_weight" in arguments else {"class_weight": "balanced"}


def more_units(arguments: Mapping[str, Any], classes: int) -> Steps:
    """Return a wider network if a hidden layer has too few units to separate the classes."""
    return wider(arguments, 2 * classes)


def wider(arguments: Mapping[str, Any], least: int) -> Steps:
    """Return a wider network if a hidden layer has fewer units than the least that may do."""
    hidden = arguments["hidden_layer_sizes"]
    if min(hidden) < least:
        return {"hidden_layer_sizes": [max(100, units) for units in hidden]}
    return {}


def in_words(steps: Steps) -> str:
    """Return the steps as a text.

    >>> in_words({"learning_rate_init": 0.01, "early_stopping": True})
    'learning_rate_init 0.01 or early_stopping true'
    """
    return " or ".join(f"{name} {str(value).lower()}" for name, value in steps.items())


def as_texts(steps: Steps) -> dict[str, str]:
    """Return the values of steps as params.yaml can have them.

    >>> as_texts({"alpha": 1e-05, "early_stopping": True, "scale": "standard"})
    {'alpha': '1e-05', 'early_stopping': 'true', 'scale': 'standard'}
    """
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in steps.items()
    }


def _times(value: float, factor: float) -> float:
    """Return a product without the digits that floating point adds.

    >>> _times(0.3, 0.1)
    0.03
    """
    return float(f"{value * factor:.6g}")
