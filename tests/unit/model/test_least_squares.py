"""Least squares by iteration are those of the direct solution."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LinearRegression

from mlp.model import least_squares


def test_a_line_by_hand() -> None:
    """Through (0, 1), (1, 3), (2, 5): slope 2, intercept 1."""
    coefficients, intercept = least_squares.fit(np.array([[0.0], [1], [2]]), np.array([1.0, 3, 5]))
    assert coefficients == pytest.approx([2])
    assert intercept == pytest.approx(1)


@pytest.mark.parametrize("kind", [np.asarray, csr_matrix])
@pytest.mark.parametrize("shape", [(200, 20), (40, 90)])
def test_equals_the_direct_solution(shape: tuple[int, int], kind: type) -> None:
    """With more units than rows that is the one of least norm."""
    rng = np.random.default_rng(0)
    values = rng.normal(size=shape) * (rng.random(shape) < 0.5) + 0.3
    target = values[:, 0] - 2 * values[:, 1] + rng.normal(size=len(values)) + 7
    coefficients, intercept = least_squares.fit(kind(values), target)
    direct = LinearRegression().fit(values, target)
    assert coefficients == pytest.approx(direct.coef_, abs=1e-3)
    assert intercept == pytest.approx(direct.intercept_, abs=1e-3)
