"""Define the sections load and split of params.yaml."""

from itertools import combinations
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, field_validator, model_validator

from mlp.core.section import UNSET, Count, Section, Seed, Share, Text
from mlp.data.dates import date_format

CSV = (".csv", ".csv.gz")
SOURCES = (*CSV, ".parquet", ".py")
NOTHING: Any = Field(default_factory=list)
NO_COLUMNS: Any = Field(default_factory=dict)
Part = Literal["year", "month", "day", "weekday", "yearday", "hour", "elapsed"]
Item = TypeVar("Item")


def _differ(items: list[Item]) -> list[Item]:
    if len(set(items)) < len(items):
        raise ValueError("should hold each item once")
    return items


def _is_a_date_format(form: str) -> str:
    date_format.pattern(form)
    return form


Order = dict[Text, Annotated[list[Text], Field(min_length=2), AfterValidator(_differ)]]
Dates = dict[Text, Annotated[list[Part], Field(min_length=1), AfterValidator(_differ)]]
DateFormats = dict[Text, Annotated[Text, AfterValidator(_is_a_date_format)]]


class Declared(Section):
    """The declared columns, which the file of a model records: see `mlp.core.derived.Derived`."""

    order: Order = NO_COLUMNS
    dates: Dates = NO_COLUMNS
    date_formats: DateFormats = NO_COLUMNS


class Load(Section):
    source: Text
    task: Literal["classification", "regression"]
    target: Text
    drop: list[Text]
    texts: list[Text] = NOTHING
    missing: list[Text | int | float] = NOTHING
    order: Order = NO_COLUMNS
    dates: Dates = NO_COLUMNS
    date_formats: DateFormats = NO_COLUMNS
    categories: Literal["none", "onehot"]
    impute: Literal["none", "mean", "median", "most_frequent"]
    dtype: Literal["float64", "float32"]
    delimiter: Text
    decimal: Literal[".", ","]
    encoding: Text
    max_categories: Annotated[int, Field(ge=2)] | None = UNSET
    image_shape: Annotated[list[Count], Field(min_length=2, max_length=2)] | None = None

    @property
    def gaps(self) -> list[str]:
        """The texts that mark a gap, without spaces around them."""
        return [str(value).strip() for value in self.missing]

    @property
    def decimal_sign(self) -> str:
        """The decimal sign of numbers that are text: `decimal` is that of a CSV file alone."""
        return self.decimal if self.source.endswith(CSV) else "."

    @field_validator("source")
    @classmethod
    def _is_a_file_of_the_project(cls, source: str) -> str:
        path = PurePosixPath(source)
        if path.is_absolute() or ".." in path.parts or "\\" in source or "\0" in source:
            raise ValueError("should be a path inside the project, relative to params.yaml")
        if not source.endswith(SOURCES):
            raise ValueError(f"should be a file that ends in {' or '.join(SOURCES)}")
        return source

    @field_validator("delimiter")
    @classmethod
    def _is_one_character(cls, delimiter: str) -> str:
        if len(delimiter.encode()) != 1 or delimiter in '"\r\n':
            raise ValueError("should be one ASCII character, such as ; or \\t")
        return delimiter

    @field_validator("encoding")
    @classmethod
    def _is_a_text_encoding(cls, encoding: str) -> str:
        try:
            "x".encode(encoding)
        except (LookupError, ValueError):
            raise ValueError(
                "should be a text encoding that Python knows, such as latin-1"
            ) from None
        return encoding

    @model_validator(mode="after")
    def _keys_agree(self) -> "Load":
        if self.delimiter == self.decimal:
            raise ValueError("delimiter and decimal should differ")
        uses = {"drop": self.drop, "texts": self.texts, "order": self.order, "dates": self.dates}
        for key, names in {**uses, "date_formats": self.date_formats}.items():
            if self.target in names:
                raise ValueError(f"{key} should not name {self.target}, the target")
        for one, other in combinations(uses, 2):
            if both := [name for name in uses[one] if name in uses[other]]:
                raise ValueError(f"{one} and {other} both name {both[0]}: take it out of one")
        return self


class Split(Section):
    test_size: Share
    seed: Seed
    stratify: bool
    group: Text | None
    time: Text | None

    @model_validator(mode="after")
    def _one_way_at_most(self) -> "Split":
        ways = {"stratify": self.stratify, "group": self.group, "time": self.time}
        chosen = [way for way, is_chosen in ways.items() if is_chosen]
        if len(chosen) > 1:
            raise ValueError(f"{' and '.join(chosen)} exclude each other: set one of them")
        return self
