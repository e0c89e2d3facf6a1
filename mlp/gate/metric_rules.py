"""The schema of gate.metrics in params.yaml: the bounds and tests of each metric."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from mlp.core.section import UNSET, AtMostOne, NotNegative, Section, Share, UpToOne, optional
from mlp.gate.bounds import AccuracyBound, LossBound, Margin, R2Bound, RmseBound, ShareBound


class MetricRule(Section):
    """Bounds of one metric, all inclusive; a drop is a change for the worse by ``direction``."""

    direction: Literal["higher", "lower"]
    min: float | Margin = optional("Least value.")
    max: float | Margin = optional("Greatest value.")
    max_drop: float = optional("Most that it may get worse, a bare difference of two model files.")
    max_drop_relative: float = optional("max_drop as a share of the baseline.")
    significance: Share = optional("Fail where it got worse by more than luck explains.")
    not_worse_than: NotNegative = optional(
        "Fail unless the data show, at the confidence below, that it is not worse by more."
    )
    confidence: Share = optional("Of not_worse_than, for example 0.95.")
    RELATIVE: ClassVar[str] = "max"  # the bound that takes a margin: that of worse values

    @field_validator("min", "max", mode="before")
    @classmethod
    def _other_bound_is_a_number(cls, bound: Any, info: ValidationInfo) -> Any:
        if isinstance(bound, dict) and info.field_name != cls.RELATIVE:
            raise ValueError(f"should be a number; {cls.RELATIVE} can be relative to the table")
        return bound

    @model_validator(mode="after")
    def _confidence_has_a_margin(self) -> "MetricRule":
        if (self.not_worse_than is None) != (self.confidence is None):
            raise ValueError("should have not_worse_than and confidence together, or neither")
        return self

    @model_validator(mode="after")
    def _asks_something(self) -> "MetricRule":
        if self.model_fields_set == {"direction"}:
            known = ", ".join(key for key in type(self).model_fields if key != "direction")
            raise ValueError(f"should have one of {known}")
        return self


class ShareRule(MetricRule):
    """Bounds of a metric from 0 to 1, where 2 points are 0.02."""

    RELATIVE: ClassVar[str] = "min"

    direction: Literal["higher"]
    min: ShareBound = UNSET
    max: UpToOne = optional("Greatest value.")
    max_drop: Annotated[float, Field(ge=-1, le=1)] = optional(
        "Most that it may get worse, such as 0.02 for 2 points; below 0, the least that it must "
        "improve. A bare difference of two model files: on most tables luck alone passes it often."
    )


class AccuracyRule(ShareRule):
    min: AccuracyBound = UNSET


class LossRule(MetricRule):
    direction: Literal["lower"]
    min: NotNegative = optional("Least value.")
    max: LossBound = optional("Greatest value, or {linear: 0.01}: the metric of linear plus 0.01.")


class ErrorRule(MetricRule):
    """Bounds of an error in the target's unit."""

    direction: Annotated[Literal["lower"], Field(description="Less is better.")]
    min: NotNegative = optional("Least value.")
    max: LossBound = optional("Greatest value, or {linear: 0.5}: the metric of linear plus 0.5.")


class RmseRule(ErrorRule):
    max: RmseBound = optional(
        "Greatest value, or a margin: {linear: 0.5} is the RMSE of linear plus 0.5, {mean: -5} "
        "that of predicting the mean less 5."
    )


class R2Rule(MetricRule):
    RELATIVE: ClassVar[str] = "min"
    direction: Annotated[Literal["higher"], Field(description="More is better.")]
    min: R2Bound = optional("Least value, or {linear: 0.01}: the R² of linear plus 0.01.")
    max: AtMostOne = optional("Greatest value.")


class MetricRules(Section):
    """Rules by the name of the metric."""

    accuracy: AccuracyRule = UNSET
    macro_f1: ShareRule = optional("Bounds as of accuracy.")
    balanced_accuracy: ShareRule = optional(
        "Bounds as of macro_f1. The mean recall of the classes, for classes of unequal size."
    )
    log_loss: LossRule = optional("Bounds as of brier_score.")
    brier_score: LossRule = UNSET
    rmse: RmseRule = optional("Of a regression: the root mean squared error, in its unit.")
    mae: ErrorRule = optional("Of a regression: the mean absolute error. Bounds as of rmse.")
    median_absolute_error: ErrorRule = optional("Of a regression. Bounds as of mae.")
    r2: R2Rule = optional("Of a regression: the share of the variance that it explains.")
