"""Train a configuration several times, each time with another seed."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core import task
from mlp.core.errors import InputError
from mlp.core.files import Arrays, Rows
from mlp.core.progress import progress
from mlp.evidence.plan import Plan
from mlp.evidence.run import Run
from mlp.fits import remembered
from mlp.fits.fold_fit import FoldFit, Job
from mlp.fits.memory import FitMemory

EVERY = 2.0  # seconds between two lines of progress


class UntrainableError(InputError):
    """A network cannot be trained on the rows that it should learn from; `why` is the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(f"repeat: a network cannot be trained: {why}")
        self.why = why


def train(
    section: Mapping[str, Any],
    plan: Plan,
    seeds: Sequence[int],
    memory: FitMemory,
    title: str = "",
) -> list[Run]:
    """Train a network with each seed, on all cores or a Dask cluster, and predict the judged rows.

    Parameters
    ----------
    section : mapping
        See `mlp.training.params.Network`; ``random_state`` is replaced.
    plan : Plan
        The rows to learn from and those to judge by.
    seeds : sequence of int
        Of the weights and of shuffling; with out-of-fold evidence, of the folds too.
    memory : FitMemory
        Fits that it remembers are not trained again.
    title : str
        What each line of progress begins with.

    Raises
    ------
    UntrainableError
        If a network cannot be trained.
    InputError
        See `mlp.fits.workers.fits`.
    """
    parts = [plan.parts(seed) for seed in seeds]
    jobs = [
        Job({**section, "random_state": seed}, part, halts=False)
        for seed, several in zip(seeds, parts, strict=True)
        for part in several
    ]
    fits = iter(_fits(jobs, plan, memory, title))
    return [_run(plan, [(fold, next(fits)) for _, fold in several]) for several in parts]


def _fits(jobs: Sequence[Job], plan: Plan, memory: FitMemory, title: str) -> Iterator[FoldFit]:
    """Yield the fits in the order of their jobs."""
    fits: dict[int, FoldFit] = {}
    with progress(len(jobs), sys.stdout, every=EVERY) as show:
        show(0, f"{title}0 of {len(jobs)} fits done")
        for position, fit in remembered.fits(jobs, plan.dataset, memory):
            if fit.failure:
                raise UntrainableError(fit.failure)
            fits[position] = fit
            show(len(fits), f"{title}{len(fits)} of {len(jobs)} fits done")
    yield from (fits[position] for position in range(len(jobs)))


def _run(plan: Plan, fits: Sequence[tuple[Rows, FoldFit]]) -> Run:
    """Join the predictions of all folds, in the order of the judged rows."""
    part = task.part("mlp.evidence", plan.dataset.task)
    rows = len(plan.actual)
    columns: Arrays = {"predicted": np.empty(rows, dtype=plan.actual.dtype)}
    columns |= {name: np.full(rows, np.nan) for name in part.LOSSES}
    for fold, fit in fits:
        table = part.predictions(plan.dataset.rows[fold], plan.actual[fold], fit)
        for name, column in columns.items():
            column[fold] = table[name]
    predicted, *losses = (column[plan.judged] for column in columns.values())
    return Run(
        predicted,
        dict(zip(part.LOSSES, losses, strict=True)),
        n_iter=max(fit.n_iter for _, fit in fits),
        converged=all(fit.converged for _, fit in fits),
    )
