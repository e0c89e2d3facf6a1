"""Linear least squares with many coefficients, by iteration."""

from typing import Any

import numpy as np
from scipy.sparse.linalg import LinearOperator, lsqr

from mlp.core.files import Floats

STEPS = 100  # at most; fewer steps keep the coefficients smaller
TOLERANCE = 1e-6  # relative, of the residuals


def fit(values: Any, target: Floats) -> tuple[Floats, float]:
    """Return coefficients, shape (units,), and an intercept.

    A direct solution takes the cube of the units. This takes at most 100 products with the values,
    and comes near the solution of least norm where there are more units than rows.

    Parameters
    ----------
    values : ndarray or sparse matrix of float64, shape (rows, units)
    target : ndarray of float64, shape (rows,)

    Notes
    -----
    Paige and Saunders (1982), LSQR, doi:10.1145/355984.355989. The values are centered within the
    products, so that a sparse matrix stays sparse.
    """
    means = np.asarray(values.mean(axis=0)).ravel()
    center = float(target.mean())
    centered = LinearOperator(
        values.shape,
        matvec=lambda coefficients: values @ coefficients - means @ coefficients,
        rmatvec=lambda residuals: values.T @ residuals - means * residuals.sum(),
        dtype=np.float64,
    )
    found = lsqr(centered, target - center, atol=TOLERANCE, btol=TOLERANCE, iter_lim=STEPS)
    coefficients: Floats = found[0]
    return coefficients, center - float(means @ coefficients)
