"""Arguments of a network that others make ineffective, by scikit-learn's documentation."""

from collections.abc import Iterator, Mapping
from typing import Any

# The values of other arguments that an argument needs to have an effect.
NEEDS: dict[str, Mapping[str, tuple[Any, ...]]] = {
    "learning_rate": {"solver": ("sgd",)},
    "learning_rate_init": {"solver": ("sgd", "adam")},
    "power_t": {"solver": ("sgd",), "learning_rate": ("invscaling",)},
    "momentum": {"solver": ("sgd",)},
    "nesterovs_momentum": {"solver": ("sgd",)},
    "beta_1": {"solver": ("adam",)},
    "beta_2": {"solver": ("adam",)},
    "epsilon": {"solver": ("adam",)},
    "batch_size": {"solver": ("sgd", "adam")},
    "shuffle": {"solver": ("sgd", "adam")},
    "early_stopping": {"solver": ("sgd", "adam")},
    "validation_fraction": {"early_stopping": (True,)},
    "n_iter_no_change": {"solver": ("sgd", "adam")},
    "max_fun": {"solver": ("lbfgs",)},
}


def sentences(network: Any) -> Iterator[str]:
    """Yield a sentence for each argument that differs from its default and has no effect.

    Parameters
    ----------
    network : MLPClassifier or MLPRegressor

    Notes
    -----
    https://scikit-learn.org/stable/modules/generated/sklearn.neural_network.MLPClassifier.html
    """
    arguments, default = network.get_params(), type(network)().get_params()
    for name, needs in NEEDS.items():
        if arguments[name] == default[name]:
            continue
        for other, values in needs.items():
            if arguments[other] not in values:
                wanted = " or ".join(str(value).lower() for value in values)
                has = str(arguments[other]).lower()
                yield f"{name} has no effect: {other} is {has}, and it needs {wanted}."
                break
