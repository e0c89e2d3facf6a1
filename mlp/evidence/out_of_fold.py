"""Out-of-fold predictions: each row is predicted by a network that was not trained on it."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from mlp.core import predictions as tables
from mlp.core import task
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.progress import progress
from mlp.fits import workers
from mlp.fits.fold_fit import FoldFit, Job, fit_and_predict
from mlp.training.folds import folded

EVERY = 2.0  # seconds between two lines of progress


def predictions(
    section: Mapping[str, Any], dataset: Dataset, folds: int, seed: int
) -> pd.DataFrame:
    """Train a network for each fold on the other folds, and predict the fold with it.

    The folds are trained like those of a search, on all cores or a Dask cluster: see
    `mlp.fits.workers.fits`.

    Parameters
    ----------
    section : mapping
        See `mlp.training.params.Network`.
    dataset : Dataset
        With groups, the rows of each group are in one fold.
    folds : int
        The folds are of equal size, as nearly as possible, and stratified by class if there are
        classes.
    seed : int
        Decides which rows are in which fold.

    Returns
    -------
    DataFrame
        One row per row of the dataset, in its order: the columns of
        `mlp.core.predictions.predictions`, and majority, the commonest label of the other folds
        (of equally common ones the first as text). Of a regression, those of
        `mlp.core.residuals.predictions`, and mean, that of the other folds.

    Raises
    ------
    InputError
        If every class has fewer rows than there are folds, there are fewer rows or groups than
        folds, or a network cannot be trained.
    """
    task.part("mlp.core.fold_limits", dataset.task).check_crossval(dataset.target, folds)
    jobs = [Job(section, part, halts=False) for part in folded(dataset, folds, seed)]
    fits = _fits(jobs, dataset)
    tables = [_fold(dataset, job, fit) for job, fit in zip(jobs, fits, strict=True)]
    whole: pd.DataFrame = pd.concat(tables).sort_index()
    return whole


def predict(section: Mapping[str, Any], seen: Dataset, unseen: Dataset) -> pd.DataFrame:
    """Train a network and predict rows that it has not seen, as `predictions.predictions`.

    Parameters
    ----------
    section : mapping
        See `mlp.training.params.Network`.
    seen, unseen : Dataset
        The rows to learn from, and the rows to predict.
    """
    return _table(unseen, fit_and_predict(section, seen, unseen, halts=False))


def _fits(jobs: Sequence[Job], dataset: Dataset) -> list[FoldFit]:
    """Return the fits in the order of their jobs."""
    fits: dict[int, FoldFit] = {}
    with progress(len(jobs), sys.stdout, every=EVERY) as show:
        show(0, f"0 of {len(jobs)} folds done")
        for position, fit in workers.fits(jobs, dataset):
            if fit.failure:
                raise InputError(f"crossval: a network cannot be trained: {fit.failure}")
            fits[position] = fit
            show(len(fits), f"{len(fits)} of {len(jobs)} folds done")
    return [fits[position] for position in sorted(fits)]


def _fold(dataset: Dataset, job: Job, fit: FoldFit) -> pd.DataFrame:
    """Return the predictions of one fold, indexed by position."""
    others, fold = job.part
    part = task.part("mlp.evidence", dataset.task)
    floor = part.floor(dataset.target[others])
    return _table(dataset.take(fold), fit).assign(**floor).set_axis(fold)


def _table(unseen: Dataset, fit: FoldFit) -> pd.DataFrame:
    table = task.part("mlp.evidence", unseen.task).predictions(unseen.rows, unseen.target, fit)
    return pd.DataFrame(tables.grouped(table, unseen.groups))
