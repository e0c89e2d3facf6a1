"""Quantiles of Student's t are those of scipy.stats."""

import math

import pytest
from scipy.stats import t

from mlp.evaluate.statistics import student


@pytest.mark.parametrize("df", [1, 2, 3, 4, 5, 10, 44, 999, 1000, 1001, 5000])
@pytest.mark.parametrize("p", [0.05, 0.6, 0.9, 0.975, 0.9999])
def test_quantile_is_that_of_scipy(df: int, p: float) -> None:
    assert student.quantile(p, df) == pytest.approx(t.ppf(p, df), rel=1e-7)


@pytest.mark.parametrize("df", [1001, 5000])
def test_two_terms_of_the_series_are_enough(df: int) -> None:
    assert student.quantile(0.975, df) == pytest.approx(t.ppf(0.975, df), rel=3e-9)


def test_the_middle_and_no_freedom() -> None:
    assert student.quantile(0.5, 7) == pytest.approx(0, abs=1e-12)
    assert math.isnan(student.quantile(0.975, 0))


@pytest.mark.parametrize("df", [1, 2, 7, 1000, 1001, 5000])
@pytest.mark.parametrize("value", [-2.5, 0.0, 0.3, 4.0])
def test_two_sided_is_that_of_scipy(value: float, df: int) -> None:
    """With many degrees it is the normal distribution's, which differs by their number at most."""
    found = student.two_sided(value, df)
    assert found == pytest.approx(2 * t.sf(abs(value), df), rel=1e-7 if df <= student.MANY else 0.1)
    assert student.two_sided(value, 0) == 1.0
