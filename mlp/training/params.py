"""The schema of a network's section in params.yaml.

It holds the keyword arguments of scikit-learn's ``MLPClassifier``, or of ``MLPRegressor`` where
load.task is regression, and our own: ``scale``, ``scale_target`` and ``class_weight``. An argument
that the section omits keeps scikit-learn's default.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

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
from mlp.core.task import CLASSIFICATION, REGRESSION
from mlp.training.size import fits

TASK_KEYS = {  # keys that only this task has
    CLASSIFICATION: {"class_weight"},
    REGRESSION: {"loss", "scale_target"},
}


def _labels_as_text(weights: object) -> object:
    """Turn the integers of YAML into text, as labels are; refuse what may be written otherwise."""
    if not isinstance(weights, dict):
        return weights
    if not weights:
        raise ValueError("should have a weight for a label, such as {rare: 5}")
    if other := [label for label in weights if type(label) not in {int, str}]:
        raise ValueError(f"should have labels as text, {other[0]} in quotes")
    texts = {str(label): weight for label, weight in weights.items()}
    if len(texts) < len(weights):
        raise ValueError("should have each label once, as a number or in quotes")
    return texts


def _kind(weights: object) -> str:
    return "by label" if isinstance(weights, dict) else "name"


ClassWeight = Annotated[
    Annotated[Literal["none", "balanced"], Tag("name")]
    | Annotated[dict[str, Positive], BeforeValidator(_labels_as_text), Tag("by label")],
    Discriminator(_kind),
]


class Network(Section):
    """The arguments of a network, the scaling of its inputs and target, and weights of classes."""

    hidden_layer_sizes: Annotated[list[Count], Field(min_length=1), AfterValidator(fits)]
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
    loss: Literal["squared_error", "poisson"] = optional(
        "Of a regression: the squared error, or the Poisson deviance for counts, from 0."
    )
    scale_target: Literal["none", "standard"] = optional(
        "Of a regression: learn the target at mean 0 and variance 1 (standard), or as it is. A "
        "target far from 0 or of another size than 1 needs it; predictions keep the target's unit."
    )
    class_weight: ClassWeight = optional(
        "Of a classification: how much a training row of each class counts. none; balanced, which "
        "gives each class the same total; or weights by label, such as {rare: 5}, where a label "
        "without one counts 1. A rare class is then found more often, at the cost of common ones, "
        "and probabilities are not calibrated to the shares of the classes. The score of "
        "early_stopping is weighted too. The loss depends on ratios alone; the mean weight divides "
        "the effect of alpha."
    )

    @model_validator(mode="after")
    def _counts_are_not_scaled(self) -> "Network":
        if self.loss == "poisson" and self.scale_target == "standard":
            raise ValueError("scale_target should be none with loss poisson, which is for counts")
        return self


class Linear(Network):
    """A network without a hidden layer: multinomial logistic regression, or linear regression."""

    hidden_layer_sizes: Annotated[list[Count], Field(max_length=0)]


def check_keys(name: str, section: Section, task: str) -> None:
    """Raise ValueError if a section named so has a key of another task."""
    for other, keys in TASK_KEYS.items():
        if other != task and (found := sorted(keys & section.model_fields_set)):
            raise ValueError(
                f"{name}.{found[0]} is for {other}, and load.task is {task}: leave the key out"
            )


def of_network(params: Path, name: str) -> Network:
    """Read the section of a network; raise InputError with a sentence for each wrong key.

    Parameters
    ----------
    params : Path
        params.yaml, in which ``networks`` names the file of the section.
    name : str
    """
    file = params_file.values(params, f"networks.{name}")[0]
    return params_file.read_section(Path(file), name, network_schema(name))


def network_schema(section: str) -> type[Network]:
    """Return the schema of a network's section."""
    return Linear if section == "linear" else Network
