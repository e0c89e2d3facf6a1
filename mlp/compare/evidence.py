"""Show the scores of `make gate`, where they are up to date: repeated trainings and out of fold."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from mlp.compare.comparison import EVIDENCE
from mlp.compare.tables import number
from mlp.core.errors import InputError
from mlp.history.results import Results
from mlp.report.document import Table


def tables(results: Results) -> Iterator[Table]:
    """Yield a table of repeated trainings, and one of out-of-fold scores; those that there are."""
    repeated = [row for name in results.networks for row in _repeated(results, name)]
    heads = ["network", "score", "mean of its trainings", "lowest", "highest", "trainings", "rows"]
    yield Table(heads, repeated, left=2)
    scored = [row for name in results.networks for row in _out_of_fold(results, name)]
    yield Table(["network", "out-of-fold score", "value", "95 % interval"], scored, left=2)


def _repeated(results: Results, name: str) -> Iterator[list[str]]:
    for evidence in EVIDENCE:
        try:
            runs = results.repeats(evidence, name)
        except (InputError, OSError):
            continue
        for metric, scores in runs.scores.items():
            ends = [number(float(value)) for value in (np.mean(scores), min(scores), max(scores))]
            yield [name, metric, *ends, str(len(scores)), str(runs.rows)]


def _out_of_fold(results: Results, name: str) -> Iterator[list[str]]:
    if name not in results.judged("oof"):
        return
    try:
        metrics = results.metrics("oof", name)
    except (InputError, OSError):
        return
    for metric, value in metrics.items():
        if not metric.endswith(("_low", "_high")):
            yield [name, metric, number(value), _interval(metrics, metric)]


def _interval(metrics: dict[str, Any], metric: str) -> str:
    bounds = [metrics.get(f"{metric}_{end}") for end in ("low", "high")]
    return "" if None in bounds else " to ".join(number(bound) for bound in bounds)
