"""Train a configuration on parts of the rows, to tell whether more rows would help."""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from mlp.core import task
from mlp.core.predictions import group_codes
from mlp.evaluate.statistics import balanced, repeated
from mlp.evidence import averages, parts, runs, samples
from mlp.evidence.averages import Averages
from mlp.evidence.curve import Curve, Step
from mlp.evidence.plan import Plan
from mlp.evidence.runs import UntrainableError
from mlp.fits.memory import FitMemory

SHARES = {"an eighth": 1 / 8, "a quarter": 1 / 4, "half": 1 / 2}
LAST = (1 / 2, 1.0)  # between which the step is
FEW = 3  # trainings of half of the rows by folds, and networks of a smaller part


def curve(
    section: Mapping[str, Any], plan: Plan, whole: Averages, evidence: str, memory: FitMemory
) -> Curve:
    """Train on an eighth, a quarter and half of the rows, except for what is remembered.

    A part that is too small is left out, so this never fails where `whole` did not.

    Parameters
    ----------
    section : mapping
        See `mlp.training.params.Network`; ``random_state`` is replaced.
    plan : Plan
        The rows to learn from and those to judge by.
    whole : Averages
        What training on all rows gave, with the seeds 0, 1, 2 and so on.
    evidence : str
        test or oof, the rows that judge.
    memory : FitMemory

    Raises
    ------
    InputError
        If a Dask cluster cannot be used.
    """
    plan = replace(plan, parts=cache(plan.parts))
    repeats = len(whole.converged)
    points: dict[float, tuple[int, Averages]] = {}
    left_out = []
    for words, share in SHARES.items():
        part = parts.of(plan, share)
        seeds = range(_trainings(share, repeats, len(plan.parts(0))))
        rows = parts.rows(part, seeds)
        try:
            parts.check(part, plan, seeds)
            trained = runs.train(section, part, seeds, memory, f"{rows} rows: ")
        except UntrainableError as error:
            why = error.why.rstrip(".")
            left_out.append(f"{words.capitalize()} of the rows, {rows}, is left out: {why}.")
        else:
            points[share] = rows, averages.of(trained, plan.rows, plan.target, plan.groups)
    points[1.0] = parts.rows(plan, range(repeats)), whole
    metric, better = _lead(whole)
    last = [points[share][1] for share in LAST if share in points]
    return Curve(
        evidence=evidence,
        judged=whole.rows,
        metric=metric,
        better=better,
        rows=[rows for rows, _ in points.values()],
        scores=[samples.means(one, metric).tolist() for _, one in points.values()],
        step=_step(last[0], last[1], metric) if len(last) > 1 else None,
        unconverged=sum(one.converged.count(False) for one in last),
        left_out=left_out,
    )


def _trainings(share: float, repeats: int, folds: int) -> int:
    """Return how often to train on a part; a training by folds is of as many networks."""
    if share in LAST:
        return repeats if folds == 1 else min(FEW, repeats)
    return min(math.ceil(FEW / folds), repeats)


def _lead(whole: Averages) -> tuple[str, str]:
    """Return the score that the curve is of, and which values are better."""
    layout = task.part("mlp.evidence.layout", whole.task)
    return (balanced.NAME if samples.are_unequal(whole) else layout.LEAD), layout.BETTER


def _step(half: Averages, whole: Averages, metric: str) -> Step:
    old, new = (samples.of_metric(one, metric) for one in (half, whole))
    change = repeated.change(old, new, group_codes(whole.table))
    return Step(change.difference, *change.interval())
