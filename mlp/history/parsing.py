"""Parse the metrics and predictions that stages wrote, or say what is wrong with the file."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from mlp.core import prediction_file, residuals, task
from mlp.core.errors import InputError
from mlp.evidence import curve as curves
from mlp.evidence import stored
from mlp.evidence.averages import Averages
from mlp.evidence.curve import Curve

COLUMNS = {
    task.CLASSIFICATION: {"row", "actual", "predicted", "confidence"},
    task.REGRESSION: {"row", "actual", "predicted", "residual"},
}


def metrics(text: bytes, key: str, name: str) -> dict[str, Any]:
    """Return the metrics below a key of a JSON file.

    Parameters
    ----------
    text : bytes
    key, name : str
        The key, and the name of the file for a message.

    Raises
    ------
    InputError
        If it is not JSON, holds a number that is not finite, or has no such metrics.
    """
    try:
        content = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise InputError(f"{name} is cut off or not JSON: {error}.") from None
    except ValueError as error:
        raise InputError(f"{name} holds {error}, which is not a number.") from None
    if not isinstance(content, dict) or not isinstance(content.get(key), dict):
        raise InputError(f"{name} should hold metrics below the key {key}.")
    values: dict[str, Any] = content[key]
    return values


def predictions(text: bytes, name: str) -> pd.DataFrame:
    """Return a table of predictions; raise as `metrics` does.

    It is one of `mlp.core.predictions.predictions` or of `mlp.core.residuals.predictions`. Tables
    of earlier revisions may lack log_loss and brier_score, and those of rows that belong to no
    groups lack group.
    """
    try:
        table = prediction_file.parse(text)
    except ValueError as error:  # pandas' parser errors are ValueErrors
        raise InputError(f"{name} is not a table of predictions: {error}.") from None
    if lacking := sorted(COLUMNS[residuals.task(table)] - set(table)):
        raise InputError(f"{name} lacks the column {lacking[0]}.")
    return table


def repeats(content: Mapping[str, Any], text: bytes, names: tuple[str, str]) -> Averages:
    """Return what repeated training gave; raise as `metrics` does.

    Parameters
    ----------
    content : mapping
        See `mlp.evidence.stored.as_json`.
    text : bytes
        The table, as CSV.
    names : str, str
        Of the two files, for a message.
    """
    try:
        frame = prediction_file.parse(text)
    except ValueError as error:
        raise InputError(f"{names[1]} is not a table of row scores: {error}.") from None
    metrics = task.part("mlp.evidence.layout", residuals.task(frame)).METRICS
    if lacking := sorted({"row", "actual", *metrics} - set(frame)):
        raise InputError(f"{names[1]} lacks the column {lacking[0]}.")
    table = {str(name): column.to_numpy() for name, column in frame.items()}
    try:
        return stored.from_json(content, table)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InputError(f"{names[0]} is not what the stage repeat writes: {error}.") from None


def curve(content: Mapping[str, Any], name: str) -> Curve:
    """Return a learning curve from what git stores of it; raise as `metrics` does.

    Parameters
    ----------
    content : mapping
        See `mlp.evidence.curve.as_json`.
    name : str
        Of the file, for a message.
    """
    try:
        return curves.from_json(content)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InputError(f"{name} is not what the stage repeat writes: {error}.") from None


def _refuse(constant: str) -> float:
    raise ValueError(constant)
