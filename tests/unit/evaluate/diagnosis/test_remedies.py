"""What is tried for a fault is a key that a section of a network has."""

import itertools

from mlp.evaluate.diagnosis import remedies
from mlp.training.params import Network


def test_every_parameter_to_try_is_a_key_of_a_network() -> None:
    tried = set()
    for solver, scale, activation, hidden, alpha in itertools.product(
        ("sgd", "lbfgs"), ("none", "standard"), ("relu", "logistic"), ([2], [2, 2]), (1e-4, 20.0)
    ):
        arguments = {
            "solver": solver, "scale": scale, "activation": activation, "alpha": alpha,
            "hidden_layer_sizes": hidden, "learning_rate_init": 0.1, "early_stopping": False,
            "max_iter": 10,
        }  # fmt: skip
        for steps in (
            remedies.smaller_steps(arguments, 8.0), remedies.larger_steps(arguments, 8.0),
            remedies.weaker_penalty(arguments), remedies.stronger_penalty(arguments),
            remedies.longer(arguments, None, 1.0), remedies.more_units(arguments, 10),
        ):  # fmt: skip
            tried |= steps.keys()
            assert all(isinstance(text, str) for text in remedies.as_texts(steps).values())
    assert {"learning_rate_init", "scale", "alpha", "max_iter", "hidden_layer_sizes"} <= tried
    assert tried <= Network.model_fields.keys()
