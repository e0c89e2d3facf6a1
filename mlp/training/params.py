"""The schema of a network's section in params.yaml.

It holds the keyword arguments of scikit-learn's ``MLPClassifier`` and ``scale``. An argument that
the section omits keeps scikit-learn's default.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from mlp.core import params_file
from mlp.core.section import (
    UNSET,
    BelowOne,
    Count,
    NotNegative,
    Positive,
    Section,
    Seed,
    Share,
    UpToOne,
    optional,
)


class Network(Section):
    """The arguments of ``MLPClassifier``, and the scaling of its inputs."""

    hidden_layer_sizes: Annotated[list[Count], Field(min_length=1)]
    scale: Literal["none", "minmax", "standard"]
    random_state: Seed
    activation: Literal["relu", "tanh", "logistic", "identity"] = UNSET
    solver: Literal["sgd", "adam", "lbfgs"] = UNSET
    alpha: NotNegative = UNSET
    batch_size: Literal["auto"] | Count = UNSET
    learning_rate: Literal["constant", "invscaling", "adaptive"] = UNSET
    learning_rate_init: Positive = UNSET
    power_t: NotNegative = optional("Power of time with learning_rate invscaling.")
    max_iter: Count = UNSET
    shuffle: bool = optional("Shuffle the rows before each epoch.")
    tol: NotNegative = optional("Least gain of loss or score in an epoch.")
    verbose: bool = optional("Print the loss of every epoch.")
    warm_start: bool = optional("No effect here: each network is trained once.")
    momentum: UpToOne = optional("Share of the last step that sgd keeps.")
    nesterovs_momentum: bool = optional("Look ahead with momentum.")
    early_stopping: bool = UNSET
    validation_fraction: Share = optional("Share held back by early_stopping.")
    beta_1: BelowOne = optional("Decay of adam's mean of the gradients.")
    beta_2: BelowOne = optional("Decay of adam's mean of their squares.")
    epsilon: Positive = optional("Keeps adam from dividing by 0.")
    n_iter_no_change: Count = optional("Epochs without gain before it stops.")
    max_fun: Count = optional("Most evaluations of the loss by lbfgs.")


class Linear(Network):
    """A network without a hidden layer: multinomial logistic regression."""

    hidden_layer_sizes: Annotated[list[Count], Field(max_length=0)]


def of_network(params: Path, name: str) -> Network:
    """Read the section of a network; raise InputError with a sentence for each wrong key.

    Parameters
    ----------
    params : Path
        params.yaml, in which ``networks`` names the file of the section.
    name : str
    """
    file = params_file.parse(params)["networks"][name]
    return params_file.read_section(Path(file), name, network_schema(name))


def network_schema(section: str) -> type[Network]:
    """Return the schema of a network's section."""
    return Linear if section == "linear" else Network
