"""The texts of the figures say what the figures show."""

import numpy as np
from pages import HOSTILE
from regression_pages import predicted, sitter

from mlp.core import residuals
from mlp.core.dataset import Columns, Dataset
from mlp.evaluate.regression import captions, drawing
from mlp.evaluate.subject import Drawn

NAN = np.nan


def alts(drawn: list[Drawn]) -> dict[str, str]:
    return {figure.file: figure.alt for figure in drawn}


def test_alternative_texts_say_the_numbers() -> None:
    """Of 100 rows the first of each five is 3 too high, and the others are 2 too low.

    A squared error of (9 + 4 * 4) / 5 = 5, of a variance of (100**2 - 1) / 12 = 833.25.
    """
    texts = alts(list(drawing.figures(sitter("mlp", predicted()), None)))
    assert list(texts) == [
        "actual.png", "residuals.png", "distribution.png", "loss.png", "inputs.png", "hidden.png",
    ]  # fmt: skip
    assert texts["actual.png"] == (
        "Predicted against actual price of 100 test rows by mlp: R² 0.994, RMSE 2.236; the largest "
        "error is that of row 0, predicted 4 and actual 1."
    )
    assert texts["distribution.png"] == (
        "Distribution of the residuals of mlp: median 2, from -3 to 2; 80.0% are above 0, where the "
        "prediction is too low."
    )
    assert texts["loss.png"] == (
        "Training loss by epoch: mlp ends at 2964, epoch 2, linear ends at 2964, epoch 2; "
        "predicting the mean costs 3126."
    )
    assert texts["hidden.png"] == (
        "100 test rows, coloured by their actual price, along the first two principal components "
        "of the last hidden layer of mlp, which hold 25% of the variance; a linear regression on "
        "all of them has R² 0.25."
    )


def test_residuals_by_half_of_the_predictions() -> None:
    """Of predictions 1 to 4 the lower two have residuals 0 and 10, the upper two 20 and 40."""
    table = {
        "predicted": np.array([1.0, 2.0, 3.0, 4.0, NAN]),
        "residual": np.array([0.0, 10.0, 20.0, 40.0, NAN]),
    }
    start = "Residuals, actual minus predicted, against the predictions of mlp: "
    assert captions.residuals("mlp", table) == (
        f"{start}80 % lie between 1 and 9 where the prediction is at most 2.5, its median, and 80 % "
        "lie between 22 and 38 above it."
    )
    constant = table | {"predicted": np.full(5, 7.0), "residual": np.arange(5.0)}
    assert captions.residuals("mlp", constant) == f"{start}80 % lie between 0.4 and 3.6."


def test_predictions_that_are_not_finite_are_counted() -> None:
    table = predicted()
    some = table | {"residual": np.where(np.arange(100) < 7, NAN, table["residual"])}
    metrics = residuals.scores(table["actual"], np.full(100, NAN))
    text = captions.actual("mlp", "price", some, metrics)
    assert "R² not finite" in text
    assert text.endswith("; not finite: 7 of the predictions.")
    assert captions.distribution("mlp", some["residual"]).endswith(
        "; not finite: 7 of the predictions."
    )
    none = table | {"residual": np.full(100, NAN), "predicted": np.full(100, NAN)}
    assert captions.actual("mlp", "price", none, metrics).endswith("no prediction is finite.")
    assert captions.residuals("mlp", none).endswith("no prediction is finite.")
    assert captions.distribution("mlp", none["residual"]).endswith("none is finite.")


def test_names_from_right_to_left_are_isolated() -> None:
    metrics = {"r2": 0.5, "rmse": 1.0}
    text = captions.actual("mlp", HOSTILE[-2], predicted(), metrics)
    assert f"\u2068{HOSTILE[-2]}\u2069" in text


def test_rows_that_are_pictures_are_drawn() -> None:
    """A layer of one unit is one picture, and one of three is three."""
    weights = {
        name: alts(list(drawing.figures(sitter(name, predicted()), [2, 2])))["weights.png"]
        for name in ("linear", "mlp")
    }
    assert weights["linear"].startswith(
        "Weights of 1 unit of the first layer of linear, drawn as a picture of 2 by 2: "
    )
    assert weights["mlp"].startswith(
        "Weights of 3 units of the first layer of mlp, drawn as pictures"
    )


def test_largest_errors_are_drawn_as_pictures() -> None:
    actual = np.array([1.0, 2.0, 3.0])
    columns = Columns("price", list("abcd"), [], "none")
    test = Dataset(np.arange(12.0).reshape(3, 4), actual, np.array([5, 7, 9]), None, columns)
    rows = [
        {"row": 9, "actual": 3.0, "predicted": NAN, "residual": NAN},
        {"row": 5, "actual": 1.0, "predicted": 235_123.4, "residual": -235_122.4},
    ]
    (drawn,) = drawing.errors("mlp", rows, test, [2, 2])
    assert drawn.file == "errors.png"
    assert drawn.alt == (
        "The largest errors of mlp: row 9, actual 3, predicted not finite; row 5, actual 1, "
        "predicted 235123."
    )
    assert list(drawing.errors("mlp", rows, test, None)) == []
    assert list(drawing.errors("mlp", [], test, [2, 2])) == []
