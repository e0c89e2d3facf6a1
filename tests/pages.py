"""Pages of the report for tests, with any labels and any number of rows."""

from typing import Any

import numpy as np

from mlp.core import predictions
from mlp.core.files import Arrays
from mlp.core.json_file import rounded
from mlp.evaluate.classification import curves, details, drawing, intervals
from mlp.evaluate.classification.drawing import Sitter
from mlp.evaluate.statistics import scores
from mlp.figures import row
from mlp.figures.labels import are_numbers
from mlp.report import page
from mlp.report.networks import Network
from mlp.report.picture import Picture

METRICS = {
    "accuracy": 0.75, "accuracy_low": 0.4, "accuracy_high": 0.9, "macro_f1": 0.7, "log_loss": float("nan"), "brier_score": 0.4, "parameters": 650,
    "majority_accuracy": 0.5, "n_iter": 9, "final_loss": 0.3, "converged": True, "diverged": False,
}  # fmt: skip
PNG = row.draw(np.arange(4.0), [2, 2])
SEARCH = page.Search(
    ["Candidate 2 of 3 is the best combination."],
    [Picture(PNG, "Score of every candidate by its alpha.")],
    drawn={"alpha", "activation"},
    fixed={"max_iter"},
)
SPLIT = {"test_size": 0.25, "seed": 0, "stratify": False, "group": None, "time": None}
EDGES = [("load", "split"), ("split", "train"), ("split", "search"), ("search", "train")]
HOSTILE = ['<script>alert("x")</script>', "a & b", '"quoted"', "😀", "שלום", r"$\frac$"]


def data(labels: list[str], rows: int) -> dict[str, Any]:
    return {
        "source": "data/a.csv", "target": "kind", "image_shape": None, "dtype": "float64", "impute": "none", "split": SPLIT,
        "rows": 4 * rows, "train_rows": 3 * rows, "test_rows": rows, "numbers": 4, "texts": 0,
        "dropped": 0, "duplicate_rows": 0, "contradicting_rows": 0, "duplicates_across": 0,
        "labels": dict.fromkeys(labels, 4), "missing": {"x": 2}, "means": {"x": 1.0},
        "warnings": {"leak": "column 'x' tells the label."},
    }  # fmt: skip


def predicted(labels: list[str], rows: int = 4) -> Arrays:
    """Return predictions that are wrong on every fourth row, the second first."""
    actual = np.array([labels[i % len(labels)] for i in range(rows)], dtype=object)
    called = actual.copy()
    called[1::4] = labels[0]
    return {
        "row": np.arange(rows) * 2,
        "actual": actual,
        "predicted": called,
        "confidence": np.linspace(0.95, 0.55, rows),
        "log_loss": np.linspace(0.05, 0.6, rows),
        "brier_score": np.linspace(0.1, 0.4, rows),
    }


def health(name: str, labels: list[str]) -> dict[str, Any]:
    hidden = {"units": 3, "weight_rms": 1.0, "weight_growth": 2.0, "dead": 1 / 3}
    output = {"units": len(labels), "weight_rms": 1.0, "weight_growth": float("nan")}
    is_linear = name == "linear"
    names = ["inputs"] if is_linear else ["inputs", "hidden"]
    return {
        "chance_loss": float(np.log(len(labels))),
        "layers": {"output": output} if is_linear else {"hidden_1": hidden, "output": output},
        "probe": {f"{one}_{key}": 0.4 for one in names for key in ("accuracy", "variance")},
    }


def sitter(name: str, labels: list[str], rows: int = 4) -> Sitter:
    table = predicted(labels, rows)
    history = {
        "iteration": np.array([1, 2]),
        "loss": np.array([1.0, 0.5]),
        "validation_score": np.full(2, np.nan),
    }
    counts = predictions.confusion(table["actual"], table["predicted"], labels)
    drawn = min(rows, 1000)
    places = {f"{one}_{i}": np.arange(drawn) * 0.1 for one in drawing.NAMES for i in (1, 2)}
    return Sitter(
        name=name,
        labels=labels,
        predictions=table,
        classes=scores.per_class(counts, labels),
        history=history,
        baseline=history,
        places={"row": np.arange(drawn), "actual": table["actual"][:drawn], **places},
        health=health(name, labels),
        weights=np.ones((4, 3)),
        curves=curves.curves(table["actual"], _probabilities(table, labels), labels, labels),
    )


def _probabilities(table: Arrays, labels: list[str]) -> np.ndarray:
    """Return the confidence for the predicted label, and equal shares of the rest for others."""
    others = (1 - table["confidence"]) / max(1, len(labels) - 1)
    is_named = table["predicted"][:, None] == np.array(labels, dtype=object)
    return np.where(is_named, table["confidence"][:, None], others[:, None])


def network(name: str, labels: list[str], rows: int = 4, shape: list[int] | None = None) -> Network:
    subject = sitter(name, labels, rows)
    table = subject.predictions
    classes = subject.classes
    figures = list(drawing.figures(subject, shape))
    if shape:
        figures.append(drawing.Drawn("errors.png", PNG, f"The most confident errors of {name}."))
    finding = {
        "code": "max_iter",
        "sentence": "It was stopped.",
        "serious": False,
        "try": "max_iter 9",
        "steps": {"max_iter": "9"},
        "expect": "More.",
    }
    content = {
        "state": "warn",
        "verdict": f"{name} has learnt.",
        "summary": f"{name} has learnt.",
        "findings": [finding],
        "warnings": [],
        "scores": METRICS,
        "intervals": intervals.of(table, METRICS),
        "labels": labels,
        "numbered": are_numbers(labels),
        "classes": details.classes(classes, table),
        "errors": details.errors(table, 3),
        "flat": "",
        "calibration": details.calibrated(table, {"arguments": {}}),
        "health": subject.health,
        "probes": details.probes(subject.health["probe"], rows),
        "training": {"arguments": {"alpha": 0.1, "scale": "none"}, "defaults": {"alpha": 0.0001}},
    }
    drawn = {figure.file: Picture(figure.png, figure.alt) for figure in figures}
    return Network(name, rounded(content), drawn)


def render(labels: list[str], title: str = "Title", rows: int = 4, **changes: Any) -> str:
    given: dict[str, Any] = {
        "title": title,
        "run": page.Run(data(labels, rows), {"numpy": "2.4.0"}, EDGES),
        "networks": [network("linear", labels, rows), network("mlp", labels, rows)],
        "search": SEARCH,
    }
    return page.render(**given | changes)


def as_pictures(labels: list[str]) -> str:
    """Return the page of rows that are pictures of 2 by 2 pixels."""
    names = ("linear", "mlp")
    run = page.Run(data(labels, 4) | {"image_shape": [2, 2]}, {}, EDGES)
    return render(labels, run=run, networks=[network(name, labels, 4, [2, 2]) for name in names])
