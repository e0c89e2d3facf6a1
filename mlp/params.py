"""The schema of params.yaml: the only statement of which keys there are and what they may hold.

A network's section holds the keyword arguments of scikit-learn's ``MLPClassifier`` plus ``scale``.
An argument that the section leaves out keeps scikit-learn's default.
"""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    create_model,
    field_validator,
    model_validator,
)

Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
UpToOne = Annotated[float, Field(ge=0, le=1)]
BelowOne = Annotated[float, Field(ge=0, lt=1)]
Share = Annotated[float, Field(gt=0, lt=1)]
Count = Annotated[int, Field(ge=1)]
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]
Text = Annotated[str, Field(min_length=1)]
UNSET: Any = Field(default=None)
Scoring = Literal[
    "accuracy", "balanced_accuracy", "f1_macro", "f1_micro", "f1_weighted", "neg_log_loss",
    "neg_brier_score", "precision_macro", "recall_macro", "roc_auc_ovo", "roc_auc_ovr",
]  # fmt: skip


class Section(BaseModel):
    """A section: strict types, no unknown key, no infinite number, frozen."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


class Load(Section):
    source: Text
    target: Text
    image_shape: Annotated[list[Count], Field(min_length=2, max_length=2)] = UNSET

    @field_validator("source")
    @classmethod
    def _is_python_file_of_the_project(cls, source: str) -> str:
        path = PurePosixPath(source)
        if path.is_absolute() or ".." in path.parts or "\\" in source:
            raise ValueError("should be a path inside the project, relative to params.yaml")
        if path.suffix != ".py":
            raise ValueError("should be a Python file (.py) that defines load()")
        return source


class Split(Section):
    test_size: Share
    seed: Seed


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


class Crossval(Section):
    folds: Annotated[int, Field(ge=2)]
    seed: Seed


class Report(Section):
    title: Text
    errors: Annotated[int, Field(ge=0)]


class MetricRule(Section):
    """Bounds of one metric, all inclusive; a drop is a change for the worse by ``direction``."""

    direction: Literal["higher", "lower"]
    min: float = UNSET
    max: float = UNSET
    max_drop: float = UNSET
    max_drop_relative: float = UNSET
    significance: Share = UNSET

    @model_validator(mode="after")
    def _asks_something(self) -> "MetricRule":
        if self.model_fields_set == {"direction"}:
            known = ", ".join(key for key in type(self).model_fields if key != "direction")
            raise ValueError(f"should have one of {known}")
        return self


class ShareRule(MetricRule):
    """Of a metric from 0 to 1, where 2 points are 0.02."""

    direction: Literal["higher"]
    min: UpToOne = UNSET
    max: UpToOne = UNSET
    max_drop: Annotated[float, Field(ge=-1, le=1)] = UNSET


class LossRule(MetricRule):
    direction: Literal["lower"]
    min: NotNegative = UNSET
    max: NotNegative = UNSET


class MetricRules(Section):
    """Rules by the name of the metric."""

    accuracy: ShareRule = UNSET
    macro_f1: ShareRule = UNSET
    log_loss: LossRule = UNSET
    brier_score: LossRule = UNSET


class ClassRules(Section):
    min_support: Count
    min_recall: UpToOne = UNSET
    significance: Share = UNSET

    @model_validator(mode="after")
    def _asks_something(self) -> "ClassRules":
        if self.model_fields_set == {"min_support"}:
            raise ValueError("should have one of min_recall, significance")
        return self


class Budget(Section):
    parameters: Count = UNSET
    model_bytes: Count = UNSET


class Gate(Section):
    """What a change must fulfil; no stage reads it but check."""

    model: Literal["linear", "mlp", "tuned"]
    evidence: Literal["test", "oof"]
    baseline: Annotated[str, Field(pattern=r"^[^\s~^:?*\[\\-][^\s~^:?*\[\\]*$")] = UNSET
    metrics: MetricRules = UNSET
    significance: Share = UNSET
    beats: Annotated[list[Literal["linear", "majority"]], Field(min_length=1)] = UNSET
    classes: ClassRules = UNSET
    budget: Budget = UNSET

    @model_validator(mode="after")
    def _nothing_beats_itself(self) -> "Gate":
        beats = self.beats or []
        if self.model in beats:
            raise ValueError(f"beats should not name {self.model}, the model that is judged")
        if len(set(beats)) < len(beats):
            raise ValueError("beats should name each network once")
        return self


class Distribution(Section):
    """A distribution of ``scipy.stats``, named by its one key, with its bounds."""

    @model_validator(mode="after")
    def _lower_bound_comes_first(self) -> "Distribution":
        ((low, high),) = self.model_dump().values()
        if low >= high:
            raise ValueError("should be [lower bound, upper bound]")
        return self


def _tag(value: object) -> str | None:
    """Return which kind of search value this is, before reading it or (for dumping) after."""
    if isinstance(value, list):
        return "choices"
    keys = type(value).model_fields if isinstance(value, Distribution) else value
    return str(next(iter(keys))) if isinstance(keys, dict) and len(keys) == 1 else None


def _searched(name: str, kind: Any, item: Any) -> Any:
    """Return the type of a searched argument: a list of choices, or one of the distributions."""
    bounds: dict[str, Any] = {}
    if kind is float:
        bounds = {"uniform": item, "loguniform": Annotated[item, Field(gt=0)]}
    elif kind is int or name == "batch_size":
        bounds = {"randint": item if kind is int else Count}
    options: Any = Annotated[list[item], Field(min_length=1), Tag("choices")]
    for key, bound in bounds.items():
        pair: Any = Annotated[list.__class_getitem__(bound), Field(min_length=2, max_length=2)]
        fields: dict[str, Any] = {key: (pair, ...)}
        model: Any = create_model(f"{name}_{key}", __base__=Distribution, **fields)
        options = options | Annotated[model, Tag(key)]
    if not bounds:
        return options
    rule = f"should be a list of choices or one of {', '.join(bounds)} with [low, high]"
    return Annotated[options, Discriminator(_tag, "search_value", rule)]


_ITEMS = {
    name: (field.annotation, Annotated[field.annotation, Field(), *field.metadata])
    for name, field in Network.model_fields.items()
}
if TYPE_CHECKING:  # mypy does not take a class that is made at run time for a type

    class Fixed(Section): ...

    class Space(Section): ...

else:
    Fixed = create_model(
        "Fixed", __base__=Section, **{name: (item, UNSET) for name, (_, item) in _ITEMS.items()}
    )
    Space = create_model(
        "Space",
        __base__=Section,
        **{name: (_searched(name, *item), UNSET) for name, item in _ITEMS.items()},
    )


class Search(Section):
    n_iter: Count
    cv: Annotated[int, Field(ge=2)]
    scoring: Scoring
    seed: Seed
    fixed: Fixed
    space: Space

    @model_validator(mode="after")
    def _every_argument_once(self) -> "Search":
        fixed, searched = self.fixed.model_fields_set, self.space.model_fields_set
        if not searched:
            raise ValueError("space is empty: it should name an argument to search")
        if both := sorted(fixed & searched):
            raise ValueError(f"{both[0]} stands in fixed and in space: it should stand in one")
        needed = {name for name, field in Network.model_fields.items() if field.is_required()}
        if lacking := sorted(needed - fixed - searched):
            raise ValueError(f"{lacking[0]} is missing: it should stand in fixed or in space")
        return self


class Params(Section):
    """The whole of params.yaml."""

    load: Load
    split: Split
    linear: Linear
    mlp: Network
    search: Search
    crossval: Crossval
    report: Report
    gate: Gate
