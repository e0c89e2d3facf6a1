"""Averages as git stores them beside their table."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlp.core import task
from mlp.core.files import Arrays, Floats
from mlp.evidence.averages import Averages


def as_json(averages: Averages, evidence: str) -> dict[str, Any]:
    """Return what git stores of averages beside their table.

    Parameters
    ----------
    averages : Averages
    evidence : str
        test or oof, the rows that they judge by.
    """
    return {
        "evidence": evidence,
        "rows": averages.rows,
        "n_iter": averages.n_iter,
        "converged": averages.converged,
        "scores": {name: scores.tolist() for name, scores in averages.scores.items()},
        "spread": averages.spread,
        "classes": {
            label: {**entry, "recall": entry["recall"].tolist()}
            for label, entry in averages.classes.items()
        },
    }


def from_json(content: Mapping[str, Any], table: Arrays) -> Averages:
    """Return averages from what git stores of them; a score that is not finite, null there, is NaN.

    Raises
    ------
    KeyError, TypeError, ValueError, OverflowError
        If something is missing, or of another type.
    """
    classes = {
        label: {**entry, "recall": _floats(entry["recall"])}
        for label, entry in dict(content["classes"]).items()
    }
    metrics = task.part("mlp.evidence.layout", task.of(table["actual"])).METRICS
    return Averages(
        rows=int(content["rows"]),
        scores={name: _floats(content["scores"][name]) for name in metrics},
        spread={name: float(_floats(content["spread"][name])) for name in metrics},
        classes=classes,
        n_iter=[int(epochs) for epochs in content["n_iter"]],
        converged=[bool(one) for one in content["converged"]],
        table=table,
    )


def _floats(values: Any) -> Floats:
    return np.array(values, dtype=np.float64)
