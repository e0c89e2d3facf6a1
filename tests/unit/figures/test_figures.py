"""Figures of any data: no text hides another or is cut off, and nothing warns."""

import io

import numpy as np
import pytest
from PIL import Image
from texts import check

from mlp.core.files import records
from mlp.evaluate.statistics.scores import per_class
from mlp.figures import (
    calibration,
    canvas,
    confusion,
    curves,
    loss,
    losses,
    projection,
    recall,
    row,
    search,
    weights,
)

NAN, INF = np.nan, np.inf
EPOCHS = np.arange(1.0, 41)
LABELS = {
    "one": ["only"],
    "two": ["no", "yes"],
    "digits": list("0123456789"),
    "long": [f"a class whose name has {'-' * 14} {i:02}" for i in range(14)],
    "two hundred": [str(i) for i in range(200)],
    "right to left": ["שלום עולם", "مرحبا بالعالم", "Ünïcode"],
    "no glyph": ["漢字", "かな", "$\\frac{1}{0}$"],
}


def size(png: bytes) -> tuple[int, int]:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image.size


def actual_and_predicted(labels: list[str], rows: int) -> np.ndarray:
    rng = np.random.default_rng(0)
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for i in rng.integers(len(labels), size=min(rows, 3000)):
        counts[i, i if rng.random() < 0.8 else rng.integers(len(labels))] += -(-rows // 3000)
    return counts


@pytest.mark.parametrize(
    ("name", "rows"), [*((name, 300) for name in LABELS), ("two", 0), ("digits", 90_000_000)]
)
def test_confusion_and_recall(name: str, rows: int, texts: list) -> None:
    labels = LABELS[name]
    counts = actual_and_predicted(labels, rows)
    assert max(size(confusion.draw(counts, labels, "a network of a rather long name"))) < 1500
    check(texts)
    confusion.draw_change(counts - counts[::-1], labels, "now less before")
    check(texts)
    recall.draw(records(per_class(counts, labels)))
    check(texts)
    names = [text for text, _ in texts]
    assert ("no test rows" in names) == (rows == 0)
    is_part = any(text.startswith("the 60 hardest of ") for text in names)
    assert is_part == (name == "two hundred")


def test_the_hardest_class_comes_first(texts: list) -> None:
    counts = np.array([[5, 5, 0], [0, 10, 0], [9, 0, 1]])
    recall.draw(records(per_class(counts, ["a", "b", "c"])))
    heights = {text: box.y0 for text, box in texts if text in {"a", "b", "c"}}
    assert sorted(heights, key=lambda name: -heights[name]) == ["c", "a", "b"]


@pytest.mark.parametrize("name", LABELS)
def test_projection(name: str, texts: list) -> None:
    labels = LABELS[name]
    rng = np.random.default_rng(0)
    actual = np.array(labels * 5, dtype=object)
    projection.draw(rng.normal(size=(len(actual), 2)), actual, labels)
    check(texts)
    projection.draw(np.zeros((len(actual), 2)), actual, labels)
    check(texts)
    assert "all rows lie on one point" in [text for text, _ in texts]


@pytest.mark.parametrize(
    "places",
    [np.zeros((0, 2)), [[NAN, 1], [INF, 1]], [[NAN, 1], [1, 2]], [[1e308, 1], [-1e308, 2]]],
)
def test_projection_leaves_out_what_is_not_finite(places: object, texts: list) -> None:
    points = np.array(places, dtype=np.float64)
    projection.draw(points, np.array(["a", "b"], dtype=object)[: len(points)], ["a", "b"])
    check(texts)
    assert ("no row has a finite place" in [text for text, _ in texts]) == (
        not (points == 2).any() or points.max() > 10
    )


LOSSES = {
    "falls": 2 * 0.9**EPOCHS,
    "is flat": np.full(40, 2.3026),
    "is near chance": 2.3026 + 0.03 * np.exp(-EPOCHS),
    "is not a number from epoch 8": np.where(EPOCHS > 7, NAN, 3.0),
    "is infinite": np.full(40, INF),
    "explodes": 10 ** (7 * EPOCHS),
    "reaches 0": np.maximum(0, 1 - EPOCHS / 30),
    "is tiny": 1e-9 * 0.9**EPOCHS,
}


@pytest.mark.parametrize("chance", [0.0, np.log(10)])
@pytest.mark.parametrize("name", LOSSES)
def test_loss(name: str, chance: float, texts: list) -> None:
    loss.draw(EPOCHS, LOSSES[name], chance)
    check(texts)
    names = [text for text, _ in texts]
    assert any(text.startswith("chance") for text in names) == (chance > 0)
    assert ("not finite from epoch 8" in names) == ("epoch 8" in name)


@pytest.mark.parametrize(
    "scores", [0.9 - 0.5 * 0.8**EPOCHS, np.ones(40), np.where(EPOCHS > 3, NAN, 0.5)]
)
def test_loss_and_scores(scores: np.ndarray, texts: list) -> None:
    loss.draw(EPOCHS, LOSSES["falls"], np.log(2), scores)
    check(texts)
    assert f"best {np.nanmax(scores):.4f}" in [text for text, _ in texts]


def test_without_early_stopping_there_is_no_second_panel() -> None:
    values = LOSSES["falls"]
    without = loss.draw(EPOCHS, values, 2.3)
    assert loss.draw(EPOCHS, values, 2.3, np.full(40, NAN)) == without
    assert size(loss.draw(EPOCHS, values, 2.3, np.ones(40)))[1] > size(without)[1]


def test_a_single_epoch_is_a_dot(texts: list) -> None:
    """Lbfgs has one line, that of its last iteration."""
    drawn = loss.draw(np.array([37.0]), np.array([0.01]), 2.3)
    check(texts)
    assert drawn != loss.draw(np.array([37.0]), np.array([0.1]), 2.3)
    loss.draw(np.array([1.0]), np.array([1.7]), 2.3, np.array([0.5]))
    check(texts)


def test_losses(texts: list) -> None:
    names = [*LOSSES, "a network of a name that has forty letters", "lbfgs"]
    curves = [*LOSSES.values(), LOSSES["falls"]]
    histories = {name: (EPOCHS, curve) for name, curve in zip(names, curves, strict=False)}
    histories["lbfgs"] = (np.array([30.0]), np.array([0.1]))
    losses.draw(histories, 2.3)
    check(texts)
    names = [text for text, _ in texts]
    assert "is infinite, not finite" in names
    assert "is tiny" in names


@pytest.mark.parametrize("rows", [[], [1], [3, 90_000_000]])
def test_calibration(rows: list[int], texts: list) -> None:
    bins = [
        {"low": i / 10, "high": (i + 1) / 10, "rows": n, "confidence": i / 10 + 0.05}
        | {"accuracy": 0.5, "accuracy_low": 0.1, "accuracy_high": 0.9}
        for i, n in enumerate(rows)
    ]
    calibration.draw(bins)
    check(texts)
    assert ("no finite confidence" in [text for text, _ in texts]) == (not rows)


def trials(count: int) -> dict[str, list]:
    rng = np.random.default_rng(0)
    return {
        "candidate": list(range(count)),
        "rung": [1 + i % 2 for i in range(count)],
        "rank": [NAN, *range(1, count)][:count],
        "mean_score": rng.uniform(0.9, 0.95, count).tolist(),
        "alpha": (10 ** rng.uniform(-9, 0, count)).tolist(),
        "momentum": rng.uniform(0.5, 1, count).tolist(),
        "batch_size": [(16, 32, 64, "auto")[i % 4] for i in range(count)],
        "nesterovs_momentum": [i % 2 == 0 for i in range(count)],
        "hidden_layer_sizes": [str([100] * (i % 12 + 1)) for i in range(count)],
        "power_t": [NAN] * count,
    }


@pytest.mark.parametrize("argument", list(trials(0))[4:])
@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_search(count: int, argument: str, texts: list) -> None:
    search.draw(trials(count), argument, "accuracy")
    check(texts)
    names = [text for text, _ in texts]
    assert argument in names
    assert ("no candidate has a score" in names) == (count < 2)


def test_curves_name_each_class_with_its_number() -> None:
    line = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    svg = curves.draw([("a & <b>", 1.0, line), ("c", 0.5, line)], ("x", "y"), line[:2]).decode()
    assert "1.0000 a &amp; &lt;b&gt;" in svg
    assert "0.5000 c" in svg
    assert svg.count("M50.0 206.0L50.0 12.0L244.0 12.0") == 2
    many = np.column_stack([np.linspace(0, 1, 10_000)] * 2)
    assert len(curves.draw([("a", 0.5, many)], ("x", "y"), many[:0])) < 8000


def test_weights_are_pictures_of_their_shape() -> None:
    assert size(weights.draw(np.arange(8.0).reshape(4, 2), [2, 2])) == (7 * 128, 4 * 128)
    assert size(weights.draw(np.ones((784, 130)), [28, 28])) == (291 * 3, 291 * 3)


def colors(png: bytes) -> set[tuple[int, ...]]:
    return {color for _, color in Image.open(io.BytesIO(png)).convert("RGB").getcolors()}


def test_weights_are_red_blue_and_white_and_grey_where_not_finite() -> None:
    """The least is half as far from 0 as the greatest, and half as deep."""
    red, blue, white, grey = (165, 15, 30), (131, 164, 198), (255, 255, 255), (192, 192, 192)
    drawn = weights.draw(np.array([[1.0], [-0.5], [0.0], [NAN]]), [2, 2])
    assert colors(drawn) == {red, blue, white, grey}
    assert colors(weights.draw(np.full((4, 2), INF), [2, 2])) == {grey}
    assert colors(weights.draw(np.zeros((4, 2)), [2, 2])) == {white, grey}


def test_a_row_is_black_where_it_is_greatest() -> None:
    values = np.array([0.0, 5.0, 10.0, NAN, INF, -INF])
    image = Image.open(io.BytesIO(row.draw(values, [2, 3])))
    assert image.size == (126, 84)
    shades = [image.getpixel((21 + 42 * (i % 3), 21 + 42 * (i // 3))) for i in range(6)]
    assert shades == [255, 128, 0, 255, 255, 255]
    assert colors(row.draw(np.ones(6), [2, 3])) == {(255, 255, 255)}
    assert colors(row.draw(np.full(6, NAN), [2, 3])) == {(255, 255, 255)}


def test_a_text_that_is_hidden_or_cut_off_is_seen(texts: list) -> None:
    """The negative control of the checks above."""
    for places in [(10, 10), (10, 12)], [(-5, 10), (10, 50)]:
        figure = canvas.figure(100, 100)
        axes = canvas.axes(figure, 0, 0, 100, 100)
        axes.set_axis_off()
        for place in places:
            canvas.write(axes, *place, "text")
        canvas.encoded(figure)
        with pytest.raises(AssertionError):
            check(texts)
