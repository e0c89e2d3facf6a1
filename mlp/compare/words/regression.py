"""Tell how two networks that predict numbers differ."""

from collections.abc import Iterator, Sequence

import pandas as pd

from mlp.compare import tables
from mlp.compare.regression import NumberComparison
from mlp.compare.tables import Column, number, signed
from mlp.compare.verdicts import LEVEL
from mlp.core.errors import counted
from mlp.evaluate.statistics import wording
from mlp.report.document import Table
from mlp.report.picture import Picture

NUMBERS: Sequence[Column] = (
    ("row", "row", str),
    ("actual", "actual", number),
    ("before", "old", number),
    ("error", "old_error", number),
    ("now", "new", number),
    ("error", "new_error", number),
    ("change", "change", signed),
    ("it", "side", str),
)
MOST = "rows that moved most"


def sentence(network: NumberComparison, rows: str) -> str:
    """Return the comparison in words, with the rise that it could have detected.

    Parameters
    ----------
    network : NumberComparison
    rows : str
        What the rows are, such as "test rows".
    """
    if network.verdict == "unchanged":
        return "unchanged: every prediction is as before."
    if network.verdict == "not comparable":
        return "not comparable: a prediction is not a number."
    words = (
        f"{network.verdict}: {_count(network.improved, 'improved')}, "
        f"{_count(network.worsened, 'worsened')} (exchange of predictions: squared errors "
        f"{wording.p_value(network.p_value)}, absolute errors "
        f"{wording.p_value(network.p_absolute)})."
    )
    if network.detectable_rise is None:
        return words
    groups = f" in {network.groups} groups" if network.groups else ""
    return (
        f"{words} With {network.rows} {rows}{groups} a rise of the RMSE by "
        f"{wording.number(network.detectable_rise)} would be seen by exchange at level {LEVEL:g}, "
        "two-sided (80 % power)."
    )


def _count(table: pd.DataFrame, name: str) -> str:
    """Return how many rows moved, and by how much at most."""
    most = f" by at most {wording.number(abs(table['change'].iloc[0]))}" if len(table) else ""
    return f"{counted(len(table), 'row')} {name}{most}"


def laid_out(network: NumberComparison, rows: int) -> Iterator[Table]:
    """Yield the metrics, and the rows that moved most.

    Parameters
    ----------
    network : NumberComparison
    rows : int
        How many of the improved and of the worsened rows to show.
    """
    yield tables.metrics(network)
    yield tables.moved(NUMBERS, sides(network), rows)


def sides(network: NumberComparison) -> dict[str, pd.DataFrame]:
    """Return the rows that changed, by the way in which they did."""
    return {"improved": network.improved, "worsened": network.worsened}


def caption(row: dict[str, object]) -> str:
    """Return what is written below the picture of a row."""
    return f"{row['actual']:.4g}: {row['old']:.4g}, now {row['new']:.4g}\nrow {row['row']}"


def pictures(_network: NumberComparison) -> Iterator[Picture]:
    """Yield nothing: numbers have no confusion matrix."""
    yield from ()
