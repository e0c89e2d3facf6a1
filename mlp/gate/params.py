"""The schema of the section gate in params.yaml: the rules that a change must fulfil."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from mlp.core.section import UNSET, Count, Section, Share, Text, UpToOne, optional
from mlp.core.task import CLASSIFICATION, REGRESSION
from mlp.gate.bounds import Margin
from mlp.gate.metric_rules import MetricRules


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


TIMELESS = (
    "gate.evidence is oof, whose folds are drawn over all times, so nothing judges the newest "
    "rows, which split.time keeps for the test split; gate.evidence: test judges by them."
)


def warnings(gate: "Gate", time: str | None) -> list[str]:
    """Return what a gate does not see, given split.time."""
    return [TIMELESS] if time and gate.evidence == "oof" else []


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
    beats: Annotated[list[Literal["linear", "majority", "mean"]], Field(min_length=1)] = UNSET
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


METRICS = {
    CLASSIFICATION: ("accuracy", "macro_f1", "balanced_accuracy", "log_loss", "brier_score"),
    REGRESSION: ("rmse", "mae", "median_absolute_error", "r2"),
}
FLOORS = {CLASSIFICATION: "majority", REGRESSION: "mean"}
OF_THE_OTHER: dict[
    str, dict[str, str]
] = {  # keys of the section that judge the other task, and what to use instead
    CLASSIFICATION: {},
    REGRESSION: {"significance": "gate.metrics.rmse.significance", "classes": "gate.metrics"},
}


def check_task(gate: Gate, task: str) -> None:
    """Raise ValueError if a key of the section is of the other task."""
    of = f"of a {task} (load.task)"
    for name in type(gate.metrics).model_fields if gate.metrics else ():
        if getattr(gate.metrics, name) is not None and name not in METRICS[task]:
            known = ", ".join(METRICS[task])
            raise ValueError(f"gate.metrics.{name} is no score {of}; it should be one of {known}")
    for floor in gate.beats or ():
        if floor not in {FLOORS[task], "linear"}:
            raise ValueError(
                f"gate.beats names {floor}, which is no floor {of}; use {FLOORS[task]}"
            )
    for key, instead in OF_THE_OTHER[task].items():
        if getattr(gate, key) is not None:
            raise ValueError(f"gate.{key} judges labels, and load.task is {task}; use {instead}")
