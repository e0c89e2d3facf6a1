"""The report: what it says in which order, and what a page must never do with a label."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from pages import HOSTILE, LOAD, SPLIT, as_pictures, data, network, render

from mlp.evaluate import calibration, hardest
from mlp.report import networks, provenance, score_table
from mlp.report.networks import Network
from mlp.statistics import scores


def test_the_order_of_the_page() -> None:
    html = render(["a", "b"])
    heads = re.findall(r'<h2 id="(\w+)">', html)
    assert heads == [
        "run", "verdict", "scores", "confusion", "classes", "errors", "loss", "calibration",
        "search", "health", "steps", "data", "again",
    ]  # fmt: skip
    assert re.findall(r'<a href="#(\w+)">', html) == heads
    assert html.count("<h1>") == 1


def test_page_holds_all_and_asks_for_nothing() -> None:
    html = as_pictures(["a", "b"])
    assert "<script" not in html
    assert not re.search(r'(src|href)="(?!data:|#)', html)
    asked = html.replace("http://www.w3.org/2000/svg", "").replace("url(#arrow)", "")
    assert not re.search(r"https?://|@import|url\(", asked)
    assert len(re.findall('<img [^>]*alt="[^"]{20,}"', html)) == html.count("<img")
    # Two matrices, an error each, loss, two calibrations, search, two projections, two pictures of
    # weights.
    assert html.count("<img") == 12
    assert html.count('<svg xmlns="http://www.w3.org/2000/svg" role="img"') == 1
    assert '<td>0.7500<span class="between">0.4000 to 0.9000</span></td>' in html
    assert "not finite" in html
    assert "mlp has learnt." in html


def test_scores_have_their_intervals() -> None:
    """The mean of 0.1, 0.2, 0.3 and 0.4 lies between its least and its greatest resample."""
    accuracy, macro_f1, log_loss, brier = (
        cells[0] for _, cells in score_table.table([network("mlp", ["a", "b"])])[:4]
    )
    assert accuracy == ("0.7500", "0.4000 to 0.9000")
    assert macro_f1[0] == "0.7000"
    assert log_loss == ("not finite", "")
    low, high = map(float, brier[1].split(" to "))
    assert 0.1 < low < 0.25 < high < 0.4
    assert low + high == pytest.approx(0.5, abs=0.03)  # the rows are evenly spaced


def test_same_input_gives_the_same_page() -> None:
    assert as_pictures(["a", "b"]) == as_pictures(["a", "b"])
    assert render(["a", "b"]) != render(["a", "c"])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_is_text(text: str) -> None:
    html = render(sorted([text, "b"]), title=text)
    assert "<script" not in html
    assert "a & b" not in html
    assert '""quoted"' not in html


@pytest.mark.parametrize("count", [2, 3, 40])
def test_any_number_of_classes(count: int) -> None:
    labels = [f"class {i:02}" for i in range(count)]
    html = render(labels, rows=4 * count)
    rows = html.split('id="classes"')[1].split('id="errors"')[0]
    assert rows.count('<th scope="row">') == 2 * count
    assert len(html) < 2_000_000


def test_the_most_confident_errors_come_first() -> None:
    given = network("mlp", ["a", "b"], rows=12)
    found = networks.errors(given, None, None, most=2)
    assert [error["row"] for error in found] == [2, 10]
    assert found[0]["actual"] == "b"
    assert found[0]["predicted"] == "a"
    assert networks.errors(given, None, None, most=0) == []


def test_alternative_texts_say_the_finding() -> None:
    given = network("mlp", ["a", "b"], rows=12)
    alt = networks.confusion(given).alt
    assert alt == (
        "Confusion matrix of mlp: 9 of 12 test rows are right; most often confused: b called a (3)."
    )
    right = Network(
        **{
            **vars(given),
            "predictions": given.predictions.assign(predicted=given.predictions["actual"]),
        }
    )
    assert networks.confusion(right).alt.endswith("12 of 12 test rows are right.")


def test_calibration_by_hand() -> None:
    """Two rows at 0.95, one right; two at 0.55, both right."""
    table = pd.DataFrame(
        {
            "actual": ["a", "b", "a", "b"],
            "predicted": ["a", "a", "a", "b"],
            "confidence": [0.96, 0.94, 0.55, 0.55],
        }
    )
    found = calibration.bins(table)
    assert found["rows"].tolist() == [2, 2]
    assert found["low"].tolist() == [0.5, 0.9]
    assert found["accuracy"].tolist() == [1.0, 0.5]
    assert found["confidence"].tolist() == pytest.approx([0.55, 0.95])
    assert calibration.expected_error(found) == pytest.approx((0.45 + 0.45) / 2)
    unknown = calibration.bins(table.assign(confidence=math.nan))
    assert calibration.expected_error(unknown) is None


def counted(right: list[int], rows: int) -> list[hardest.Counted]:
    names = [chr(ord("a") + i) for i in range(len(right))]
    counts = np.diag(right)
    counts[:, 0] += rows - np.array(right)
    counts[0, 0] = right[0]
    counts[0, 1] += rows - right[0]
    return hardest.counted(scores.per_class(counts, names))


def test_ties_are_said() -> None:
    """39 and 43 of 45 are right: Fisher's p is 0.27."""
    said = hardest.sentences(counted([39, 43, 45], 45))
    assert said[0] == "Hardest: a, 39 of 45 right. Easiest: c, all right."
    assert said[1].startswith("a and b cannot be told apart with 45 rows each: 39 and 43 are right")
    apart = hardest.sentences(counted([5, 44, 45], 45))
    assert apart[1:] == ["Every other class is easier than a."]
    assert hardest.sentences(counted([45, 45], 45)) == ["All classes are equally hard."]


def test_what_was_run() -> None:
    stated = dict(provenance.inputs(LOAD, SPLIT | {"group": "who"}, data(["a", "b"], 4)))
    assert stated["rows"] == "16: 12 to train on, 4 to test"
    assert stated["split"].endswith("held back for the test, group who")
    trained = {"mlp": network("mlp", ["a", "b"]).training}
    assert provenance.arguments(trained) == [("alpha", ["0.1"], "0.0001")]
