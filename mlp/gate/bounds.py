"""The schema of a bound of a metric: a number, or a margin over a value of the table."""

from typing import Annotated

from pydantic import Discriminator, Field, Tag, model_validator

from mlp.core.section import UNSET, AtMostOne, NotNegative, Section, UpToOne


class Margin(Section):
    """A bound that is relative to the table: the metric of linear plus a margin."""

    linear: float = UNSET

    @model_validator(mode="after")
    def _names_one(self) -> "Margin":
        if len(self.model_fields_set) != 1:
            raise ValueError(f"should have one of {', '.join(type(self).model_fields)}")
        return self


class ShareMargin(Margin):
    """A margin from -1 to 1, where 2 points are 0.02."""

    linear: Annotated[float, Field(ge=-1, le=1)] = UNSET


class AccuracyMargin(ShareMargin):
    """Relative to the share of the commonest class, or to the accuracy of linear."""

    majority: Annotated[float, Field(ge=-1, le=1)] = UNSET


class RmseMargin(Margin):
    """Relative to the RMSE of predicting the mean, or to that of linear."""

    mean: float = UNSET


def _tag(value: object) -> str:
    """Return the kind of a bound, either raw or (for dumping) validated."""
    return "margin" if isinstance(value, dict | Margin) else "number"


_KIND = Discriminator(_tag)
ShareBound = Annotated[
    Annotated[UpToOne, Tag("number")] | Annotated[ShareMargin, Tag("margin")], _KIND
]
AccuracyBound = Annotated[
    Annotated[UpToOne, Tag("number")] | Annotated[AccuracyMargin, Tag("margin")], _KIND
]
LossBound = Annotated[
    Annotated[NotNegative, Tag("number")] | Annotated[Margin, Tag("margin")], _KIND
]
RmseBound = Annotated[
    Annotated[NotNegative, Tag("number")] | Annotated[RmseMargin, Tag("margin")], _KIND
]
R2Bound = Annotated[Annotated[AtMostOne, Tag("number")] | Annotated[Margin, Tag("margin")], _KIND]
