"""Tell whether two tables of predictions are of the same rows, and if not, how they differ."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from mlp.core import residuals, task
from mlp.core.errors import InputError
from mlp.history.results import Results

KAPPA = 0.3  # least agreement of labels, beyond chance, of two tables that share rows
DATA = "metrics/data.json"


@dataclass(frozen=True)
class Mismatch:
    """How the rows of two tables differ, and whether they are of unrelated data."""

    why: str
    is_other_data: bool = False


def mismatch(
    old: pd.DataFrame, new: pd.DataFrame, *, is_other_table: bool = False
) -> Mismatch | None:
    """Return how the rows of two tables of predictions differ, None if they do not.

    Parameters
    ----------
    old, new : DataFrame
        See `mlp.core.predictions.predictions` and `mlp.core.residuals.predictions`.
    is_other_table : bool
        Whether the data are known to be others, for example by their columns.
    """
    before, after = (residuals.task(side) for side in (old, new))
    if before != after:
        return Mismatch(f"the task is another: {before} before, {after} now", is_other_data=True)
    same_rows = old["row"].equals(new["row"])
    if same_rows and old["actual"].equals(new["actual"]):
        return None
    labels = old.merge(new, on="row", suffixes=("_old", "_new"))[["actual_old", "actual_new"]]
    if is_other_table or _is_unrelated(labels):
        return Mismatch(
            f"the data are others: {_words(old)} before, {_words(new)} now", is_other_data=True
        )
    name = task.part("mlp.compare", after).TARGET
    relabelled = int((labels["actual_old"] != labels["actual_new"]).sum())
    if same_rows:
        return Mismatch(f"{relabelled} of the {len(new)} rows have another {name} now")
    why = f"the rows differ ({len(old)} before, {len(new)} now, {len(labels)} in common)"
    return Mismatch(f"{why}, and {relabelled} of those have another {name}" if relabelled else why)


def _is_unrelated(labels: pd.DataFrame) -> bool:
    """Return whether the labels of the common rows agree little more than by chance.

    By Cohen's kappa (1960), which is 1 where all labels agree and 0 where they agree by chance.
    """
    old, new = (labels[side].value_counts(normalize=True) for side in labels)
    chance = float(old.mul(new, fill_value=0).sum())
    agreement = float((labels["actual_old"] == labels["actual_new"]).mean())
    return agreement - chance < KAPPA * (1 - chance)  # not so of NaN, where no row is common


def _words(table: pd.DataFrame) -> str:
    words: str = task.part("mlp.compare", residuals.task(table)).described(table)
    return words


def of_results(
    old: Results, before: pd.DataFrame, new: Results, now: pd.DataFrame
) -> Mismatch | None:
    """Return how the rows of two revisions differ, None if they do not.

    Parameters
    ----------
    old, new : Results
    before, now : DataFrame
        Their predictions: see `mlp.core.predictions.predictions`.
    """
    found = mismatch(before, now)
    if found is None or found.is_other_data:
        return found
    return mismatch(before, now, is_other_table=_is_other_table(old, new))


def _is_other_table(old: Results, new: Results) -> bool:
    """Return whether no column of numbers is in the data of both, as far as that is known."""
    before, after = (set(_columns(side)) for side in (old, new))
    return bool(before and after) and before.isdisjoint(after)


def _columns(side: Results) -> Iterator[str]:
    try:
        content = json.loads(side.content(DATA))
    except (InputError, ValueError):
        return
    means = content.get("means") if isinstance(content, dict) else None
    yield from means if isinstance(means, dict) else ()


def digest(table: pd.DataFrame) -> str:
    """Return a name of the rows and their labels, such as data-3f2a9c81d0b7.

    Equal rows have equal names, whatever was predicted. The prefix keeps YAML from reading a
    number.
    """
    rows = json.dumps([table["row"].tolist(), table["actual"].tolist()], default=str)
    return f"data-{hashlib.sha256(rows.encode()).hexdigest()[:12]}"
