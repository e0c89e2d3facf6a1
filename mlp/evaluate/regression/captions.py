"""Say in words what the figures of a network that predicts numbers show."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core.bidi import isolated
from mlp.core.files import Arrays, Floats
from mlp.core.residuals import shown

NAMES = {"inputs": "inputs", "hidden": "last hidden layer"}


def actual(name: str, target: str, table: Arrays, metrics: Mapping[str, Any]) -> str:
    """Return the scores, and the largest error.

    Parameters
    ----------
    name, target : str
        Of the network, and of the column that it predicts.
    table : Arrays
        See `mlp.core.residuals.predictions`.
    metrics : mapping
    """
    rows = len(table["row"])
    start = f"Predicted against actual {isolated(target)} of {rows} test rows by {name}"
    finite = np.flatnonzero(np.isfinite(table["residual"]))
    if not len(finite):
        return f"{start}: no prediction is finite."
    worst = finite[np.abs(table["residual"][finite]).argmax()]
    return (
        f"{start}: R² {shown(metrics['r2'])}, RMSE {shown(metrics['rmse'])}; the largest error is "
        f"that of row {table['row'][worst]}, predicted {shown(table['predicted'][worst])} and "
        f"actual {shown(table['actual'][worst])}{_unknown(rows - len(finite))}."
    )


def residuals(name: str, table: Arrays) -> str:
    """Return the middle 80 % of the residuals of the lower and of the upper half of predictions."""
    start = f"Residuals, actual minus predicted, against the predictions of {name}"
    known = np.isfinite(table["residual"])
    predicted, residual = table["predicted"][known], table["residual"][known]
    if not len(residual):
        return f"{start}: no prediction is finite."
    middle = np.median(predicted)
    upper = predicted > middle
    if not upper.any():
        return f"{start}: {_most(residual)}."
    return (
        f"{start}: {_most(residual[~upper])} where the prediction is at most {shown(middle)}, its "
        f"median, and {_most(residual[upper])} above it."
    )


def _most(residual: Floats) -> str:
    low, high = np.quantile(residual, [0.1, 0.9])
    return f"80 % lie between {shown(low)} and {shown(high)}"


def distribution(name: str, residual: Floats) -> str:
    """Return the median of the residuals, their range, and how many are above 0."""
    known = residual[np.isfinite(residual)]
    if not len(known):
        return f"Distribution of the residuals of {name}: none is finite."
    low, middle, high = (shown(value) for value in np.quantile(known, [0, 0.5, 1]))
    return (
        f"Distribution of the residuals of {name}: median {middle}, from {low} to {high}; "
        f"{np.mean(known > 0):.1%} are above 0, where the prediction is too low"
        f"{_unknown(len(residual) - len(known))}."
    )


def _unknown(count: int) -> str:
    return f"; not finite: {count} of the predictions" if count else ""


def loss(histories: Mapping[str, Arrays], mean_loss: float) -> str:
    """Return where the losses end, and the loss of predicting the mean unless it is 0."""
    ends = [
        f"{name} ends at {_loss(history['loss'][-1])}, epoch {history['iteration'][-1]}"
        for name, history in histories.items()
    ]
    mean = f"; predicting the mean costs {shown(mean_loss)}" if mean_loss else ""
    return f"Training loss by epoch: {', '.join(ends)}{mean}."


def _loss(value: float) -> str:
    return shown(value) if np.isfinite(value) else "no finite loss"


def projection(name: str, kind: str, drawn: str, target: str, probe: Mapping[str, Any]) -> str:
    """Return what share of the variance is drawn, and how good a linear regression is on all.

    Parameters
    ----------
    name, kind : str
        Of the network, and inputs or hidden.
    drawn : str
        See `mlp.evaluate.subject.in_words`.
    target : str
    probe : mapping
        See `mlp.model.probe.judge`.
    """
    variance = probe[f"{kind}_variance"]
    held = f"which hold {variance:.0%} of the variance" if variance else "where all are one point"
    return (
        f"{drawn}, coloured by their actual {isolated(target)}, along the first two "
        f"principal components of the {NAMES[kind]} of {name}, {held}; a linear regression on all "
        f"of them has R² {shown(probe[f'{kind}_r2'])}."
    )


def errors(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the rows with the largest errors, actual and predicted."""
    parts = [
        f"row {row['row']}, actual {shown(row['actual'])}, predicted {shown(row['predicted'])}"
        for row in rows
    ]
    return f"The largest errors of {name}: {'; '.join(parts)}."
