"""The schemas of what params.yaml says of evidence."""

from typing import Annotated

from pydantic import Field

from mlp.core.section import Section, Seed


class Crossval(Section):
    folds: Annotated[int, Field(ge=2)]
    seed: Seed
