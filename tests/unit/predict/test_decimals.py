"""Numbers are written as Python writes them."""

import numpy as np
import pytest

from mlp.predict import decimals


def python(values: list[float]) -> str:
    return ",".join(f"{value:.6f}" for value in values) + "\n"


@pytest.mark.parametrize("classes", [1, 2, 7])
def test_shares_are_rounded_as_by_python(classes: int) -> None:
    values = np.random.default_rng(0).dirichlet(np.ones(classes), 5000)
    assert decimals.shares(values).to_pylist() == [python(row) for row in values.tolist()]


def test_shares_near_half_a_unit_are_rounded_as_by_python() -> None:
    """0.0000005 is stored as a little less, 0.0000015 too; a multiplication makes both exact."""
    halves = (np.arange(20_000) * 50 + 0.5) / 1e6
    ties = np.concatenate([halves, np.nextafter(halves, 0), np.nextafter(halves, 1)])
    edges = [0.0, 1.0, 1 + 2e-16, 5e-324, 0.9999995, 0.99999949999, 0.5, 0.001, 0.0009999999]
    values = np.concatenate([ties, edges])[:, np.newaxis]
    assert decimals.shares(values).to_pylist() == [python(row) for row in values.tolist()]


def test_no_rows() -> None:
    assert decimals.shares(np.empty((0, 3))).to_pylist() == []


def test_numbers_have_the_digits_asked_for() -> None:
    assert decimals.numbers(np.array([1.5, -0.0001, 1e20]), 3).to_pylist() == [
        "1.500\n",
        "-0.000\n",
        "100000000000000000000.000\n",
    ]
