"""P values and numbers in words."""

from mlp.evaluate.statistics import wording


def test_p_values_have_four_decimals_and_are_never_0() -> None:
    assert [wording.p_value(p) for p in (0.0, 9.9e-5, 1e-4, 0.05, 1.0)] == [
        "p < 0.0001",
        "p < 0.0001",
        "p = 0.0001",
        "p = 0.0500",
        "p = 1.0000",
    ]
