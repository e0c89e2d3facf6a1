"""Draw one network: its figures as PNG files, each with a text that says the same in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlp.core.dataset import Dataset
from mlp.core.files import Arrays, Floats
from mlp.core.residuals import shown
from mlp.evaluate import pixels
from mlp.evaluate.regression import captions
from mlp.evaluate.subject import Drawn, in_words
from mlp.figures import (
    actual,
    distribution,
    loss,
    losses,
    projection_values,
    residuals,
)


@dataclass(frozen=True)
class Sitter:
    """The parts of a network that are drawn.

    Attributes
    ----------
    name, target : str
        Of the network, and of the column that it predicts.
    metrics : mapping
        Its scores.
    predictions, history, places : Arrays
        See `mlp.core.residuals.predictions`, `mlp.training.fitted.Fitted` and
        `mlp.model.probe.judge`.
    baseline : Arrays, optional
        The history of ``linear``, if its loss is of the same kind and unit.
    mean_loss : float
        What predicting the mean costs in that unit; 0 if it is not known.
    health : mapping
        See `mlp.evaluate.regression.case.numbers`.
    weights : ndarray of float64, shape (inputs, units)
        Of its first layer.
    """

    name: str
    target: str
    metrics: Mapping[str, Any]
    predictions: Arrays
    history: Arrays
    places: Arrays
    baseline: Arrays | None
    mean_loss: float
    health: Mapping[str, Any]
    weights: Floats


def figures(sitter: Sitter, shape: Sequence[int] | None) -> Iterator[Drawn]:
    """Yield every figure of a network, but for its errors.

    Parameters
    ----------
    sitter : Sitter
    shape : sequence of int, optional
        Rows and columns of a picture, where rows are pictures.
    """
    yield _actual(sitter)
    yield _residuals(sitter)
    yield _distribution(sitter)
    yield _loss(sitter)
    if len(sitter.health["layers"]) > 1:
        for kind in captions.NAMES:
            if f"{kind}_r2" in sitter.health["probe"]:
                yield _projection(sitter, kind)
    if shape and len(sitter.weights) == shape[0] * shape[1]:
        yield pixels.first_layer(sitter.name, sitter.weights, sitter.health["layers"], shape)


def _actual(sitter: Sitter) -> Drawn:
    table, target = sitter.predictions, sitter.target
    alt = captions.actual(sitter.name, target, table, sitter.metrics)
    return Drawn("actual.png", actual.draw(table["actual"], table["predicted"], target), alt)


def _residuals(sitter: Sitter) -> Drawn:
    table = sitter.predictions
    png = residuals.draw(table["predicted"], table["residual"])
    return Drawn("residuals.png", png, captions.residuals(sitter.name, table))


def _distribution(sitter: Sitter) -> Drawn:
    residual = sitter.predictions["residual"]
    png = distribution.draw(residual)
    return Drawn("distribution.png", png, captions.distribution(sitter.name, residual))


def _loss(sitter: Sitter) -> Drawn:
    curves = {sitter.name: sitter.history}
    if sitter.baseline is not None:
        curves["linear"] = sitter.baseline
    drawn = {name: (history["iteration"], history["loss"]) for name, history in curves.items()}
    scores = sitter.history["validation_score"]
    if np.isfinite(scores).any() or len(curves) == 1:
        png = loss.draw(*drawn[sitter.name], sitter.mean_loss, scores, ("mean", "R²"))
    else:
        png = losses.draw(drawn, sitter.mean_loss, "mean")
    return Drawn("loss.png", png, captions.loss(curves, sitter.mean_loss))


def _projection(sitter: Sitter, kind: str) -> Drawn:
    table, probe = sitter.places, sitter.health["probe"]
    drawn = in_words(len(table["row"]), len(sitter.predictions["row"]))
    alt = captions.projection(sitter.name, kind, drawn, sitter.target, probe)
    places = np.column_stack([table[f"{kind}_1"], table[f"{kind}_2"]])
    return Drawn(f"{kind}.png", projection_values.draw(places, table["actual"], sitter.target), alt)


def errors(
    name: str, rows: Sequence[Mapping[str, Any]], test: Dataset, shape: Sequence[int] | None
) -> Iterator[Drawn]:
    """Yield the largest errors as one sheet: see `mlp.evaluate.pixels.errors`.

    Parameters
    ----------
    name : str
        Of the network.
    rows : sequence of mapping
        See `mlp.evaluate.regression.details.errors`.
    test : Dataset
        The test split.
    shape : sequence of int, optional
        Rows and columns of a picture.
    """
    texts = [
        f"row {row['row']}\nactual {shown(row['actual'])}\npredicted {shown(row['predicted'])}"
        for row in rows
    ]
    words = (texts, captions.errors(name, rows))
    return pixels.errors([row["row"] for row in rows], test, shape, words)
