"""Record how features are made of columns of dates, and of texts that have an order."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Derived:
    """The columns of which features are made before a network sees them.

    Attributes
    ----------
    order : mapping of str to sequence of str
        By column, its texts from low to high; the feature is the place of the text, from 0.
    dates : mapping of str to sequence of str
        By column, the parts of a date that are features: see `mlp.data.dates.date_parts`.
    date_formats : mapping of str to str
        By column of dates, how they are written: see `mlp.data.dates.date_format`. Others are
        written as in ISO 8601.
    """

    order: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dates: Mapping[str, Sequence[str]] = field(default_factory=dict)
    date_formats: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The columns of which features are made."""
        return [*self.order, *self.dates]

    def features(self, column: str) -> list[str]:
        """Return the names of the features of a column.

        >>> Derived(dates={"when": ["year", "hour"]}).features("when")
        ['when.year', 'when.hour']
        >>> Derived().features("price")
        ['price']
        """
        return [f"{column}.{part}" for part in self.dates.get(column, ())] or [column]

    def source(self, feature: str) -> str:
        """Return the column that a feature comes from.

        >>> Derived(dates={"when": ["year"]}).source("when.year")
        'when'
        """
        names = (name for name in self.dates if feature in self.features(name))
        return next(names, feature)

    def as_json(self) -> dict[str, Any]:
        """Return what is not empty, by the name of the attribute."""
        return {name: value for name, value in asdict(self).items() if value}
