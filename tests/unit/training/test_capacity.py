"""Networks that no file or memory can hold are refused before they are trained."""

from collections import namedtuple

import numpy as np
import psutil
import pytest
from samples import mixed, numeric

from mlp.core.errors import InputError
from mlp.training import capacity, size
from mlp.training.fit import fit


def test_weights_are_counted_as_scikit_learn_makes_them() -> None:
    section = {"hidden_layer_sizes": [5, 4], "scale": "none", "random_state": 0, "max_iter": 2}
    rows = mixed(60, impute="none")
    network = fit(section, rows).pipeline["mlp"]
    made = sum(array.size for array in (*network.coefs_, *network.intercepts_))
    inputs, outputs = capacity._ends(rows)  # noqa: SLF001 - what the sentence tells
    assert (inputs, outputs) == (3 + 3 + 3, 1)
    assert size.weights([inputs, 5, 4, outputs]) == made


@pytest.mark.parametrize("inputs", [1, 10, 2000])
def test_what_would_fit_fits_and_one_unit_more_does_not(inputs: int) -> None:
    sentence = size.limit([7, 7], inputs, 3)
    units = int(sentence.split("[")[1].split(",")[0])
    assert size.weights([inputs, units, units, 3]) <= size.MOST
    assert size.weights([inputs, units + 1, units + 1, 3]) > size.MOST


def test_the_rows_decide() -> None:
    rows = numeric(np.zeros((10, 1000)), np.array(["a", "b"] * 5, dtype=object))
    capacity.check("mlp", {"hidden_layer_sizes": [200_000]}, rows)
    with pytest.raises(InputError) as caught:
        capacity.check("mlp", {"hidden_layer_sizes": [300_000]}, rows)
    assert str(caught.value) == (
        "mlp.hidden_layer_sizes is [300000], which makes 300600001 weights from 1000 inputs to 1 "
        "outputs; a model file holds at most 268435456; [267899] would fit."
    )


def test_the_solver_decides_how_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = namedtuple("memory", "available")  # noqa: PYI024 - as psutil's
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory(8 * 10**9))
    rows = numeric(np.zeros((10, 1000)), np.array(["a", "b"] * 5, dtype=object))
    section = {"hidden_layer_sizes": [150_000]}
    capacity.check_memory("mlp", {**section, "solver": "sgd"}, rows)
    with pytest.raises(
        InputError,
        match=r"^mlp.hidden_layer_sizes is \[150000\], for which solver lbfgs needs about 30 GB of memory, and 8 GB are free;",
    ):
        capacity.check_memory("mlp", {**section, "solver": "lbfgs"}, rows)
