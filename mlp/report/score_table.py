"""Lay out the scores of the networks side by side, each with its interval."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mlp.report.networks import Network

COURSE = {
    "n_iter": "epochs",
    "final_loss": "training loss at the end",
    "converged": "converged",
    "diverged": "diverged",
    "parameters": "weights and biases",
}


def table(
    networks: Sequence[Network], scores: Mapping[str, str], text: Callable[[str, float], str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return a line a score: its name, and for each network the score and its 95 % interval.

    The interval is empty where there is none. A score that the networks lack has no line.

    Parameters
    ----------
    networks : sequence of Network
    scores : mapping of str to str
        The name that each score of the task has on the page.
    text : callable
        Returns a score of a name as text, if it is a finite float.
    """
    rows = {**scores, **COURSE}
    known = networks[0].details["scores"]  # all networks are scored by the same rows
    return [
        (name, [_cell(network, key, text) for network in networks])
        for key, name in rows.items()
        if key in known
    ]


def _cell(network: Network, key: str, text: Callable[[str, float], str]) -> tuple[str, str]:
    bounds = network.details["intervals"].get(key)
    interval = " to ".join(text(key, bound) for bound in bounds) if bounds else ""
    return _value(network.details["scores"][key], key, text), interval


def _value(metric: Any, key: str, text: Callable[[str, float], str]) -> str:
    if metric is None:
        return "not finite"
    if isinstance(metric, bool):
        return "yes" if metric else "no"
    return text(key, metric) if isinstance(metric, float) else str(metric)
