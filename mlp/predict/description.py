"""The schema of the metadata of a model file, to refuse files of other origin."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Range = Annotated[list[float], Field(min_length=2, max_length=2)]


class Part(BaseModel):
    """A part of the metadata; it may hold more than its readers need."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", allow_inf_nan=False)


class Columns(Part):
    """See `mlp.model.metadata.columns`."""

    target: str
    impute: Literal["none", "mean", "median", "most_frequent"]
    numbers: dict[str, Range | None]
    texts: dict[str, list[str]]
    missing: list[str] = []
    max_categories: Annotated[int, Field(ge=1)] | None = None


class Training(Part):
    """See `mlp.model.metadata.summary`."""

    rows: Annotated[int, Field(ge=1)]
    arguments: dict[str, Any]


class TargetValues(Part):
    """See `mlp.model.regression.metadata`."""

    mean: float
    median: float
    deviation: Annotated[float, Field(ge=0)]
    low: float
    high: float


class Common(Part):
    """See `mlp.model.metadata.of`."""

    columns: Columns
    converged: bool
    diverged: bool
    parameters: Annotated[int, Field(ge=0)]
    training: Training
    warnings: list[str]


class OfClassifier(Common):
    """See `mlp.model.classification.metadata`."""

    classes: Annotated[list[str], Field(min_length=1)]
    majority: str


class OfRegressor(Common):
    """See `mlp.model.regression.metadata`."""

    target_values: TargetValues
