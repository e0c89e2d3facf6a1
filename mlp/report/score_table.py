"""Lay out the scores of the networks side by side, each with its interval."""

from collections.abc import Sequence
from typing import Any

from mlp.report.networks import Network

ROWS = {
    "accuracy": "accuracy",
    "macro_f1": "macro F1",
    "log_loss": "log loss",
    "brier_score": "Brier score",
    "majority_accuracy": "accuracy of the commonest training class",
    "n_iter": "epochs",
    "final_loss": "training loss at the end",
    "converged": "converged",
    "diverged": "diverged",
    "parameters": "weights and biases",
}


def table(networks: Sequence[Network]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return a line a score: its name, and for each network the score and its 95 % interval.

    The interval is empty where there is none.
    """
    return [(text, [_cell(network, key) for network in networks]) for key, text in ROWS.items()]


def _cell(network: Network, key: str) -> tuple[str, str]:
    bounds = network.details["intervals"].get(key)
    interval = f"{bounds[0]:.4f} to {bounds[1]:.4f}" if bounds else ""
    return value(network.details["scores"][key]), interval


def value(metric: Any) -> str:
    """Return a metric as the page shows it."""
    if metric is None:
        return "not finite"
    if isinstance(metric, bool):
        return "yes" if metric else "no"
    return f"{metric:.4f}" if isinstance(metric, float) else str(metric)
