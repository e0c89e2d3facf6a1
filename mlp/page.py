"""Render the report: one HTML page that holds its pictures and asks for nothing else."""

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from jinja2 import Environment, StrictUndefined

from mlp import answer, figures, findings, scores, search_figure, trials

ROWS = {
    "accuracy": "accuracy",
    "macro_f1": "macro F1",
    "log_loss": "log loss",
    "brier_score": "Brier score",
    "majority_accuracy": "accuracy of always answering the commonest training class",
    "n_iter": "epochs",
    "final_loss": "training loss at the end",
    "converged": "converged",
    "diverged": "diverged",
    "parameters": "weights and biases",
}


@dataclass(frozen=True)
class Network:
    """What the stage evaluate wrote of one network; docs/outputs.md explains each column."""

    name: str
    metrics: Mapping[str, Any]
    predictions: pd.DataFrame
    classes: pd.DataFrame
    history: pd.DataFrame


def findings_of(networks: Sequence[Network]) -> dict[str, str]:
    """Return a sentence on each network; one of them is ``linear``, the floor of the others."""
    floor = next(network.metrics for network in networks if network.name == "linear")
    return {
        network.name: findings.finding(network.metrics, floor, len(network.classes))
        for network in networks
    }


def render(  # noqa: PLR0913 - each is one part of the page
    *,
    template: str,
    title: str,
    networks: Sequence[Network],
    search: Mapping[str, Any],
    candidates: pd.DataFrame,
    edges: Sequence[tuple[str, str]],
    galleries: Mapping[str, bytes],
) -> str:
    """Return the page.

    Parameters
    ----------
    template : str
        The text of the Jinja2 template; all values are escaped.
    title : str
    networks : sequence of Network
        At least ``linear``, the floor of the others.
    search : mapping
        metrics/search.json.
    candidates : DataFrame
        plots/search.csv.
    edges : sequence of (str, str)
        A stage, and a stage that reads what it writes.
    galleries : mapping of str to bytes
        PNG pictures of errors by the name of the network; may be empty.
    """
    labels = list(networks[0].classes["class"])
    chance = math.log(len(labels))
    histories = {network.name: network.history for network in networks}
    sentences = findings_of(networks)
    searched = trials.arguments(candidates)
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(template)
    return page.render(
        title=title,
        rows=len(networks[0].predictions),
        labels=len(labels),
        chance=f"{chance:.4f}",
        names=", ".join(histories),
        networks=[_network(network, labels, sentences[network.name]) for network in networks],
        scores=[
            (text, [_score(network.metrics, key) for network in networks])
            for key, text in ROWS.items()
        ],
        curves=_base64(figures.loss_curves(histories, chance)),
        answer=answer.sentences(search),
        searched=", ".join(searched),
        slices=_base64(search_figure.slices(candidates, searched, search["scoring"])),
        galleries={name: _base64(picture) for name, picture in galleries.items()},
        graph=_base64(figures.graph(edges)),
        stages=_predecessors(edges),
    )


def gallery(
    network: Network, pixels: pd.DataFrame, shape: Sequence[int], most: int
) -> bytes | None:
    """Draw a network's most confident errors, or return None when there are none to draw.

    Parameters
    ----------
    network : Network
    pixels : DataFrame of float64, shape (test rows, rows x columns of a picture)
        Indexed by row number.
    shape : sequence of int
    most : int
        How many errors to draw.
    """
    table = network.predictions
    wrong = table[table["actual"] != table["predicted"]]
    first = wrong.sort_values(["confidence", "row"], ascending=[False, True]).head(most)
    if first.empty:
        return None
    captions = [
        f"{row['actual']}, called {row['predicted']}\n{row['confidence']:.1%}, row {row['row']}"
        for row in first.to_dict("records")
    ]
    return figures.gallery(captions, pixels.loc[first["row"]].to_numpy(), shape)


def _network(network: Network, labels: Sequence[str], finding: str) -> dict[str, Any]:
    table, classes = network.predictions, network.classes
    actual, predicted = table["actual"].to_numpy(object), table["predicted"].to_numpy(object)
    counts = scores.confusion(actual, predicted, labels)
    return {
        "name": network.name,
        "finding": finding,
        "right": int(counts.trace()),
        "confusion": _base64(figures.confusion(counts, labels, network.name)),
        "easiest": [_recall(row) for row in findings.easiest(classes).to_dict("records")],
        "hardest": [_recall(row) for row in findings.hardest(classes).to_dict("records")],
    }


def _predecessors(edges: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return for every stage those whose files it reads, in alphabetical order."""
    names = sorted({name for edge in edges for name in edge})
    return {name: sorted(start for start, end in edges if end == name) for name in names}


def _recall(row: Mapping[Any, Any]) -> str:
    interval = f"{row['recall_low']:.4f} to {row['recall_high']:.4f}"
    return f"{row['class']}: {row['recall']:.4f} ({interval}) of {row['support']} rows"


def _score(metrics: Mapping[str, Any], key: str) -> str:
    value = metrics[key]
    if value is None:
        return "not finite"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key == "accuracy":
        return f"{value:.4f} ({metrics['accuracy_low']:.4f} to {metrics['accuracy_high']:.4f})"
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _base64(picture: bytes) -> str:
    return base64.b64encode(picture).decode("ascii")
