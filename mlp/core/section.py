"""Define the base class of every section of params.yaml, and the types of their values."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
AtMostOne = Annotated[float, Field(le=1)]
UpToOne = Annotated[float, Field(ge=0, le=1)]
BelowOne = Annotated[float, Field(ge=0, lt=1)]
Share = Annotated[float, Field(gt=0, lt=1)]
Count = Annotated[int, Field(ge=1)]
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]
Text = Annotated[str, Field(min_length=1)]
UNSET: Any = Field(default=None)


def optional(meaning: str) -> Any:
    """Return the default of a key that params.yaml may leave out, with the meaning to document."""
    return Field(default=None, description=meaning)


class Section(BaseModel):
    """A section: frozen, with strict types, no unknown keys and only finite numbers."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)
