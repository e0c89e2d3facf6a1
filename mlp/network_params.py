"""The schema of a network's section in params.yaml.

It holds the keyword arguments of scikit-learn's ``MLPClassifier`` plus ``scale``. An argument that
the section leaves out keeps scikit-learn's default.
"""

from typing import Annotated, Literal

from pydantic import Field

from mlp.section import UNSET, BelowOne, Count, NotNegative, Positive, Section, Seed, Share, UpToOne


class Network(Section):
    """The arguments of ``MLPClassifier``, and how the features are scaled before it."""

    hidden_layer_sizes: Annotated[list[Count], Field(min_length=1)]
    scale: Literal["none", "minmax", "standard"]
    random_state: Seed
    activation: Literal["relu", "tanh", "logistic", "identity"] = UNSET
    solver: Literal["sgd", "adam", "lbfgs"] = UNSET
    alpha: NotNegative = UNSET
    batch_size: Literal["auto"] | Count = UNSET
    learning_rate: Literal["constant", "invscaling", "adaptive"] = UNSET
    learning_rate_init: Positive = UNSET
    power_t: NotNegative = UNSET
    max_iter: Count = UNSET
    shuffle: bool = UNSET
    tol: NotNegative = UNSET
    verbose: bool = UNSET
    warm_start: bool = UNSET
    momentum: UpToOne = UNSET
    nesterovs_momentum: bool = UNSET
    early_stopping: bool = UNSET
    validation_fraction: Share = UNSET
    beta_1: BelowOne = UNSET
    beta_2: BelowOne = UNSET
    epsilon: Positive = UNSET
    n_iter_no_change: Count = UNSET
    max_fun: Count = UNSET


class Linear(Network):
    """A network without a hidden layer: multinomial logistic regression."""

    hidden_layer_sizes: Annotated[list[Count], Field(max_length=0)]


def network_schema(section: str) -> type[Network]:
    """Return the schema of a network's section."""
    return Linear if section == "linear" else Network
