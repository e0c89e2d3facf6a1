"""Draw the probabilities of one network: calibration, ROC, and precision by recall."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from mlp.core.bidi import isolated
from mlp.core.files import Arrays
from mlp.evaluate.classification import calibration
from mlp.evaluate.classification.curves import Curve
from mlp.evaluate.subject import Drawn
from mlp.figures import calibration as reliability
from mlp.figures import curves as figure
from mlp.figures.labels import drawn_labels


def figures(
    name: str, labels: Sequence[str], predictions: Arrays, curves: Sequence[Curve]
) -> Iterator[Drawn]:
    """Yield the figures that there are rows enough for.

    Parameters
    ----------
    name : str
        Of the network.
    labels : sequence of str
        All classes, in their order.
    predictions : Arrays
        See `mlp.core.predictions.predictions`.
    curves : sequence of Curve
    """
    if bins := calibration.bins(predictions):
        yield _calibration(name, bins)
    if curves:
        yield from _curves(name, labels, curves)


def _calibration(name: str, bins: Sequence[Mapping[str, float]]) -> Drawn:
    error = calibration.expected_error(bins)
    mean, right = calibration.means(bins)
    alt = (
        f"Calibration of {name}: its confidence is {mean:.4f} on average, and "
        f"{right:.4f} of the rows are right; the expected calibration error is {error:.4f}."
    )
    return Drawn("calibration.png", reliability.draw(bins), alt)


def _curves(name: str, labels: Sequence[str], curves: Sequence[Curve]) -> Iterator[Drawn]:
    """Yield the ROC curves, and those of precision and recall."""
    all_names = dict(zip(labels, drawn_labels(labels), strict=True))
    names = [all_names[curve.label] for curve in curves]
    most = f" of the {len(names)} hardest classes" if len(labels) > len(names) > 1 else ""
    areas = _named((curve.label, curve.auc) for curve in curves)
    named = list(zip(names, curves, strict=True))
    guess = np.array([[0.0, 0.0], [1.0, 1.0]])
    axes = ("rate of false positives", "rate of true positives")
    png = figure.draw([(label, curve.auc, curve.roc) for label, curve in named], axes, guess)
    yield Drawn("roc.svg", png, f"ROC curves of {name}{most}; area below: {areas}.")
    means = _named((curve.label, curve.average_precision) for curve in curves)
    drawn = [(label, curve.average_precision, curve.precision_recall) for label, curve in named]
    share = curves[0].share
    guess = np.array([[0.0, share], [1.0, share]] if len(named) == 1 else []).reshape(-1, 2)
    alt = f"Precision by recall of {name}{most}; average precision: {means}."
    yield Drawn("precision_recall.svg", figure.draw(drawn, ("recall", "precision"), guess), alt)


def _named(numbers: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{isolated(label)} {number:.4f}" for label, number in numbers)
