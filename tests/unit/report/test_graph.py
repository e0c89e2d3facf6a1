"""The graph of the stages: its arrangement, and the drawing."""

import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from project import ROOT

from mlp.report.graph import edges, svg
from mlp.report.layout import columns, lanes, reduced

SVG = ""
ALT = "The stages in their order."


def pipeline(*networks: str) -> list[tuple[str, str]]:
    """Return the graph of a pipeline of some networks; tuned comes from a search."""
    found = [("check", "load"), ("load", "split")]
    for name in networks:
        train, evaluate = f"train@{name}", f"evaluate@{name}"
        found += [("split", train), ("check", train), (train, evaluate), ("split", evaluate)]
        found += [("train@linear", evaluate), (evaluate, "report")]
    if "tuned" in networks:
        found += [("split", "search"), ("search", "train@tuned"), ("search", "summary")]
        found += [("summary", "report")]
    return found


GRAPHS = {
    "three networks": pipeline("linear", "mlp", "tuned"),
    "two networks": pipeline("linear", "mlp"),
    "ten networks": pipeline("linear", "tuned", *(f"net{i}" for i in range(8))),
    "a searched network in the middle": pipeline("linear", "tuned", "wide"),
    "a long name": pipeline("linear", "a network of a name that has forty letters"),
    "that of the project": edges((ROOT / "docs/graph.mmd").read_text(encoding="utf-8")),
    "one edge": [("a", "b")],
}


def boxes(drawing: str) -> dict[str, tuple[float, float, float, float]]:
    """Return the edges of each box by its stage: left, top, right, bottom."""
    found = {}
    for group in ET.fromstring(drawing).findall(f"{SVG}g"):  # noqa: S314 - our own
        rect = group.find(f"{SVG}rect")
        x, y, wide, tall = (float(rect.get(key)) for key in ("x", "y", "width", "height"))
        found[group.find(f"{SVG}title").text] = (x, y, x + wide, y + tall)
    return found


@pytest.mark.parametrize("name", GRAPHS)
def test_every_stage_has_a_box_of_its_own_left_of_its_readers(name: str) -> None:
    drawing = svg(GRAPHS[name], ALT)
    drawn = boxes(drawing)
    assert set(drawn) == {stage for edge in GRAPHS[name] for stage in edge}
    for (x0, y0, x1, y1), (left, top, right, bottom) in itertools.combinations(drawn.values(), 2):
        assert x1 < left or right < x0 or y1 < top or bottom < y0
    assert all(drawn[start][2] < drawn[end][0] for start, end in GRAPHS[name])
    wide, tall = (float(re.search(rf'{key}="([\d.]+)"', drawing)[1]) for key in ("width", "height"))
    assert all(min(box) >= 0 and box[2] <= wide and box[3] <= tall for box in drawn.values())


@pytest.mark.parametrize("name", GRAPHS)
def test_no_arrow_runs_through_a_box(name: str) -> None:
    drawing = svg(GRAPHS[name], ALT)
    drawn = boxes(drawing).values()
    arrows = re.findall(r'<path d="M(\S+) (\S+)H(\S+)C.*? (\S+) (\S+)H(\S+)" stroke', drawing)
    assert len(arrows) == len(reduced(GRAPHS[name]))
    for arrow in arrows:
        x0, y0, turn, back, y1, x1 = map(float, arrow)
        for left, right, y in ((x0, turn, y0), (back, x1, y1)):
            assert not any(a < right and left < c and b < y < d for a, b, c, d in drawn)


def test_the_drawing_depends_on_the_graph_alone() -> None:
    pairs = GRAPHS["three networks"]
    assert svg(pairs, ALT) == svg([*pairs[::-1], pairs[0]], ALT)
    assert svg(pairs, ALT) != svg(pairs[:-1], ALT)


def test_the_drawing_has_the_colour_of_the_text_around_it() -> None:
    drawing = svg(GRAPHS["three networks"], ALT)
    assert set(re.findall(r'(?:fill|stroke)="(.+?)"', drawing)) == {"none", "currentColor"}
    assert "style=" not in drawing


def test_a_name_is_text() -> None:
    drawing = svg([("<script>", '"a" & b')], '"alt" <b>')
    assert set(boxes(drawing)) == {"<script>", '"a" & b'}
    assert "<script>" not in drawing


def test_edges_that_follow_from_others_are_left_out() -> None:
    kept = reduced([("a", "b"), ("b", "c"), ("c", "d"), ("a", "c"), ("a", "d"), ("b", "e")])
    assert kept == [("a", "b"), ("b", "c"), ("b", "e"), ("c", "d")]


def test_a_network_has_a_lane_and_its_stages_a_column() -> None:
    pairs = reduced(GRAPHS["three networks"])
    column = columns(pairs)
    lane = lanes(pairs, column)
    assert len({column[f"train@{name}"] for name in ("linear", "mlp", "tuned")}) == 1
    assert [lane[f"train@{name}"] for name in ("linear", "mlp", "tuned")] == [0, 1, 2]
    assert all(lane[f"evaluate@{name}"] == lane[f"train@{name}"] for name in ("linear", "tuned"))
    assert lane["search"] == lane["train@tuned"]
    assert lane["split"] == lane["report"] == 1
    assert lane["summary"] == 3
