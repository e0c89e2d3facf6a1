"""Wide one-hot inputs are learned from a sparse matrix, with the same result to rounding."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse
from samples import mixed, numeric, worded

from mlp.core.dataset import Dataset
from mlp.training import sparse
from mlp.training.fit import fit

SECTION = {"hidden_layer_sizes": [8], "scale": "standard", "random_state": 0, "max_iter": 30}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (worded(900, 498), False),  # with the number 499 inputs
        (worded(900, 499), True),
        (worded(900, 600, 499), True),
        (worded(900, 600, 498), False),
        (mixed(300), False),
        (numeric(np.zeros((3, 600)), np.array(["a", "b", "a"], dtype=object)), False),
    ],
)
def test_the_rule(rows: Dataset, expected: bool) -> None:  # noqa: FBT001 - drawn by name
    assert sparse.is_sparse(rows) is expected


def test_many_numbers_beside_texts_stay_dense() -> None:
    """540 inputs, of which a row sets 61."""
    whole = worded(600, 480)
    numbers = [f"x{i}" for i in range(60)]
    frame = whole.features[["u"]].assign(**dict.fromkeys(numbers, 1.0))[[*numbers, "u"]]
    columns = replace(whole.columns, numbers=numbers)
    assert not sparse.is_sparse(replace(whole, features=frame, columns=columns))


@pytest.mark.parametrize("solver", ["sgd", "adam"])
@pytest.mark.parametrize("early_stopping", [False, True])
@pytest.mark.parametrize("target", ["labels", "numbers"])
def test_equals_a_dense_matrix(
    solver: str,
    early_stopping: bool,  # noqa: FBT001 - drawn by name
    target: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = worded(1200, 600)
    if target == "numbers":
        rows = replace(rows, target=np.where(rows.target == "yes", 1.0, 0.0))
    section = SECTION | {"solver": solver, "early_stopping": early_stopping}
    fitted = fit(section, rows)
    assert scipy.sparse.issparse(fitted.pipeline[:-1].transform(rows.features))
    again = fit(section, rows)
    monkeypatch.setattr(sparse, "LEAST", 10**9)
    dense = fit(section, rows)
    assert isinstance(dense.pipeline[:-1].transform(rows.features), np.ndarray)
    assert fitted.outputs == pytest.approx(dense.outputs, abs=1e-12)
    assert (fitted.outputs == again.outputs).all()
