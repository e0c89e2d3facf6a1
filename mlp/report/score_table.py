"""Lay out the scores of the networks side by side, each with its interval."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlp.report.networks import Network

COURSE = {
    "n_iter": "epochs",
    "final_loss": "training loss at the end",
    "converged": "converged",
    "diverged": "diverged",
    "parameters": "weights and biases",
}

LARGE = 10_000  # from which four decimals are too many


def table(
    networks: Sequence[Network], scores: Mapping[str, str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return a line a score: its name, and for each network the score and its 95 % interval.

    The interval is empty where there is none. A score that the networks lack has no line.

    Parameters
    ----------
    networks : sequence of Network
    scores : mapping of str to str
        The name that each score of the task has on the page.
    """
    rows = {**scores, **COURSE}
    known = networks[0].details["scores"]  # all networks are scored by the same rows
    return [
        (text, [_cell(network, key) for network in networks])
        for key, text in rows.items()
        if key in known
    ]


def _cell(network: Network, key: str) -> tuple[str, str]:
    bounds = network.details["intervals"].get(key)
    interval = f"{value(bounds[0])} to {value(bounds[1])}" if bounds else ""
    return value(network.details["scores"][key]), interval


def value(metric: Any) -> str:
    """Return a metric as the page shows it."""
    if metric is None:
        return "not finite"
    if isinstance(metric, bool):
        return "yes" if metric else "no"
    if isinstance(metric, float):
        return f"{metric:.4f}" if abs(metric) < LARGE else f"{metric:.5g}"
    return str(metric)
