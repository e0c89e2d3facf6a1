"""A value of another type may still say what was meant."""

import math

import pytest

from mlp.core.meant import meant


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("list_type", "(50,50)", [50, 50]),
        ("list_type", "(50,)", [50]),
        ("list_type", "50 50", [50, 50]),
        ("list_type", 50, [50]),
        ("list_type", "year", ["year"]),
        ("list_type", "", None),
        ("list_type", {"a": 1}, None),
        ("list_type", "5, " + "1" * 5000, None),
        ("list_type", "1" * 5000, None),
        ("float_type", "10^400", None),
        ("float_type", "0,001", 0.001),
        ("float_type", "0.01", 0.01),
        ("float_type", "1e-3", 0.001),
        ("float_type", "25 %", 0.25),
        ("float_type", "10^-4", 0.0001),
        ("float_type", "10**-4", 0.0001),
        ("float_type", "1,000.5", None),
        ("float_type", "small", None),
        ("float_type", True, None),
        ("int_type", "200", 200),
        ("int_type", "2.5", None),
        ("int_from_float", 1000.0, 1000),
        ("int_from_float", 2.5, None),
        ("int_from_float", math.inf, None),
        ("int_type", "1e999", None),
        ("bool_type", "yes", True),
        ("bool_type", "Off", False),
        ("bool_type", "maybe", None),
        ("string_type", 5, None),
    ],
)
def test_meant(kind: str, value: object, expected: object) -> None:
    assert meant(kind, value) == expected
    assert type(meant(kind, value)) is type(expected)
