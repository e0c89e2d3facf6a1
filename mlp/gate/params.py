"""The schema of the section gate in params.yaml: the rules that a change must fulfil."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from mlp.core.section import UNSET, Count, NotNegative, Section, Share, Text, UpToOne, optional


class MetricRule(Section):
    """Bounds of one metric, all inclusive; a drop is a change for the worse by ``direction``."""

    direction: Literal["higher", "lower"]
    min: float = optional("Least value.")
    max: float = optional("Greatest value.")
    max_drop: float = optional("Most that it may get worse, inclusive.")
    max_drop_relative: float = optional("max_drop as a share of the baseline.")
    significance: Share = optional("Fail where it got worse by more than luck explains.")

    @model_validator(mode="after")
    def _asks_something(self) -> "MetricRule":
        if self.model_fields_set == {"direction"}:
            known = ", ".join(key for key in type(self).model_fields if key != "direction")
            raise ValueError(f"should have one of {known}")
        return self


class ShareRule(MetricRule):
    """Bounds of a metric from 0 to 1, where 2 points are 0.02."""

    direction: Literal["higher"]
    min: UpToOne = UNSET
    max: UpToOne = optional("Greatest value.")
    max_drop: Annotated[float, Field(ge=-1, le=1)] = UNSET


class LossRule(MetricRule):
    direction: Literal["lower"]
    min: NotNegative = optional("Least value.")
    max: NotNegative = optional("Greatest value.")


class MetricRules(Section):
    """Rules by the name of the metric."""

    accuracy: ShareRule = UNSET
    macro_f1: ShareRule = optional("Bounds as of accuracy.")
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
