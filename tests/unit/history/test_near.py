"""Results that other numeric kernels gave are compared within rounding."""

import json

import pytest

from mlp.history import near

METRICS = {
    "mlp": {"accuracy": 0.95, "n_iter": 100, "verdict": "0.95", "best": [1, 2.5], "none": None}
}


def difference(**changes: object) -> str:
    new = {"mlp": METRICS["mlp"] | changes}
    return near.difference(
        "metrics/mlp.json", json.dumps(METRICS).encode(), json.dumps(new).encode()
    )


def test_metrics_may_differ_by_a_hundredth() -> None:
    assert difference() == ""
    assert difference(accuracy=0.941, n_iter=100.9, verdict="0.94") == ""
    assert difference(accuracy=0.93) == "mlp.accuracy 0.95, rebuilt 0.93"
    assert difference(n_iter=102) == "mlp.n_iter 100, rebuilt 102"
    assert difference(best=[1, 2.6]) == "mlp.best.1 2.5, rebuilt 2.6"


def test_a_metric_that_one_side_lacks_is_a_difference() -> None:
    assert difference(more=1) == "mlp.more nothing, rebuilt 1"
    assert difference(accuracy=None) == "mlp.accuracy 0.95, rebuilt nothing"


def rows(*predicted: object) -> bytes:
    return "\n".join(
        ["row,predicted", *(f"{i},{label}" for i, label in enumerate(predicted)), ""]
    ).encode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (["a"] * 100, ["a"] * 98 + ["b"] * 2, ""),
        (["a"] * 100, ["a"] * 97 + ["b"] * 3, "3 of 100 rows"),
        (["3"] * 100, ["8"] * 100, "100 of 100 rows"),
        ([150.0] * 100, [151.0] * 100, ""),
        ([150.0] * 100, [155.0] * 100, "100 of 100 rows"),
        (["a"] * 100, ["a"] * 90, "10 of 100 rows"),
        (["a"] * 90, ["a"] * 100, "10 of 90 rows"),
    ],
)
def test_a_few_rows_may_have_another_label(old: list[object], new: list[object], said: str) -> None:
    assert near.difference("plots/mlp/predictions.csv", rows(*old), rows(*new)) == said


def test_of_other_files_nothing_is_compared() -> None:
    assert near.difference("model.onnx", b"\x00", b"\x01") == ""
    assert (
        near.difference(
            "plots/mlp/history.csv", b"iteration,loss\n1,2.0\n", b"iteration,loss\n1,3.0\n"
        )
        == ""
    )
    assert (
        near.difference("rows.csv", rows("a"), b"row\n0\n") == "only one has the column predicted"
    )
