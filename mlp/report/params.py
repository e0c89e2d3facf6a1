"""The schema of the section report in params.yaml."""

from typing import Annotated

from pydantic import Field

from mlp.core.section import Section, Text


class Report(Section):
    title: Text
    errors: Annotated[int, Field(ge=0)]
