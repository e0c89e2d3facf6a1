"""Draw one network: its figures as PNG files, each with a text that says the same in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlp.core.bidi import isolated
from mlp.core.dataset import Dataset
from mlp.core.files import Arrays, Floats
from mlp.evaluate.subject import Drawn
from mlp.figures import actual, loss, losses, projection, residuals, sheet, weights

NAMES = {"inputs": "inputs", "hidden": "last hidden layer"}


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
        for name in NAMES:
            if f"{name}_r2" in sitter.health["probe"]:
                yield _projection(sitter, name)
    if shape and len(sitter.weights) == shape[0] * shape[1]:
        yield _weights(sitter, shape)


def _actual(sitter: Sitter) -> Drawn:
    table, metrics = sitter.predictions, sitter.metrics
    alt = (
        f"Predicted against actual {isolated(sitter.target)} of {len(table['row'])} test rows, by "
        f"{sitter.name}: R² {metrics['r2']:.4g}, RMSE {metrics['rmse']:.4g}. On the line a "
        "prediction is right."
    )
    png = actual.draw(table["actual"], table["predicted"], sitter.target)
    return Drawn("actual.png", png, alt)


def _residuals(sitter: Sitter) -> Drawn:
    table = sitter.predictions
    alt = (
        f"Residuals, actual minus predicted, against the predictions of {sitter.name}; the line is "
        "their median in each tenth of the predictions, and the band holds the middle 80 %."
    )
    return Drawn("residuals.png", residuals.draw(table["predicted"], table["residual"]), alt)


def _distribution(sitter: Sitter) -> Drawn:
    known = sitter.predictions["residual"]
    known = known[np.isfinite(known)]
    middle = (
        f"median {np.median(known):.4g}, and {np.mean(known > 0):.0%} are above 0, where the "
        "prediction is too low"
        if len(known)
        else "none is finite"
    )
    alt = f"Distribution of the residuals of {sitter.name}: {middle}."
    png = residuals.distribution(sitter.predictions["residual"])
    return Drawn("distribution.png", png, alt)


def _loss(sitter: Sitter) -> Drawn:
    curves = {sitter.name: sitter.history}
    if sitter.baseline is not None:
        curves["linear"] = sitter.baseline
    ends = [
        f"{name} ends at {history['loss'][-1]:.4g}, epoch {history['iteration'][-1]}"
        for name, history in curves.items()
    ]
    mean = (
        f"; predicting the mean costs {sitter.mean_loss:.4g}, half of the variance"
        if sitter.mean_loss
        else ""
    )
    drawn = {name: (history["iteration"], history["loss"]) for name, history in curves.items()}
    scores = sitter.history["validation_score"]
    if np.isfinite(scores).any() or len(curves) == 1:
        own = drawn[sitter.name]
        png = loss.draw(*own, sitter.mean_loss, scores, ("mean", "R²"))
    else:
        png = losses.draw(drawn, sitter.mean_loss, "mean")
    return Drawn("loss.png", png, f"Training loss by epoch: {', '.join(ends)}{mean}.")


def _projection(sitter: Sitter, name: str) -> Drawn:
    table, probe = sitter.places, sitter.health["probe"]
    variance = probe[f"{name}_variance"]
    held = f"which hold {variance:.0%} of the variance" if variance else "where all are one point"
    alt = (
        f"{len(table['row'])} test rows along the first two principal components of the "
        f"{NAMES[name]} of {sitter.name}, {held}; a linear regression on all of them has R² "
        f"{probe[f'{name}_r2']:.4g}."
    )
    places = np.column_stack([table[f"{name}_1"], table[f"{name}_2"]])
    png = projection.draw_numbers(places, table["actual"], sitter.target)
    return Drawn(f"{name}.png", png, alt)


def _weights(sitter: Sitter, shape: Sequence[int]) -> Drawn:
    alt = f"Weights of units of the first layer of {sitter.name}, drawn as pictures."
    return Drawn("weights.png", weights.draw(sitter.weights, shape), alt)


def errors(
    name: str, rows: Sequence[Mapping[str, Any]], test: Dataset, shape: Sequence[int] | None
) -> Iterator[Drawn]:
    """Yield one sheet of the rows with the largest errors; nothing if rows are not pictures.

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
    if not shape or not rows:
        return
    pixels = np.array([test.features[np.flatnonzero(test.rows == row["row"])[0]] for row in rows])
    captions = [
        f"row {row['row']}\nactual {row['actual']:.4g}\npredicted {row['predicted']:.4g}"
        for row in rows
    ]
    parts = [caption.replace("\n", ", ", 1).replace("\n", " ") for caption in captions]
    alt = f"The largest errors of {name}: {'; '.join(parts)}."
    yield Drawn("errors.png", sheet.draw(captions, pixels, shape), alt)
