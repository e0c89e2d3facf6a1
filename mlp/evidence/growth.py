"""Train a configuration on parts of the rows, to tell whether more rows would help."""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from mlp.core import task
from mlp.core.files import Floats
from mlp.core.predictions import group_codes
from mlp.evaluate.statistics import balanced, repeated
from mlp.evaluate.statistics.repeated import Sample
from mlp.evidence import averages, parts, recalls, runs
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
            points[share] = rows, _trained(section, part, plan, seeds, memory)
        except UntrainableError as error:
            why = str(error).removeprefix(runs.CANNOT).rstrip(".")
            left_out.append(f"{words.capitalize()} of the rows, {rows}, is left out: {why}.")
    points[1.0] = parts.rows(plan, range(repeats)), whole
    metric, better = _lead(whole)
    last = [points[share][1] for share in LAST if share in points]
    return Curve(
        evidence=evidence,
        judged=whole.rows,
        metric=metric,
        better=better,
        rows=[rows for rows, _ in points.values()],
        scores=[_means(one, metric).tolist() for _, one in points.values()],
        step=_step(last[0], last[1], metric) if len(last) > 1 else None,
        unconverged=sum(one.converged.count(False) for one in last),
        left_out=left_out,
    )


def _trained(
    section: Mapping[str, Any], part: Plan, plan: Plan, seeds: range, memory: FitMemory
) -> Averages:
    """Raise UntrainableError if a part is too small."""
    if why := parts.too_few(part, plan, seeds):
        raise UntrainableError(why)
    title = f"{parts.rows(part, seeds)} rows: "
    trained = runs.train(section, part, seeds, memory, title)
    return averages.of(trained, plan.rows, plan.target, plan.groups)


def _trainings(share: float, repeats: int, folds: int) -> int:
    """Return how often to train on a part; a training by folds is of as many networks."""
    if share in LAST:
        return repeats if folds == 1 else min(FEW, repeats)
    return min(math.ceil(FEW / folds), repeats)


def _lead(whole: Averages) -> tuple[str, str]:
    """Return the score that the curve is of, and which values are better."""
    layout = task.part("mlp.evidence.layout", whole.task)
    support = np.array([entry["support"] for entry in whole.classes.values()])
    is_unequal = bool(len(support)) and balanced.are_unequal(support)
    return (balanced.NAME if is_unequal else layout.LEAD), layout.BETTER


def _means(one: Averages, metric: str) -> Floats:
    """Return the score of each training."""
    if metric == balanced.NAME:
        recall: Floats = np.mean([entry["recall"] for entry in one.classes.values()], axis=0)
        return recall
    return one.scores[metric]


def _sample(one: Averages, metric: str) -> Sample:
    if metric == balanced.NAME:
        return recalls.balanced(one)
    return Sample(one.scores[metric], one.spread[metric], one.table[metric], one.rows)


def _step(half: Averages, whole: Averages, metric: str) -> Step:
    samples = [_sample(one, metric) for one in (half, whole)]
    change = repeated.change(samples[0], samples[1], group_codes(whole.table))
    return Step(change.difference, *change.interval())
