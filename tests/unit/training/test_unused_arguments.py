"""Arguments without effect are named, and no others."""

from typing import Any

import numpy as np
import pytest
from samples import numeric
from sklearn.datasets import make_classification

from mlp.training import unused_arguments
from mlp.training.fit import fit

FEATURES, CLASSES = make_classification(
    300, 6, n_informative=4, n_classes=3, n_clusters_per_class=1, random_state=0
)
LABELS = np.array(["a", "b", "c"], dtype=object)[CLASSES]
SECTION = {"hidden_layer_sizes": [8], "scale": "none", "random_state": 0, "max_iter": 30}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            {"solver": "adam", "momentum": 0.5},
            "momentum has no effect: solver is adam, and it needs sgd.",
        ),
        (
            {"solver": "lbfgs", "early_stopping": True},
            "early_stopping has no effect: solver is lbfgs, and it needs sgd or adam.",
        ),
        (
            {"solver": "sgd", "power_t": 0.3},
            "power_t has no effect: learning_rate is constant, and it needs invscaling.",
        ),
        (
            {"validation_fraction": 0.2},
            "validation_fraction has no effect: early_stopping is false, and it needs true.",
        ),
        ({"max_fun": 10}, "max_fun has no effect: solver is adam, and it needs lbfgs."),
    ],
)
def test_an_argument_without_effect_is_said(arguments: dict[str, Any], sentence: str) -> None:
    assert fit(SECTION | arguments, numeric(FEATURES, LABELS)).warned == [sentence]


def test_what_is_said_to_have_no_effect_has_none_and_the_rest_has() -> None:
    """Each argument, at another value, changes the weights exactly if no sentence names it."""
    other = {
        "learning_rate": "adaptive", "learning_rate_init": 0.02, "power_t": 0.3, "momentum": 0.5,
        "nesterovs_momentum": False, "beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-3,
        "batch_size": 32, "shuffle": False, "early_stopping": True, "n_iter_no_change": 2,
        "max_fun": 3,
    }  # fmt: skip
    assert set(other) == set(unused_arguments.NEEDS) - {"validation_fraction"}
    base = SECTION | {"tol": 0.02, "max_iter": 60, "learning_rate_init": 0.01}
    for solver in ("sgd", "adam", "lbfgs"):
        rows = numeric(FEATURES, LABELS)
        usual = fit(base | {"solver": solver, "learning_rate_init": 0.001}, rows)
        for name, value in other.items():
            section = base | {"solver": solver, "learning_rate_init": 0.001} | {name: value}
            changed = fit(section, rows)
            same = all(
                np.array_equal(a, b)
                for a, b in zip(
                    usual.pipeline["mlp"].coefs_, changed.pipeline["mlp"].coefs_, strict=True
                )
            )
            named = any(sentence.startswith(f"{name} has no effect") for sentence in changed.warned)
            assert same or not named, (solver, name)
            if name not in {"learning_rate", "power_t"}:  # adaptive acts late
                assert named or not same, (solver, name)
