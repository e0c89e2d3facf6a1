"""The report of predicted numbers."""

import re

import numpy as np
import pytest
from pages import HOSTILE
from regression_pages import VALUES, data, network, predicted, render, sitter

from mlp.core import residuals
from mlp.report import provenance, regression, score_table


def test_the_order_of_the_page() -> None:
    html = render()
    heads = re.findall(r'<(?:h2|details)[^>]* id="([\w-]+)"', html)
    assert heads == [
        "answer", "changes", "run", "scores", "networks", "network-linear", "network-mlp",
        "search", "steps", "appendix", "residuals", "data", "again",
    ]  # fmt: skip
    assert re.findall(r'<li[^>]*><a href="#([\w-]+)">', html) == heads
    assert html == render()


def test_page_holds_all_and_asks_for_nothing() -> None:
    html = render(shape=[2, 2])
    assert "<script" not in html
    assert not re.search(r'(src|href)="(?!data:|#)', html)
    assert len(re.findall('<img [^>]*alt="[^"]{20,}"', html)) == html.count("<img")
    # Of each network actual, residuals, distribution, loss, weights and errors; two projections of
    # the one that has a hidden layer; the search.
    assert html.count("<img") == 15
    words = re.sub(r'src="data:[^"]*"', "", html)
    assert not re.search("accuracy|confidence|logistic|classes|labels", words)


def test_scores_are_in_the_unit_of_the_target() -> None:
    """Of five rows one is 3 too high and four are 2 too low: a squared error of (9 + 4 * 4) / 5 = 5.

    The variance of 1 to 100 is (100**2 - 1) / 12 = 833.25, so R² is 1 - 5 / 833.25 = 0.9940.
    """
    table = score_table.table(
        [network(sitter("mlp", predicted()))], regression.SCORES, regression.score
    )
    cells = {name: cell for name, (cell,) in table}
    assert cells["RMSE"] == ("2.236", "1.5 to 2.75")
    assert cells["MAE"] == ("2.2", "")
    assert cells["median absolute error"] == ("2", "")
    assert cells["R²"] == ("0.9940", "0.9877 to 0.9912")
    assert cells["RMSE of predicting the training mean"] == ("28.87", "")
    assert cells["training loss at the end"] == ("2964", "")
    assert cells["epochs"] == ("9", "")
    assert cells["converged"] == ("yes", "")


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("r2", 0.5, "0.5000"), ("r2", -0.04, "-0.0400"), ("r2", -3e247, "-3e+247"),
        ("rmse", 2e-5, "2e-05"), ("rmse", 235_123.4, "235123"), ("rmse", 3e125, "3e+125"),
    ],
)  # fmt: skip
def test_a_score_as_text(name: str, value: float, text: str) -> None:
    assert regression.score(name, value) == text


def test_errors_and_fifths_are_tables() -> None:
    """Rows are numbered 0, 2, 4 ...; the largest errors are 3, those of the first of each five."""
    html = render()
    errors = html.split('<details open id="network-mlp"')[1].split('id="search"')[0]
    assert '<th scope="row">0</th><td>1</td><td>4</td><td>-3</td>' in errors
    assert '<th scope="row">10</th><td>6</td><td>9</td><td>-3</td>' in errors
    assert "<p>Errors are largest in the " in errors
    parts = html.split('<details id="residuals"')[1]
    assert parts.count('<th scope="row">lowest</th>') == 2


@pytest.mark.parametrize(
    "value", [np.nan, np.inf, 1e200, -1e308], ids=["nan", "inf", "1e200", "-1e308"]
)
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_a_network_that_diverged_has_a_page(value: float) -> None:
    """One of its predictions is finite and small; squares of 1e200 are not finite."""
    rows = np.arange(50)
    guess = np.append(np.full(49, value) * np.linspace(0.5, 1, 49), 1.0)
    html = render(residuals.predictions(rows, rows + 1.0, guess))
    assert "not finite" in html
    assert "None" not in html
    assert "nan" not in re.sub(r'"data:[^"]*"', "", html)


def test_equal_predictions_have_no_fifths() -> None:
    rows = np.arange(50)
    html = render(residuals.predictions(rows, rows + 1.0, np.full(50, 7.0)))
    assert "fifth of the predictions" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_the_name_of_the_target_is_text(text: str) -> None:
    html = render(target=text)
    assert "<script" not in html
    assert "a & b" not in html
    assert '""quoted"' not in html


def test_what_was_run_and_the_data() -> None:
    given = data("price", 100)
    stated = dict(provenance.inputs(given))
    assert stated["target"] == "price"
    assert stated["values"] == "25 to 346, mean 152.1"
    title, heads, lines = provenance.profile(given)["target"]
    assert (title, heads) == ("Values of the target", ["target", "value"])
    assert dict(lines)["distinct values"] == str(VALUES["distinct"])
    trained = {"mlp": network(sitter("mlp", predicted())).details["training"]}
    assert provenance.arguments(trained) == [
        ("alpha", ["0.1"], "0.0001"),
        ("scale_target", ["standard"], "none"),
    ]
