"""Pictures are as they were when somebody looked at them, to within how edges are smoothed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.testing.compare import compare_images
from project import ROOT

from mlp.evaluate import calibration
from mlp.figures import charts, pictures, search
from mlp.report import graph

BASELINES = ROOT / "tests/baselines"
LIMIT = 2.0  # root mean square difference of the pixels, of 255; another word in a title has more
LABELS = ["a", "b", "c"]


def confusion(extra: int = 0) -> bytes:
    counts = np.array([[20, 1, 0], [2, 15, 4 + 5 * extra], [0, 0, 22]])
    return charts.confusion(counts, LABELS, "tuned")


def loss_curves(extra: int = 0) -> bytes:
    epochs = np.arange(1, 31)
    histories = {
        name: pd.DataFrame({"iteration": epochs, "loss": start * rate**epochs})
        for name, start, rate in (
            ("linear", 5.0, 0.8),
            ("mlp", 2.3, 1.0),
            ("tuned", 2.0, 0.9 + 0.05 * extra),
        )
    }
    return charts.loss_curves(histories, 2.3)


def slices(extra: int = 0) -> bytes:
    rng = np.random.default_rng(0)
    scores = rng.uniform(0.8, 1.0, 12)
    scores[4] = 0.1  # so low that the others would be drawn as one
    trials = pd.DataFrame(
        {
            "candidate": range(1, 13),
            "rung": [1, 2] * 6,
            "rank": (-scores).argsort().argsort() + 1,
            "mean_score": scores,
            "alpha": 10.0 ** rng.uniform(-5, 0, 12),
            "activation": ["relu", "tanh", "logistic"] * 4,
        }
    )
    return search.slices(trials, ["alpha", "activation"], "accuracy" if not extra else "f1_macro")


def calibrated(extra: int = 0) -> bytes:
    confidence = np.linspace(0.35, 0.99, 60)
    right = np.arange(60) % (4 - extra) > 0
    table = pd.DataFrame(
        {"confidence": confidence, "actual": "a", "predicted": np.where(right, "a", "b")}
    )
    return pictures.calibration(calibration.bins(table))


def projection(extra: int = 0) -> bytes:
    rng = np.random.default_rng(0)
    actual = np.array(LABELS * 20, dtype=object)
    centers = np.array([[0, 0], [4, 0], [0, 4 + 2 * extra]])[[0, 1, 2] * 20]
    return pictures.projection(centers + rng.normal(size=(60, 2)), actual, LABELS)


def weights(extra: int = 0) -> bytes:
    return pictures.weights(np.linspace(-1, 1 + extra, 64 * 12).reshape(64, 12), [8, 8])


def stages(extra: int = 0) -> bytes:
    text = 'flowchart TD\n\tnode1["load"]\n\tnode2["split"]\n\tnode3["train"]\n\tnode1-->node2\n'
    more = "\tnode1-->node3\n" if extra else "\tnode2-->node3\n"
    return charts.graph(graph.edges(text + more))


DRAWN: list[Callable[..., bytes]] = [
    confusion, loss_curves, slices, calibrated, projection, weights, stages,
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
    assert compare_images(str(baseline), str(drawn), tol=LIMIT) is None
    other.write_bytes(draw(extra=1))  # the negative control: a change that a reader would see
    assert compare_images(str(baseline), str(other), tol=LIMIT) is not None
