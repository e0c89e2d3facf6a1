"""A network as the rules of the gate see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mlp.evidence.averages import Averages


@dataclass(frozen=True)
class Network:
    """The input of the rules.

    Attributes
    ----------
    metrics : mapping
        See `mlp.history.results.Results.metrics`.
    predictions : DataFrame
        See `mlp.core.predictions.predictions`.
    repeats : Averages or str
        What repeated training of the configuration gave, or why there is nothing.
    """

    metrics: Mapping[str, Any]
    predictions: pd.DataFrame
    repeats: Averages | str = "no repeated trainings are read"

    @property
    def right(self) -> pd.Series:
        """Whether each prediction is right."""
        return self.predictions["actual"] == self.predictions["predicted"]
