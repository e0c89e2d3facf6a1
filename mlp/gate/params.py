"""The schema of the section gate in params.yaml: the rules that a change must fulfil."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from mlp.core.section import UNSET, Count, NotNegative, Section, Share, Text, UpToOne, optional
from mlp.gate.bounds import AccuracyBound, LossBound, Margin, ShareBound


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


class MetricRules(Section):
    """Rules by the name of the metric."""

    accuracy: AccuracyRule = UNSET
    macro_f1: ShareRule = optional("Bounds as of accuracy.")
    balanced_accuracy: ShareRule = optional(
        "Bounds as of macro_f1. The mean recall of the classes, for classes of unequal size."
    )
    log_loss: LossRule = optional("Bounds as of brier_score.")
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
    """The rules that a change must fulfil; of all stages, only check reads them."""

    model: Text
    evidence: Literal["test", "oof"]
    question: Literal["configuration", "file"]
    repeats: Annotated[int, Field(ge=2)]
    baseline: Annotated[str, Field(pattern=r"^[^\s~^:?*\[\\-][^\s~^:?*\[\\]*$")] = UNSET
    accept_new_data: Annotated[str, Field(pattern=r"^data-[0-9a-f]{12}$")] = optional(
        "Where the baseline has other rows, judge by the absolute rules and beats alone, if the "
        "data now are those named here. `mlp gate` prints the name, such as data-3f2a9c81d0b7; "
        "with any other data the line is ignored."
    )
    metrics: MetricRules = UNSET
    significance: Share = UNSET
    beats: Annotated[list[Literal["linear", "majority"]], Field(min_length=1)] = UNSET
    classes: ClassRules = UNSET
    budget: Budget = UNSET

    @model_validator(mode="after")
    def _no_margin_is_over_itself(self) -> "Gate":
        for name in type(self.metrics).model_fields if self.metrics else ():
            rule = getattr(self.metrics, name)
            bounds = (rule.min, rule.max) if rule else ()
            if self.model == "linear" and any(isinstance(bound, Margin) for bound in bounds):
                raise ValueError(
                    f"metrics.{name} should not be relative to linear, the model that is judged"
                )
        return self

    @model_validator(mode="after")
    def _nothing_beats_itself(self) -> "Gate":
        beats = self.beats or []
        if self.model in beats:
            raise ValueError(f"beats should not name {self.model}, the model that is judged")
        if len(set(beats)) < len(beats):
            raise ValueError("beats should name each network once")
        return self
