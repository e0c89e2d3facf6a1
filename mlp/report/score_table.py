"""The scores of the networks side by side, each with its interval where rows decide it."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlp.report.networks import Network
from mlp.statistics import bootstrap, differences

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

    The interval is empty where there is none. That of the accuracy is Wilson's, the others are
    bootstrap intervals over the test rows.
    """
    intervals = [_intervals(one) for one in networks]
    return [
        (
            text,
            [
                (value(one.metrics[key]), found.get(key, ""))
                for one, found in zip(networks, intervals, strict=True)
            ],
        )
        for key, text in ROWS.items()
    ]


def value(metric: Any) -> str:
    """Return a metric as the page shows it."""
    if metric is None:
        return "not finite"
    if isinstance(metric, bool):
        return "yes" if metric else "no"
    return f"{metric:.4f}" if isinstance(metric, float) else str(metric)


def _intervals(network: Network) -> Mapping[str, str]:
    predictions, metrics = network.predictions, network.metrics
    found = {"accuracy": (metrics["accuracy_low"], metrics["accuracy_high"])}
    if len(predictions) > 1:
        for key, on in differences.metrics(predictions).items():
            if metrics[key] is not None:
                found[key] = bootstrap.interval(on, len(predictions))
    return {key: f"{low:.4f} to {high:.4f}" for key, (low, high) in found.items()}
