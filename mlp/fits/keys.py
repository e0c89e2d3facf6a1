"""Digests of everything that decides a fit."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import joblib

from mlp.core.dataset import Dataset, split_kinds
from mlp.core.files import Target
from mlp.fits.environment import environment

if TYPE_CHECKING:
    from mlp.fits.fold_fit import Job
    from mlp.training.folds import Part


FORMAT = 2  # of a remembered fit; those of another format are not looked up, and evicted one day


def of_folds(dataset: Dataset, parts: "Sequence[Part]") -> list[str]:
    """Return a digest of each fold: the dataset, the rows on both sides, and the environment."""
    numbers, texts = split_kinds(dataset.features, len(dataset.columns.numbers))
    codes = [_coded(column) for column in (*texts.T, dataset.target)]
    rows = joblib.hash((numbers, codes, dataset.columns))
    surroundings = sorted(environment().items())
    return [str(joblib.hash((rows, part, surroundings))) for part in parts]


def _coded(column: Target) -> Any:
    """Return a column of texts as numbers and its distinct texts, which joblib hashes faster."""
    import pandas as pd  # noqa: PLC0415 - slow, and `mlp cache` hashes nothing

    return pd.factorize(column) if column.dtype == object else column


def of_jobs(dataset: Dataset, jobs: "Sequence[Job]") -> list[str]:
    """Return the digest of each job's fold; it tells whether a network that diverges is kept."""
    folds = of_folds(dataset, [job.part for job in jobs])
    return [
        digest if job.halts else f"{digest}, kept" for digest, job in zip(folds, jobs, strict=True)
    ]


def of_fit(section: Mapping[str, Any], fold: str, *, converged: bool) -> str:
    """Return the digest of a network in a fold. If it converged, its max_iter does not matter."""
    ignored = {"verbose", "max_iter"} if converged else {"verbose"}
    arguments = {name: value for name, value in section.items() if name not in ignored}
    text = json.dumps([FORMAT, arguments, fold, converged], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
