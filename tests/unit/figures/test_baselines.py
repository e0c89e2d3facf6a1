"""Figures are as they were when somebody looked at them, to within how edges are smoothed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from matplotlib.testing.compare import compare_images
from project import ROOT

from mlp.core.files import records
from mlp.evaluate.classification import calibration as bins
from mlp.evaluate.statistics import scores
from mlp.figures import (
    actual,
    calibration,
    confusion,
    distribution,
    learning_curve,
    loss,
    losses,
    projection,
    projection_values,
    recall,
    residuals,
    row,
    search,
    weights,
)

BASELINES = ROOT / "tests/baselines"
LIMIT = 2.0  # root mean square difference of the pixels, of 255; another word in a title has more
LABELS = ["a", "b", "c"]


def counts(extra: int) -> np.ndarray:
    return np.array([[20, 1, 0], [2, 15, 4 + 5 * extra], [0, 0, 22]])


def confusion_matrix(extra: int = 0) -> bytes:
    return confusion.draw(counts(extra), LABELS, "tuned")


def confusion_change(extra: int = 0) -> bytes:
    return confusion.draw_change(counts(extra) - counts(0)[::-1], LABELS, "now less before")


def recall_by_class(extra: int = 0) -> bytes:
    return recall.draw(records(scores.per_class(counts(extra), LABELS)))


def loss_curve(extra: int = 0) -> bytes:
    epochs = np.arange(1.0, 31)
    return loss.draw(epochs, 2.0 * (0.9 + 0.05 * extra) ** epochs, 2.3)


def loss_and_scores(extra: int = 0) -> bytes:
    epochs = np.arange(1.0, 31)
    return loss.draw(epochs, 2.0 * 0.9**epochs, 2.3, 0.95 - 0.5 * (0.9 - 0.2 * extra) ** epochs)


def loss_curves(extra: int = 0) -> bytes:
    epochs = np.arange(1.0, 31)
    histories = {
        name: (epochs, start * rate**epochs)
        for name, start, rate in (
            ("linear", 5.0, 0.8),
            ("mlp", 2.3, 1.0),
            ("tuned", 2.0, 0.9 + 0.05 * extra),
        )
    }
    return losses.draw(histories, 2.3)


def score_by_rows(extra: int = 0) -> bytes:
    rows = [100, 200, 400, 800]
    linear = [[0.8 + 0.02 * i, 0.81 + 0.01 * i, 0.82 + 0.02 * i] for i in range(4)]
    tuned = [[0.82 + 0.04 * i, 0.81 + 0.05 * i - 0.1 * extra] for i in range(4)]
    return learning_curve.draw(
        {"linear": (rows, linear), "tuned": (rows[1:], tuned[1:])}, "accuracy"
    )


def slices(extra: int = 0) -> bytes:
    rng = np.random.default_rng(0)
    found = rng.uniform(0.8, 1.0, 12)
    found[4] = 0.1  # so low that the others would be drawn as one
    trials = {
        "candidate": range(1, 13),
        "rung": [1, 2] * 6,
        "rank": (-found).argsort().argsort() + 1,
        "mean_score": found,
        "alpha": (10.0 ** rng.uniform(-5, 0, 12)).tolist(),
        "activation": ["relu", "tanh", "logistic"] * 4,
    }
    return search.draw(trials, "activation" if extra else "alpha", "accuracy")


def calibrated(extra: int = 0) -> bytes:
    confidence = np.linspace(0.35, 0.99, 60)
    right = np.arange(60) % (4 - extra) > 0
    table = {
        "confidence": confidence,
        "actual": np.full(60, "a"),
        "predicted": np.where(right, "a", "b"),
    }
    return calibration.draw(bins.bins(table))


def projected(extra: int = 0) -> bytes:
    rng = np.random.default_rng(0)
    actual = np.array(LABELS * 20, dtype=object)
    centers = np.array([[0, 0], [4, 0], [0, 4 + 2 * extra]])[[0, 1, 2] * 20]
    return projection.draw(centers + rng.normal(size=(60, 2)), actual, LABELS)


def numbers(rows: int, extra: int) -> tuple[np.ndarray, np.ndarray]:
    """Return actual and predicted numbers; the last two predictions are an outlier and unknown."""
    rng = np.random.default_rng(0)
    actual = rng.normal(150, 77, rows)
    predicted = actual + rng.normal(20 * extra, 0.2 * np.abs(actual))
    predicted[-2:] = 1e9, np.nan
    return actual, predicted


def predicted_and_actual(extra: int = 0) -> bytes:
    return actual.draw(*numbers(200, extra), "price")


def many_predicted_and_actual(extra: int = 0) -> bytes:
    return actual.draw(*numbers(20_000, extra), "price")


def residuals_and_predicted(extra: int = 0) -> bytes:
    true, predicted = numbers(200, extra)
    return residuals.draw(predicted, true - predicted)


def many_residuals(extra: int = 0) -> bytes:
    true, predicted = numbers(20_000, extra)
    return residuals.draw(predicted, true - predicted)


def distribution_of_residuals(extra: int = 0) -> bytes:
    true, predicted = numbers(200, extra)
    return distribution.draw(true - predicted)


def projected_values(extra: int = 0) -> bytes:
    places = np.random.default_rng(0).normal(size=(300, 2))
    return projection_values.draw(places, np.exp(places[:, extra]), "price")


def loss_and_r2(extra: int = 0) -> bytes:
    epochs = np.arange(1.0, 31)
    scores = 0.8 - 900 * (0.5 + 0.2 * extra) ** epochs
    return loss.draw(epochs, 9000 * 0.9**epochs, 2964.5, scores, ("mean", "R²"))


def first_weights(extra: int = 0) -> bytes:
    return weights.draw(np.linspace(-1, 1 + extra, 64 * 12).reshape(64, 12), [8, 8])


def one_row(extra: int = 0) -> bytes:
    return row.draw(np.arange(64.0) ** (1 + extra), [8, 8])


DRAWN: list[Callable[..., bytes]] = [
    confusion_matrix, confusion_change, recall_by_class, loss_curve, loss_and_scores, loss_curves, score_by_rows,
    slices, calibrated, projected, first_weights, one_row, predicted_and_actual,
    many_predicted_and_actual, residuals_and_predicted, many_residuals, distribution_of_residuals,
    projected_values, loss_and_r2,
]  # fmt: skip


@pytest.mark.parametrize("draw", DRAWN)
def test_as_it_was(draw: Callable[..., bytes], tmp_path: Path) -> None:
    """After a change that is meant, delete the baseline; this writes it anew, to be looked at."""
    baseline = BASELINES / f"{draw.__name__}.png"
    if not baseline.exists():
        baseline.parent.mkdir(exist_ok=True)
        baseline.write_bytes(draw())
        pytest.fail(f"{baseline} was not there and is now: look at it, then commit it.")
    drawn, other = tmp_path / "drawn.png", tmp_path / "other.png"
    drawn.write_bytes(draw())
    assert drawn.read_bytes() == draw()
    assert compare_images(str(baseline), str(drawn), tol=LIMIT) is None
    other.write_bytes(draw(extra=1))  # the negative control: a change that a reader would see
    assert compare_images(str(baseline), str(other), tol=LIMIT) is not None
