"""Pages of the report for tests, of predicted numbers."""

from dataclasses import replace
from typing import Any

import numpy as np
import pages
from pages import EDGES, PNG, SEARCH

from mlp.core import residuals
from mlp.core.files import Arrays
from mlp.core.json_file import rounded
from mlp.evaluate.regression import details, drawing
from mlp.evaluate.regression.drawing import Sitter
from mlp.evaluate.subject import Drawn
from mlp.report import page
from mlp.report.networks import Network
from mlp.report.picture import Picture

VALUES = {"mean": 152.13, "deviation": 77.0, "low": 25.0, "high": 346.0, "distinct": 1_234_567}
COURSE = {"n_iter": 9, "final_loss": 2964.5, "converged": True, "diverged": False, "parameters": 11}


def data(target: str, rows: int) -> dict[str, Any]:
    """Return metrics/data.json."""
    given = pages.data([], rows) | {"target": target, "target_values": VALUES, "warnings": {}}
    return {key: value for key, value in given.items() if key != "labels"}


def predicted(rows: int = 100) -> Arrays:
    """Return actual numbers 1 to ``rows``, and predictions 2 too low or, of each fifth row, 3 too high."""
    actual = np.arange(1.0, rows + 1)
    too_low = np.where(np.arange(rows) % 5, 2.0, -3.0)
    return residuals.predictions(np.arange(rows) * 2, actual, actual - too_low)


def health(name: str) -> dict[str, Any]:
    """Return the state of a network with three hidden units, or none of linear."""
    hidden = {"units": 3, "weight_rms": 1.0, "weight_growth": 2.0, "dead": 1 / 3}
    output = {"units": 1, "weight_rms": 1.0, "weight_growth": 1.5}
    is_linear = name == "linear"
    kinds = ["inputs"] if is_linear else ["inputs", "hidden"]
    return {
        "layers": {"output": output} if is_linear else {"hidden_1": hidden, "output": output},
        "probe": {f"{kind}_{key}": 0.25 for kind in kinds for key in ("r2", "variance")},
    }


def sitter(name: str, table: Arrays, target: str = "price") -> Sitter:
    """Return what is drawn of a network that made these predictions."""
    history = {
        "iteration": np.array([1, 2]),
        "loss": np.array([6000.0, 2964.5]),
        "validation_score": np.full(2, np.nan),
    }
    places = {f"{kind}_{i}": table["actual"] * i for kind in ("inputs", "hidden") for i in (1, 2)}
    actual = table["actual"]
    with np.errstate(over="ignore", invalid="ignore"):
        metrics = residuals.scores(actual, table["predicted"])
    return Sitter(
        name=name,
        target=target,
        metrics={**metrics, "mean_rmse": float(actual.std()), **COURSE},
        predictions=table,
        history=history,
        places={"row": table["row"], "actual": actual, **places},
        baseline=None if name == "linear" else history,
        mean_loss=3126.5,
        health=health(name),
        weights=np.ones((4, 1 if name == "linear" else 3)),
    )


def network(subject: Sitter, shape: list[int] | None = None) -> Network:
    """Return the results of a network as the stage evaluate writes them."""
    table = subject.predictions
    figures = list(drawing.figures(subject, shape))
    if shape:
        figures.append(Drawn("errors.png", PNG, f"The largest errors of {subject.name}."))
    with np.errstate(over="ignore", invalid="ignore"):
        parts = details.parts(table)
    content = {
        "task": "regression",
        "target": subject.target,
        "state": "good",
        "verdict": f"{subject.name} has learnt.",
        "summary": f"{subject.name} has learnt.",
        "findings": [],
        "scores": subject.metrics,
        "intervals": {"rmse": [1.5, 2.75], "r2": [0.98765, 0.99123]},
        "parts": parts,
        "health": subject.health,
        "errors": details.errors(table, 3),
        "probes": details.probes(subject.health["probe"]),
        "warnings": [],
        "training": {
            "arguments": {"alpha": 0.1, "scale": "none", "scale_target": "standard"},
            "defaults": {"alpha": 0.0001},
        },
    }
    drawn = {figure.file: Picture(figure.png, figure.alt) for figure in figures}
    return Network(subject.name, rounded(content), drawn)


def render(
    table: Arrays | None = None, target: str = "price", shape: list[int] | None = None
) -> str:
    """Return the page of two networks that made the same predictions."""
    made = predicted() if table is None else table
    subject = sitter("linear", made, target)
    other = replace(sitter("mlp", made, target), name="mlp")
    run = page.Run(data(target, len(made["row"])) | {"image_shape": shape}, {}, EDGES)
    return page.render("Title", run, [network(subject, shape), network(other, shape)], SEARCH)
