"""Few values of an argument are choices, in the order that they have as numbers or as words."""

from typing import Any

import pytest

from mlp.figures.argument_axis import scale


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([1.31165, 65.8133, 0.920923], ["0.920923", "1.31165", "65.8133"]),
        ([200, 32, 64, 32], ["32", "64", "200"]),
        ([True, False], ["true", "false"]),
        ([[100], [20]], ["[20]", "[100]"]),
        (["tanh", "relu"], ["relu", "tanh"]),
    ],
)
def test_order_of_choices(values: list[Any], texts: list[str]) -> None:
    assert scale(values, 200).texts == texts
