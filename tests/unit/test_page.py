"""The report: what it says, and what a page must never do with a label."""

import io
import math
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from project import ROOT

from mlp import figures, findings, graph, page, scores

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
EDGES = [("load", "split"), ("split", "train@mlp"), ("split", "search"), ("search", "train@tuned")]


def network(name: str, labels: list[str]) -> page.Network:
    actual = np.array([labels[0], labels[0], labels[1], labels[1]], dtype=object)
    predicted = np.array([labels[0], labels[1], labels[1], labels[1]], dtype=object)
    return page.Network(
        name=name,
        metrics=METRICS,
        predictions=pd.DataFrame(
            {
                "row": [1, 3, 5, 8],
                "actual": actual,
                "predicted": predicted,
                "confidence": [0.9, 0.8, 0.7, 0.6],
            }
        ),
        classes=scores.per_class(scores.confusion(actual, predicted, labels), labels),
        history=pd.DataFrame({"iteration": [1, 2], "loss": [1.0, 0.5]}),
    )


def render(labels: list[str], title: str = "Title", **galleries: bytes) -> str:
    return page.render(
        template=TEMPLATE,
        title=title,
        networks=[network("linear", labels), network("mlp", labels)],
        search=SEARCH,
        candidates=CANDIDATES,
        edges=EDGES,
        galleries=galleries,
    )


def test_page_holds_all_and_asks_for_nothing() -> None:
    html = render(["a", "b"], mlp=b"picture")
    assert "<script" not in html
    assert not re.search(r'(src|href)="(?!data:)', html)
    assert not re.search(r"https?://|@import|url\(", html)
    assert len(re.findall('<img alt="[^"]{20,}"', html)) == html.count("<img") == 6
    assert "0.7500 (0.4000 to 0.9000)" in html
    assert "not finite" in html


def test_same_input_gives_the_same_page() -> None:
    assert render(["a", "b"]) == render(["a", "b"])
    assert render(["a", "b"]) != render(["a", "c"])


@pytest.mark.parametrize(
    "text", ['<script>alert("x")</script>', "a & b", '"quoted"', "😀", "שלום", r"$\frac$"]
)
def test_a_label_is_text(text: str) -> None:
    html = render(sorted([text, "b"]), title=text)
    assert "<script" not in html
    assert "a & b" not in html


def test_gallery_shows_the_most_confident_errors_first() -> None:
    pixels = pd.DataFrame(np.zeros((4, 4)), index=[1, 3, 5, 8])
    given = network("mlp", ["a", "b"])
    assert page.gallery(given, pixels, [2, 2], most=5) is not None
    assert page.gallery(given, pixels, [2, 2], most=0) is None
    right = page.Network(**{**vars(given), "predictions": given.predictions.drop(index=1)})
    assert page.gallery(right, pixels, [2, 2], most=5) is None


def sentence(**changes: Any) -> str:
    good = METRICS | {"accuracy_low": 0.7, "accuracy_high": 0.8}
    return findings.finding(good | changes, good, classes=10)


def test_findings() -> None:
    assert sentence() == "It has learnt: accuracy 0.7500, 95 % interval 0.7000 to 0.8000."
    assert sentence(converged=False).endswith(" It met max_iter at epoch 9, unconverged.")
    assert sentence(final_loss=None, diverged=True).startswith("It diverged (accuracy 0.7500")


def test_a_guess_is_judged_by_accuracy_and_explained_by_loss() -> None:
    chance = {"accuracy": 0.12, "accuracy_low": 0.09, "majority_accuracy": 0.08}
    assert sentence(**chance).startswith("It is no better than a guess, 0.1000 (accuracy 0.1200")
    assert "learnt nothing" not in sentence(**chance)  # its loss is low: it has learnt by heart
    assert "learnt nothing" in sentence(**chance, final_loss=math.log(10))
    assert "ln 10 = 2.3026" in sentence(**chance, final_loss=2.4)
    assert sentence(majority_accuracy=0.76).startswith("It is no better than a guess, 0.7600")
    assert "learnt:" in sentence(final_loss=2.4)  # a large L2 penalty, not chance


def test_worse_than_linear_needs_intervals_apart() -> None:
    assert sentence(accuracy=0.65, accuracy_high=0.69).startswith("It is worse than a linear model")
    assert sentence(accuracy=0.65, accuracy_high=0.71).startswith("It has learnt")


def test_easiest_and_hardest_name_every_tie() -> None:
    classes = pd.DataFrame({"class": ["a", "b", "c", "d"], "recall": [1.0, 0.5, 1.0, math.nan]})
    assert findings.easiest(classes)["class"].tolist() == ["a", "c"]
    assert findings.hardest(classes)["class"].tolist() == ["b"]


def picture(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


@pytest.mark.parametrize("classes", [2, 10, 40])
def test_confusion_is_a_picture(classes: int) -> None:
    counts = np.diag(np.arange(classes))
    labels = [f"class {n}" for n in range(classes)]
    png = figures.confusion(counts, labels, "title")
    assert min(picture(png).size) > 300
    assert png == figures.confusion(counts, labels, "title")
    assert png != figures.confusion(counts + 1, labels, "title")


def test_loss_curves_take_a_single_point_and_a_loss_that_is_not_finite() -> None:
    one = pd.DataFrame({"iteration": [7], "loss": [0.1]})
    broken = pd.DataFrame({"iteration": [1, 2], "loss": [3.0, math.nan]})
    assert picture(figures.loss_curves({"lbfgs": one, "broken": broken}, 2.3))


def test_graph_takes_every_stage_once() -> None:
    edges = graph.edges((ROOT / "docs/graph.mmd").read_text(encoding="utf-8"))
    assert picture(figures.graph(edges)).size[0] > 900
    assert figures.graph(edges) == figures.graph(edges[::-1])
