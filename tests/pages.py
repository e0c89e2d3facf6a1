"""Pages of the report for tests, with any labels and any number of rows."""

from typing import Any

import numpy as np
import pandas as pd
from project import ROOT

from mlp.core import predictions
from mlp.evaluate.statistics import scores
from mlp.report import page
from mlp.report.networks import Network

TEMPLATE = (ROOT / "stages/report.html.j2").read_text(encoding="utf-8")
METRICS = {
    "accuracy": 0.75, "accuracy_low": 0.4, "accuracy_high": 0.9, "macro_f1": 0.7, "log_loss": None, "brier_score": 0.4, "parameters": 650,
    "majority_accuracy": 0.5, "n_iter": 9, "final_loss": 0.3, "converged": True, "diverged": False,
}  # fmt: skip
SEARCH = {
    "cv_score": 0.9, "cv_score_sd": 0.01, "candidate": 2, "candidates": 3, "failed": 0,
    "scoring": "accuracy", "runner_up": None, "importance": None,
    "best": {"alpha": 0.1, "hidden_layer_sizes": [5]},
}  # fmt: skip
CANDIDATES = pd.DataFrame(
    {
        "candidate": [1, 2, 3],
        "rung": 1,
        "rank": [2, 1, 3],
        "mean_score": [0.8, 0.9, 0.7],
        "alpha": [0.2, 0.1, 0.3],
        "hidden_layer_sizes": ["[5]", "[5]", "[9]"],
    }
)
LOAD = {
    "source": "data/a.csv", "target": "kind", "dtype": "float64", "impute": "none",
    "image_shape": None,
}  # fmt: skip
SPLIT = {"test_size": 0.25, "seed": 0, "stratify": False, "group": None, "time": None}
EDGES = [("load", "split"), ("split", "train@mlp"), ("split", "search"), ("search", "train@tuned")]
HOSTILE = ['<script>alert("x")</script>', "a & b", '"quoted"', "😀", "שלום", r"$\frac$"]


def data(labels: list[str], rows: int) -> dict[str, Any]:
    return {
        "rows": 4 * rows, "train_rows": 3 * rows, "test_rows": rows, "numbers": 4, "texts": 0,
        "dropped": 0, "duplicate_rows": 0, "contradicting_rows": 0, "duplicates_across": 0,
        "labels": dict.fromkeys(labels, 4), "missing": {"x": 2}, "means": {"x": 1.0},
        "warnings": {"leak": "column 'x' tells the label."},
    }  # fmt: skip


def network(name: str, labels: list[str], rows: int = 4) -> Network:
    """Return a network that is wrong on every fourth row, the second first."""
    actual = np.array([labels[i % len(labels)] for i in range(rows)], dtype=object)
    predicted = actual.copy()
    predicted[1::4] = labels[0]
    hidden = {"units": 3, "weight_rms": 1.0, "weight_growth": 2.0, "dead": 1 / 3}
    output = {"units": len(labels), "weight_rms": 1.0, "weight_growth": None}
    is_linear = name == "linear"
    layers = {"output": output} if is_linear else {"hidden_1": hidden, "output": output}
    names = ["inputs"] if is_linear else ["inputs", "hidden"]
    drawn = min(rows, 1000)
    return Network(
        name=name,
        metrics=METRICS,
        health={
            "layers": layers,
            "probe": {f"{one}_accuracy": 0.5 for one in names}
            | {f"{one}_variance": 0.3 for one in names},
        },
        words={
            "verdict": f"{name} has learnt.",
            "findings": [
                {
                    "code": "max_iter",
                    "sentence": "It was stopped.",
                    "try": "max_iter 9",
                    "expect": "More.",
                }
            ],
        },
        predictions=pd.DataFrame(
            {
                "row": np.arange(rows) * 2,
                "actual": actual,
                "predicted": predicted,
                "confidence": np.linspace(0.95, 0.55, rows),
                "log_loss": np.linspace(0.05, 0.6, rows),
                "brier_score": np.linspace(0.1, 0.4, rows),
            }
        ),
        classes=scores.per_class(predictions.confusion(actual, predicted, labels), labels),
        history=pd.DataFrame({"iteration": [1, 2], "loss": [1.0, 0.5]}),
        projection=pd.DataFrame(
            {
                "row": np.arange(drawn),
                "actual": actual[:drawn],
                **{f"{one}_{i}": np.arange(drawn) * 0.1 for one in names for i in (1, 2)},
            }
        ),
        training={"arguments": {"alpha": 0.1, "scale": "none"}, "defaults": {"alpha": 0.0001}},
        weights=np.ones((4, 3)),
    )


def render(labels: list[str], title: str = "Title", rows: int = 4, **changes: Any) -> str:
    given: dict[str, Any] = {
        "template": TEMPLATE,
        "title": title,
        "run": page.Run(LOAD, SPLIT, data(labels, rows), {"numpy": "2.4.0"}, EDGES),
        "networks": [network("linear", labels, rows), network("mlp", labels, rows)],
        "search": SEARCH,
        "candidates": CANDIDATES,
        "pixels": None,
        "most_errors": 3,
    }
    return page.render(**given | changes)


def as_pictures(labels: list[str]) -> str:
    """Return the page of rows that are pictures of 2 by 2 pixels."""
    run = page.Run(LOAD | {"image_shape": [2, 2]}, SPLIT, data(labels, 4), {}, EDGES)
    pixels = pd.DataFrame(np.arange(16.0).reshape(4, 4), index=[0, 2, 4, 6])
    return render(labels, run=run, pixels=pixels)
