"""The schema of the section search in params.yaml: what is searched, and how."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, create_model, model_validator

from mlp.network_params import Network
from mlp.section import UNSET, Count, Section, Seed

Scoring = Literal[
    "accuracy", "balanced_accuracy", "f1_macro", "f1_micro", "f1_weighted", "neg_log_loss",
    "neg_brier_score", "precision_macro", "recall_macro", "roc_auc_ovo", "roc_auc_ovr",
]  # fmt: skip


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
