"""A network to examine, and the result of its examination."""

from dataclasses import dataclass
from typing import Any

from mlp.core.files import Arrays
from mlp.core.json_file import DECIMALS
from mlp.model.layers import Layers
from mlp.model.network import Network
from mlp.model.probe import Probe


@dataclass(frozen=True)
class Subject:
    """A network as the stage train wrote it, and ``linear``, its baseline.

    Attributes
    ----------
    name : str
    layers : Layers
    history : Arrays
        Its loss by epoch: iteration, loss, validation_score.
    probes : dict of str to Probe
    baseline : Network, optional
        None if the network is ``linear`` itself.
    baseline_history : Arrays
    """

    name: str
    layers: Layers
    history: Arrays
    probes: dict[str, Probe]
    baseline: Network | None
    baseline_history: Arrays


@dataclass(frozen=True)
class Drawn:
    """One figure: the name of its file, its bytes, and in words what it shows."""

    file: str
    png: bytes
    alt: str


def in_words(drawn: int, rows: int) -> str:
    """Return which of the test rows a figure shows: 450 test rows, or 900 of 4500 test rows."""
    return f"{rows} test rows" if drawn == rows else f"{drawn} of {rows} test rows"


@dataclass(frozen=True)
class Examination:
    """The result: docs/outputs.md explains each file.

    Attributes
    ----------
    metrics : dict
        metrics/NAME.json.
    details : dict
        plots/NAME/details.json.
    predictions : Arrays
        data/predictions/NAME.parquet.
    tables : dict of str to Arrays
        The CSV files of plots/NAME, by name.
    figures : list of Drawn
        data/figures/NAME.
    decimals : int
        The digits after the point of the floats in the tables.
    """

    metrics: dict[str, Any]
    details: dict[str, Any]
    predictions: Arrays
    tables: dict[str, Arrays]
    figures: list[Drawn]
    decimals: int = DECIMALS
