"""The schema of the section search in params.yaml."""

from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import Discriminator, Field, Tag, create_model, model_validator

from mlp.core.section import UNSET, Count, Section, Seed
from mlp.core.task import CLASSIFICATION, REGRESSION
from mlp.training.params import Network, check_keys

LabelScoring = Literal[  # scikit-learn's scorers of labels that are text, of two classes or more
    "accuracy", "adjusted_mutual_info_score", "adjusted_rand_score", "average_precision",
    "balanced_accuracy", "completeness_score", "d2_brier_score", "d2_log_loss_score", "f1_macro",
    "f1_micro", "f1_weighted", "fowlkes_mallows_score", "homogeneity_score", "jaccard_macro",
    "jaccard_micro", "jaccard_weighted", "matthews_corrcoef", "mutual_info_score",
    "neg_brier_score", "neg_log_loss", "neg_negative_likelihood_ratio",
    "normalized_mutual_info_score", "positive_likelihood_ratio", "precision_macro",
    "precision_micro", "precision_weighted", "rand_score", "recall_macro", "recall_micro",
    "recall_weighted", "roc_auc", "roc_auc_ovo", "roc_auc_ovo_weighted", "roc_auc_ovr",
    "roc_auc_ovr_weighted", "top_k_accuracy", "v_measure_score",
]  # fmt: skip
NumberScoring = Literal[  # its scorers of numbers
    "d2_absolute_error_score", "explained_variance", "neg_max_error",
    "neg_mean_absolute_error", "neg_mean_absolute_percentage_error", "neg_mean_gamma_deviance",
    "neg_mean_poisson_deviance", "neg_mean_squared_error", "neg_mean_squared_log_error",
    "neg_median_absolute_error", "neg_root_mean_squared_error",
    "neg_root_mean_squared_log_error", "r2",
]  # fmt: skip
SCORES = {CLASSIFICATION: get_args(LabelScoring), REGRESSION: get_args(NumberScoring)}
MOST_FITS = 1_000_000  # which already take hours, and memory for the record of each
USUAL = {CLASSIFICATION: "accuracy or balanced_accuracy", REGRESSION: "r2"}


def check_task(search: "Search", task: str) -> None:
    """Raise ValueError if a key of the section is of the other task."""
    if search.scoring not in SCORES[task]:
        raise ValueError(
            f"search.scoring is {search.scoring}, which does not score a {task} (load.task); try "
            f"{USUAL[task]}"
        )
    for name, section in {"fixed": search.fixed, "space": search.space}.items():
        check_keys(f"search.{name}", section, task)


class Distribution(Section):
    """A distribution of ``scipy.stats``: its only key is the name, the value holds its bounds."""

    @model_validator(mode="after")
    def _lower_bound_comes_first(self) -> "Distribution":
        ((low, high),) = self.model_dump().values()
        if low >= high:
            raise ValueError(f"the first of [{low:g}, {high:g}] should be below the second")
        return self


def _tag(value: object) -> str | None:
    """Return the kind of a search value, either raw or (for dumping) validated."""
    if isinstance(value, list):
        return "choices"
    keys = type(value).model_fields if isinstance(value, Distribution) else value
    return str(next(iter(keys))) if isinstance(keys, dict) and len(keys) == 1 else None


def _searched(name: str, kind: Any, item: Any) -> Any:
    """Return the type of a searched argument: a list of choices or a distribution."""
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
if TYPE_CHECKING:  # mypy does not accept a class that is made at run time as a type

    class Fixed(Section):
        max_iter: int

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
    strategy: Literal["random", "halving"]
    n_iter: Count
    cv: Annotated[int, Field(ge=2)]
    repeats: Count
    scoring: LabelScoring | NumberScoring
    seed: Seed
    fixed: Fixed
    space: Space

    @model_validator(mode="after")
    def _every_argument_once(self) -> "Search":
        fixed, searched = self.fixed.model_fields_set, self.space.model_fields_set
        if not searched:
            raise ValueError("space is empty: it should name an argument to search")
        if both := sorted(fixed & searched):
            raise ValueError(f"{both[0]} appears in fixed and in space: it should appear in one")
        needed = {name for name, field in Network.model_fields.items() if field.is_required()}
        if lacking := sorted(needed - fixed - searched):
            raise ValueError(f"{lacking[0]} is missing: it should appear in fixed or in space")
        if (fits := self.n_iter * self.cv * self.repeats) > MOST_FITS:
            raise ValueError(
                f"n_iter x cv x repeats is {fits} fits; it should be at most {MOST_FITS}"
            )
        if self.strategy == "halving" and "max_iter" not in fixed:
            raise ValueError(
                "max_iter should appear in fixed: strategy halving divides it among its rungs"
            )
        return self
