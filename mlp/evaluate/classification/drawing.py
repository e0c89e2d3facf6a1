"""Draw one network: its figures as PNG files, each with a text that says the same in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlp.core.bidi import isolated
from mlp.core.dataset import Dataset
from mlp.core.files import Arrays, Floats, records
from mlp.core.predictions import confusion
from mlp.evaluate import pixels
from mlp.evaluate.classification import probabilities
from mlp.evaluate.classification.curves import Curve
from mlp.evaluate.classification.details import percent
from mlp.evaluate.diagnosis import wording
from mlp.evaluate.subject import Drawn, in_words
from mlp.figures import confusion as matrix
from mlp.figures import loss, losses, projection, recall

CONFUSIONS = 3  # pairs of classes that are named in words
NAMES = {"inputs": "inputs", "hidden": "last hidden layer"}


@dataclass(frozen=True)
class Sitter:
    """The parts of a network that are drawn.

    Attributes
    ----------
    name : str
    labels : sequence of str
        All classes, in their order.
    predictions, classes, history, places : Arrays
        See `mlp.core.predictions.predictions`, `mlp.evaluate.statistics.scores.per_class`,
        `mlp.training.fitted.Fitted` and `mlp.model.probe.judge`.
    baseline : Arrays
        The history of ``linear``.
    health : mapping
        See `mlp.evaluate.diagnosis.cases.numbers`.
    weights : ndarray of float64, shape (inputs, units)
        Of its first layer.
    curves : sequence of Curve
    """

    name: str
    labels: Sequence[str]
    predictions: Arrays
    classes: Arrays
    history: Arrays
    baseline: Arrays
    places: Arrays
    health: Mapping[str, Any]
    weights: Floats
    curves: Sequence[Curve] = ()


def figures(sitter: Sitter, shape: Sequence[int] | None) -> Iterator[Drawn]:
    """Yield every figure of a network, but for its errors.

    Parameters
    ----------
    sitter : Sitter
    shape : sequence of int, optional
        Rows and columns of a picture, where rows are pictures.
    """
    yield _confusion(sitter)
    yield _loss(sitter)
    yield _recall(sitter)
    yield from probabilities.figures(sitter.name, sitter.labels, sitter.predictions, sitter.curves)
    if len(sitter.health["layers"]) > 1:
        for name in NAMES:
            if f"{name}_accuracy" in sitter.health["probe"]:
                yield _projection(sitter, name)
    if shape and len(sitter.weights) == shape[0] * shape[1]:
        yield pixels.first_layer(sitter.name, sitter.weights, sitter.health["layers"], shape)


def _confusion(sitter: Sitter) -> Drawn:
    table, labels = sitter.predictions, sitter.labels
    counts = confusion(table["actual"], table["predicted"], labels)
    errors = counts - np.diag(counts.diagonal())
    order = np.argsort(-errors, axis=None, kind="stable")[:CONFUSIONS]
    worst = [
        f"{isolated(labels[i])} called {isolated(labels[j])} ({errors[i, j]})"
        for i, j in (np.unravel_index(place, errors.shape) for place in order)
        if errors[i, j]
    ]
    most = f"; most often confused: {', '.join(worst)}" if worst else ""
    right = f"{counts.trace()} of {counts.sum()} test rows are right"
    png = matrix.draw(counts, labels, sitter.name)
    return Drawn("confusion.png", png, f"Confusion matrix of {sitter.name}: {right}{most}.")


def _loss(sitter: Sitter) -> Drawn:
    chance, words = wording.guess_loss(sitter.health["chance_loss"], len(sitter.labels))
    curves = {sitter.name: sitter.history}
    if sitter.name != "linear":
        curves["linear"] = sitter.baseline
    ends = [
        f"{name} ends at {_number(float(history['loss'][-1]))}, epoch {history['iteration'][-1]}"
        for name, history in curves.items()
    ]
    alt = (
        f"Training loss by epoch: {', '.join(ends)}; to give each of {len(sitter.labels)} "
        f"classes {words} costs {chance:.4f}."
    )
    drawn = {name: (history["iteration"], history["loss"]) for name, history in curves.items()}
    scores = sitter.history["validation_score"]
    has_scores = bool(np.isfinite(scores).any())
    own = drawn[sitter.name]
    png = loss.draw(*own, chance, scores) if has_scores else losses.draw(drawn, chance)
    return Drawn("loss.png", png, alt)


def _recall(sitter: Sitter) -> Drawn:
    alt = (
        f"Recall of each class of {sitter.name} with its 95 % interval, the hardest first; "
        f"plots/{sitter.name}/classes.csv has the numbers."
    )
    return Drawn("recall.png", recall.draw(records(sitter.classes)), alt)


def _number(value: float) -> str:
    return f"{value:.4f}" if np.isfinite(value) else "no finite loss"


def _projection(sitter: Sitter, name: str) -> Drawn:
    table, probe = sitter.places, sitter.health["probe"]
    variance = probe[f"{name}_variance"]
    held = f"which hold {variance:.0%} of the variance" if variance else "where all are one point"
    drawn = in_words(len(table["row"]), len(sitter.predictions["row"]))
    alt = (
        f"{drawn} along the first two principal components of the "
        f"{NAMES[name]} of {sitter.name}, {held}; a logistic regression on all of them is right on "
        f"{probe[f'{name}_accuracy']:.1%}."
    )
    places = np.column_stack([table[f"{name}_1"], table[f"{name}_2"]])
    png = projection.draw(places, table["actual"], sitter.labels)
    return Drawn(f"{name}.png", png, alt)


def errors(
    name: str, rows: Sequence[Mapping[str, Any]], test: Dataset, shape: Sequence[int] | None
) -> Iterator[Drawn]:
    """Yield errors as one sheet: see `mlp.evaluate.pixels.errors`.

    Parameters
    ----------
    name : str
        Of the network.
    rows : sequence of mapping
        See `mlp.evaluate.classification.details.errors`.
    test : Dataset
        The test split.
    shape : sequence of int, optional
        Rows and columns of a picture.
    """
    parts = [
        f"row {row['row']}, {isolated(row['actual'])} called {isolated(row['predicted'])}"
        for row in rows
    ]
    captions = [
        f"row {row['row']}\n{row['actual']} called {row['predicted']}\n{percent(row['confidence'])}"
        for row in rows
    ]
    alt = (
        f"The most confident errors of {name} by cell of its confusion matrix: {'; '.join(parts)}."
    )
    return pixels.errors([row["row"] for row in rows], test, shape, (captions, alt))
