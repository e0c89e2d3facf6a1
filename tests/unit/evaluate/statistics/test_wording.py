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


def test_what_a_test_would_have_seen() -> None:
    test = wording.mcnemar(0.05, one_sided=False)
    assert wording.seen(None, "", test) == (
        "no drop would be seen by McNemar's test at level 0.05, two-sided (80 % power)"
    )
    assert wording.seen(0.021, "since main", wording.mcnemar(0.01, one_sided=True)) == (
        "a drop of 2.1 points since main would be seen by McNemar's test at level 0.01, one-sided "
        "(80 % power)"
    )


def test_digits_change_at_round_numbers() -> None:
    found = [wording.number(value) for value in (9e-5, 1e-4, 9999.5, 1e4, 9.5e11, 1e12)]
    assert found == ["9e-05", "0.000100", "9999.500000", "10000.00", "950000000000.00", "1e+12"]
    assert wording.points(0.5) == "50.0 points"
