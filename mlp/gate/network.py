"""A network as the rules of the gate see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Network:
    """The input of the rules.

    Attributes
    ----------
    metrics : mapping
        See `mlp.history.results.Results.metrics`.
    predictions : DataFrame
        See `mlp.core.predictions.predictions`.
    """

    metrics: Mapping[str, Any]
    predictions: pd.DataFrame

    @property
    def right(self) -> pd.Series:
        """Whether each prediction is right."""
        return self.predictions["actual"] == self.predictions["predicted"]
