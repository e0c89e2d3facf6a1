"""Figures of predicted numbers: any rows, outliers, and predictions that are not finite."""

import time

import numpy as np
import pytest
from texts import check, said

from mlp.figures import (
    actual,
    distribution,
    loss,
    losses,
    number_axis,
    points,
    projection_values,
    residuals,
)

NAN, INF = np.nan, np.inf
RNG = np.random.default_rng(0)
NORMAL = RNG.normal(150, 77, 110)
SKEWED = 1e5 * np.exp(RNG.normal(size=20_000))
CASES = {
    "near": (NORMAL, NORMAL + RNG.normal(0, 40, 110)),
    "skewed": (SKEWED, SKEWED * np.exp(0.5 * RNG.normal(size=20_000))),
    "diverged": (NORMAL, -1e30 * np.exp(RNG.normal(size=110))),
    "constant": (NORMAL, np.full(110, 152.1)),
    "perfect": (NORMAL, NORMAL),
    "partly finite": (NORMAL, np.where(np.arange(110) < 7, NAN, NORMAL)),
    "not finite": (NORMAL, np.full(110, INF)),
    "above the largest": (NORMAL, np.full(110, 1e305)),
    "mostly 0": (np.where(np.arange(960) < 930, 0, 1e6), np.linspace(-1e5, 2e6, 960)),
    "close together": (1e6 + RNG.uniform(0, 1e-3, 200), 1e6 + RNG.uniform(0, 1e-3, 200)),
    "tiny": (1e-9 * NORMAL, 1e-9 * NORMAL + 1e-8),
    "one row": (np.array([3.0]), np.array([5.0])),
    "none": (np.zeros(0), np.zeros(0)),
}


@pytest.mark.parametrize("target", ["y", "a price with a long name of its own", "漢字", "$x$"])
@pytest.mark.parametrize("name", CASES)
def test_actual(name: str, target: str, texts: list) -> None:
    png = actual.draw(*CASES[name], target)
    check(texts)
    assert png == actual.draw(*CASES[name], target)
    known = {"y": "y", "$x$": "$x$", "漢字": "target"}.get(target, "a price wit… its own")
    assert {f"actual {known}", f"predicted {known}"} <= set(said(texts))


@pytest.mark.parametrize("name", CASES)
def test_residuals_and_their_distribution(name: str, texts: list) -> None:
    true, predicted = CASES[name]
    png = residuals.draw(predicted, true - predicted)
    check(texts)
    assert png == residuals.draw(predicted, true - predicted)
    assert (residuals.SUMMARY in said(texts)) == (
        name not in {"constant", "not finite", "one row", "none", "above the largest"}
    )
    assert distribution.draw(true - predicted) == distribution.draw(true - predicted)
    check(texts)


def test_notes_count_what_is_not_at_its_place(texts: list) -> None:
    """All 110 predictions are far below; 7 are unknown; no other row is an outlier."""
    actual.draw(*CASES["diverged"], "y")
    assert "110 rows beyond the axes, drawn at the edge" in said(texts)
    actual.draw(*CASES["partly finite"], "y")
    assert "left out: 7 rows without a finite prediction" in said(texts)
    assert not any("beyond" in text for text in said(texts))
    residuals.draw(np.append(NORMAL, NAN), np.append(NORMAL, NAN))
    assert "left out: 1 row without a finite prediction" in said(texts)
    distribution.draw(np.append(NORMAL, [1e9, -1e9, NAN]))
    assert {"beyond the axis: 2 rows", "left out: 1 row without a finite prediction"} <= set(
        said(texts)
    )


def test_distribution_names_its_lines(texts: list) -> None:
    distribution.draw(np.array([-2.0, -1.0, 0.5, 3.0, 4.0]))
    assert "grey: 0, dashed: median 0.5" in said(texts)
    distribution.draw(np.array([1000.0, 1001.0, 1002.0]))
    assert "0 lies left of the axis, dashed: median 1001" in said(texts)
    distribution.draw(np.array([-1000.0, -1001.0, -1002.0]))
    assert "0 lies right of the axis, dashed: median -1001" in said(texts)


def test_actual_has_the_same_ends_on_both_axes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The actual values are 0 to 10, and predictions up to 12 have room: 5 % of 12 on each side."""
    seen = []
    framed = points.frame

    def frame(x: points.Ends, y: points.Ends, *rest: object) -> object:
        seen.append((x, y))
        return framed(x, y, *rest)

    monkeypatch.setattr(points, "frame", frame)
    actual.draw(np.arange(11.0), np.linspace(1, 12, 11), "y")
    (x, y) = seen[-1]
    assert x == y == pytest.approx((-0.5, 12.55))
    actual.draw(np.arange(11.0), np.full(11, 1e30), "y")
    # A range of -0.5 to 10.5 may grow by half of its 11 on the side of the predictions.
    assert seen[-1][0] == pytest.approx((-0.5, 16.0))


def test_running_summary_by_hand() -> None:
    """Ten rows with each of ten predictions; residuals of part i are i + 0, 1 ... 9.

    Their median is i + 4.5; the 10 % quantile lies 0.9 of the way from the least to the next.
    """
    predicted = np.repeat(np.arange(10.0), 10)
    residual = predicted + np.tile(np.arange(10.0), 10)
    order = RNG.permutation(100)
    middles, quantiles = residuals.running(predicted[order], residual[order])
    assert middles.tolist() == np.arange(10.0).tolist()
    assert quantiles == pytest.approx(np.arange(10.0)[:, None] + [0.9, 4.5, 8.1])
    assert len(residuals.running(predicted[:99], residual[:99])[0]) == 0
    assert len(residuals.running(np.zeros(100), residual)[0]) == 0


def test_equal_predictions_are_in_one_part() -> None:
    """Ninety 0 and ten 1 are two parts."""
    predicted = np.repeat([0.0, 1.0], [90, 10])
    middles, quantiles = residuals.running(predicted, np.append(np.full(90, 2.0), np.full(10, 7.0)))
    assert middles.tolist() == [0, 1]
    assert quantiles.tolist() == [[2, 2, 2], [7, 7, 7]]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.arange(101.0), (-5, 105)),  # all, and 5 % of the range on either side
        # The middle 90 % are 5 to 95, so outliers are below 5 - 135 or above 95 + 135.
        (np.append(np.arange(101.0), 1e9), (-5, 105)),
        (np.append(np.arange(101.0), NAN), (-5, 105)),
        (np.full(9, 150.0), (75, 225)),  # half as much on either side
        (np.zeros(9), (-1, 1)),
        (np.zeros(0), (0, 1)),
        (np.append(np.zeros(98), [1.0, 2.0]), (-0.1, 2.1)),  # most are 0: the middle 99 % are not
    ],
)
def test_ends(values: np.ndarray, expected: tuple[float, float]) -> None:
    assert number_axis.ends(values) == pytest.approx(expected)


def test_ends_show_a_number_more_unless_it_is_far() -> None:
    """Of 100 to 110 the middle 90 % are 9 wide; 90 is within 13.5 of 100.5, and 0 is not."""
    values = np.arange(100.0, 111)
    assert number_axis.ends(values, 90.0) == pytest.approx((89, 111))
    assert number_axis.ends(values, 0.0) == pytest.approx((99.5, 110.5))


def test_ticks_differ() -> None:
    assert number_axis.ticks(2000, 2020)[1] == ["2000", "2005", "2010", "2015", "2020"]
    for low, high in [(0, 1e30), (1e6, 1e6 + 1e-3), (-1e-9, 1e-9), (0, 3e6), (-5e-324, 5e-324)]:
        texts = number_axis.ticks(low, high)[1]
        assert len(set(texts)) == len(texts)
    assert number_axis.ticks(-1e-9, 1e-9)[1][0] == f"{number_axis.MINUS}1e{number_axis.MINUS}09"


def test_many_rows_take_little_time_and_room() -> None:
    true = RNG.normal(size=20_000)
    predicted = true + RNG.normal(size=20_000)
    for draw, values in [
        (lambda a, p: actual.draw(a, p, "y"), (true, predicted)),
        (residuals.draw, (predicted, true - predicted)),
    ]:
        png = draw(*values)  # with it what is read once, such as fonts
        assert len(png) < 100_000
        times = []
        for _ in range(3):
            start = time.process_time()
            draw(*values)
            times.append(time.process_time() - start)
        assert min(times) < 0.3


PLACES = {
    "spread": RNG.normal(size=(300, 2)),
    "not finite": np.full((300, 2), NAN),
    "one point": np.zeros((300, 2)),
}
NUMBERS = {
    "even": np.linspace(25, 346, 300),
    "skewed": np.exp(3 * RNG.normal(size=300)),
    "equal": np.full(300, 7.0),
    "mostly equal": np.append(np.zeros(299), 1e6),
    "close together": 1e6 + np.linspace(0, 1e-3, 300),
}


@pytest.mark.parametrize("places", PLACES)
@pytest.mark.parametrize("numbers", NUMBERS)
def test_projection(places: str, numbers: str, texts: list) -> None:
    png = projection_values.draw(PLACES[places], NUMBERS[numbers], "a price of a rather long name")
    check(texts)
    assert png == projection_values.draw(
        PLACES[places], NUMBERS[numbers], "a price of a rather long name"
    )
    title = {
        "spread": "colour: actual a price of …ong name",
        "not finite": "no row has a finite place",
        "one point": "all rows lie on one point",
    }
    assert title[places] in said(texts)


def test_projection_shows_the_number() -> None:
    places, numbers = PLACES["spread"], NUMBERS["even"]
    drawn = projection_values.draw(places, numbers, "y")
    assert projection_values.draw(places, numbers[::-1], "y") != drawn


EPOCHS = np.arange(1.0, 41)


@pytest.mark.parametrize("mean", [0.0, 0.5, 2964.5, 3e9])
@pytest.mark.parametrize("best", [0.93, -20_000.0])
def test_loss(mean: float, best: float, texts: list) -> None:
    scores = best - 2000 * 0.5**EPOCHS
    losses_ = 2 * (mean or 1.0) * 0.9**EPOCHS
    loss.draw(EPOCHS, losses_, mean, scores, ("mean", "R²"))
    check(texts)
    words = said(texts)
    named = {0.5: "mean 0.500", 2964.5: "mean 2964", 3e9: "mean 3000000000"}
    assert [text for text in words if text.startswith("mean")] == ([named[mean]] if mean else [])
    assert "validation R²" in words
    assert ("best 0.9300" in words) == (best > 0)
    losses.draw({"mlp": (EPOCHS, losses_), "linear": (EPOCHS, losses_ + 1)}, mean, "mean")
    check(texts)
    assert not any(text.startswith("chance") for text in said(texts))
