"""The report: what it says in which order, and what a page must never do with a label."""

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pages import HOSTILE, SEARCH, SPLIT, as_pictures, data, network, predicted, render, sitter
from project import ROOT

from mlp.core import params_file
from mlp.core.json_file import read_json
from mlp.evaluate.classification import calibration, details, drawing, hardest
from mlp.evaluate.statistics import scores
from mlp.explain import keys
from mlp.report import graph, networks, page, provenance, remedies, score_table
from mlp.report.classification import SCORES, score
from mlp.report.remedies import Source


def test_the_order_of_the_page() -> None:
    """The answer comes first, and every section can be reached from the list at the top."""
    html = render(["a", "b"])
    heads = re.findall(r'<(?:h2|details)[^>]* id="([\w-]+)"', html)
    assert heads == [
        "answer", "changes", "run", "scores", "networks", "network-linear", "network-mlp",
        "search", "steps", "appendix", "classes", "calibration", "data", "again",
    ]  # fmt: skip
    assert re.findall(r'<li[^>]*><a href="#([\w-]+)">', html) == heads
    assert html.count("<h1>") == 1


def test_a_card_has_the_score_the_state_and_what_to_try() -> None:
    card = render(["a", "b"]).split('<article class="card ')[2]
    assert card.startswith('warn">')
    words = re.sub("<[^>]+>|\\s+", " ", card.split("</article>")[0])
    assert " ".join(words.split()[1:]) == (
        "mlp It works, with 1 finding 0.7500 accuracy, 95 % interval 0.4000 to 0.9000 "
        "mlp has learnt. Try dvc exp run -S ++mlp.max_iter=9"
    )


def test_findings_of_one_remedy_name_it_once() -> None:
    mlp = network("mlp", ["a", "b"])
    (finding,) = mlp.details["findings"]
    other = {**finding, "code": "dead_units", "serious": True, "expect": "Less."}
    alone = {**finding, "code": "plateau", "try": "alpha 1", "steps": {"alpha": "1"}}
    found = remedies.grouped("mlp", [finding, other, alone], Source("params.yaml", {"max_iter"}))
    assert [[one["code"] for one in remedy.findings] for remedy in found] == [
        ["max_iter", "dead_units"], ["plateau"],
    ]  # fmt: skip
    assert found[0].commands == ["dvc exp run -S mlp.max_iter=9"]
    assert (found[0].state, found[1].state) == ("bad", "warn")
    assert found[0].expect == "More. Less."
    changed = replace(mlp, details={**mlp.details, "findings": [finding, other, alone]})
    html = render(["a", "b"], networks=[network("linear", ["a", "b"]), changed])
    assert html.split('id="network-mlp"')[1].count("++mlp.max_iter=9") == 1


def test_a_remedy_of_the_searched_network_changes_the_search() -> None:
    source = Source("data/search/best.yaml", (), {"alpha", "scale"}, {"max_iter"})
    steps = {"max_iter": "120", "alpha": "10.0", "hidden_layer_sizes": "[100, 100]"}
    assert remedies.commands("tuned", steps, source) == [
        "dvc exp run -S search.fixed.max_iter=120",
        "dvc exp run -S '~search.space.alpha' -S ++search.fixed.alpha=10.0",
        "dvc exp run -S '++search.fixed.hidden_layer_sizes=[100, 100]'",
    ]
    only = replace(source, drawn={"alpha"})
    assert remedies.commands("tuned", {"alpha": "10.0"}, only) == []


def test_page_holds_all_and_asks_for_nothing() -> None:
    html = as_pictures(["a", "b"])
    assert "<script" not in html
    assert not re.search(r'(src|href)="(?!data:|#)', html)
    assert not re.search(r"https?://|@import|url\((?!#arrow)", html)
    assert len(re.findall('<img [^>]*alt="[^"]{20,}"', html)) == html.count("<img")
    # Of each network a matrix, a sheet of errors, loss, calibration, two curves and weights; two
    # projections of the one that has a hidden layer; the search.
    assert html.count("<img") == 17
    assert '<td data-of="mlp">0.7500<span class="between">0.4000 to 0.9000</span></td>' in html
    assert "not finite" in html
    assert "mlp has learnt." in html


def test_scores_have_their_intervals() -> None:
    """The Brier scores are 0.1, 0.2, 0.3 and 0.4, and one of 2.0 could have been missed."""
    table = score_table.table([network("mlp", ["a", "b"])], SCORES, score)
    accuracy, macro_f1, log_loss, brier = (cells[0] for _, cells in table[:4])
    assert accuracy == ("0.7500", "0.4000 to 0.9000")
    assert macro_f1[0] == "0.7000"
    assert log_loss == ("not finite", "")
    low, high = map(float, brier[1].split(" to "))
    assert low == 0
    assert 0.4 < high < 2


def test_the_log_loss_of_a_guess_is_beside_that_of_networks_of_unequal_classes() -> None:
    mlp = network("mlp", ["a", "b"])
    known = {**mlp.details["scores"], "log_loss": 0.347, "chance_log_loss": 0.3655}
    table = score_table.table(
        [replace(mlp, details={**mlp.details, "scores": known})], SCORES, score
    )
    names = [name for name, _ in table]
    place = names.index("log loss")
    assert names[place + 1] == "log loss of giving each class its share of the test rows"
    assert table[place + 1][1] == [("0.3655", "")]
    assert "share" not in "".join(name for name, _ in score_table.table([mlp], SCORES, score))


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.3655, "to give each of 2 classes its share of the rows costs 0.3655."),
        (0.692, "to give each of 2 classes the same probability costs 0.6931."),
    ],
)
def test_the_loss_is_drawn_beside_that_of_the_shares(chance: float, words: str) -> None:
    drawn = sitter("mlp", ["a", "b"])
    drawn = replace(drawn, health={**drawn.health, "chance_loss": chance})
    (loss,) = [figure for figure in drawing.figures(drawn, None) if figure.file == "loss.png"]
    assert loss.alt.endswith(words)


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
    rows = html.split('<details id="classes"')[1].split('<details id="calibration"')[0]
    assert rows.count('<th scope="row">') == 2 * count
    assert len(html) < 2_000_000


def test_the_most_confident_errors_of_the_worst_cells_come_first() -> None:
    """B is called a four times, c once and most confidently; a cell gives three at most."""
    table = {
        "row": np.arange(6),
        "actual": np.array(list("bbbbca"), dtype=object),
        "predicted": np.array(list("aaaaba"), dtype=object),
        "confidence": np.array([0.6, 0.9, 0.7, 0.8, 0.99, 1.0]),
    }
    errors = details.errors(table, most=9)
    assert [(error["row"], error["cell"]) for error in errors] == [(1, 4), (3, 4), (2, 4), (4, 1)]
    assert errors[0]["actual"] == "b"
    assert errors[0]["predicted"] == "a"
    assert len(details.errors(table, most=2)) == 2
    assert details.errors(table, most=0) == []


def test_a_network_that_is_equally_sure_of_every_row_has_no_confident_error() -> None:
    flat = predicted(["a", "b"]) | {"confidence": np.array([0.1092, 0.1093, 0.1092, 0.1092])}
    assert details.flat(flat) == ("It is about 10.9% sure of every row, so no error stands out.")
    assert details.flat(predicted(["a", "b"])) == ""
    assert details.flat(flat | {"confidence": np.full(4, math.nan)}) == ""


def test_alternative_texts_say_the_finding() -> None:
    subject = sitter("mlp", ["a", "b"], rows=12)
    assert next(drawing.figures(subject, None)).alt == (
        "Confusion matrix of mlp: 9 of 12 test rows are right; most often confused: b called a (3)."
    )
    table = subject.predictions
    right = replace(subject, predictions=table | {"predicted": table["actual"]})
    assert next(drawing.figures(right, None)).alt.endswith("12 of 12 test rows are right.")


def test_without_a_search_the_page_says_so() -> None:
    html = render(["a", "b"], search=None)
    assert "nothing was searched" in html


def test_a_folder_that_is_left_is_named(tmp_path: Path) -> None:
    for name in ("linear", "wide", "mlp"):
        (tmp_path / "plots" / name).mkdir(parents=True)
    (tmp_path / "plots/search.csv").touch()
    left = networks.leftovers(["linear", "mlp"], tmp_path / "plots")
    assert left == ["wide"]


def test_calibration_by_hand() -> None:
    """Two rows at 0.95, one right; two at 0.55, both right."""
    table = {
        "actual": np.array(["a", "b", "a", "b"], dtype=object),
        "predicted": np.array(["a", "a", "a", "b"], dtype=object),
        "confidence": np.array([0.96, 0.94, 0.55, 0.55]),
    }
    found = calibration.bins(table)
    assert [one["rows"] for one in found] == [2, 2]
    assert [one["low"] for one in found] == [0.5, 0.9]
    assert [one["accuracy"] for one in found] == [1.0, 0.5]
    assert [one["confidence"] for one in found] == pytest.approx([0.55, 0.95])
    assert calibration.means(found) == pytest.approx((0.75, 0.75))
    assert calibration.expected_error(found) == pytest.approx((0.45 + 0.45) / 2)
    unknown = calibration.bins(table | {"confidence": np.full(4, math.nan)})
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
    given = data(["a", "b"], 4) | {"split": SPLIT | {"group": "who"}}
    stated = dict(provenance.inputs(given))
    assert stated["rows"] == "16: 12 to train on, 4 to test"
    assert stated["split"].endswith("held back for the test, group who")
    trained = {"mlp": network("mlp", ["a", "b"]).details["training"]}
    assert provenance.arguments(trained) == [("alpha", ["0.1"], "0.0001")]


def test_graph_takes_every_stage_once() -> None:
    edges = graph.edges((ROOT / "docs/graph.mmd").read_text(encoding="utf-8"))
    html = render(["a", "b"], run=page.Run(data(["a", "b"], 4), {}, edges))
    rows = html.split('<details id="again"')[1]
    names = {name for edge in edges for name in edge}
    assert all(rows.count(f'<th scope="row">{name}</th>') == 1 for name in names)


def test_class_weights_are_noted_beside_the_calibration() -> None:
    labels = ["a", "b"]
    linear, mlp = network("linear", labels), network("mlp", labels)
    training = {"arguments": {"class_weight": "balanced"}}
    calibrated = details.calibrated(predicted(labels), training)
    weighted = replace(mlp, details={**mlp.details, "calibration": calibrated})
    note = "not calibrated to the shares of the classes"
    assert render(labels, networks=[linear, weighted]).count(note) == 1
    assert note not in render(labels)


@pytest.mark.digits
def test_every_key_of_a_command_on_the_committed_page_exists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    named = params_file.parse(ROOT / "params.yaml")["networks"]
    search = replace(SEARCH, drawn={"alpha", "scale"}, fixed={"max_iter"})
    changes = [
        change
        for name, file in named.items()
        for remedy in networks.remedies_of(
            networks.Network(name, read_json(ROOT / f"plots/{name}/details.json"), {}, file), search
        )
        for command in remedy.commands
        for change in re.findall(r"-S '?([^ '=]+)", command)
    ]
    assert "mlp.learning_rate_init" in changes
    for change in changes:
        keys.check(change.lstrip("+~"))
