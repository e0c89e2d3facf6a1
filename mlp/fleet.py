"""Train many networks at once: on all cores of this machine, or on a Dask cluster."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, TypeAlias

import joblib

from mlp import cluster
from mlp.command import InputError
from mlp.dataset import Dataset
from mlp.fit_environment import environment
from mlp.fold_fit import FoldFit, fold_fit
from mlp.folds import Part

if TYPE_CHECKING:
    from distributed import Client

Job: TypeAlias = tuple[Mapping[str, Any], Part]
ATTEMPTS = 3  # without a fit done, after which the workers are given up


def fits(jobs: Sequence[Job], dataset: Dataset) -> Iterator[tuple[int, FoldFit]]:
    """Train a network for a fold, many times; yield each when it is ready, with its job's position.

    A worker that dies costs the fits that it had begun, which are begun anew. Neither the number of
    workers (on this machine ``LOKY_MAX_CPU_COUNT`` sets it) nor their order changes a fit.

    Parameters
    ----------
    jobs : sequence of (section, part)
        The arguments of a network, and the positions of the rows to learn from and to predict.
    dataset : Dataset

    Raises
    ------
    InputError
        If the cluster cannot be used, or workers die again and again.
    """
    if scheduler := cluster.address():
        with cluster.connected(scheduler) as client:
            yield from _persistently(jobs, dataset, client)
    else:
        yield from _persistently(jobs, dataset, None)


def _persistently(
    jobs: Sequence[Job], dataset: Dataset, client: "Client | None"
) -> Iterator[tuple[int, FoldFit]]:
    """Go on with the jobs that are left where workers die."""
    left = dict(enumerate(jobs))
    attempts = 0
    while left:
        attempts += 1
        try:
            with _backend(client, dataset):
                for position, fit in _run(dict(left), dataset, client):
                    del left[position]
                    attempts = 0
                    yield position, fit
        except cluster.UnfitWorkerError as error:
            raise InputError(str(error)) from None
        except _deaths(client) as error:
            if attempts == ATTEMPTS:
                raise InputError(
                    f"workers die again and again ({type(error).__name__}), as they do for want of "
                    "memory; set LOKY_MAX_CPU_COUNT lower, or give each worker more."
                ) from None


def _run(
    jobs: Mapping[int, Job], dataset: Dataset, client: "Client | None"
) -> Iterator[tuple[int, FoldFit]]:
    # Processes of this machine inherit what decides; a worker of a cluster may come at any time.
    wanted = dict(environment()) if client else None
    run = joblib.Parallel(n_jobs=-1, batch_size=1, return_as="generator_unordered")
    yield from run(
        joblib.delayed(_task)(position, section, dataset, part, wanted)
        for position, (section, part) in jobs.items()
    )


def _task(
    position: int,
    section: Mapping[str, Any],
    dataset: Dataset,
    part: Part,
    wanted: Mapping[str, str] | None,
) -> tuple[int, FoldFit]:
    if wanted:
        cluster.check_this_worker(wanted)
    return position, fold_fit(section, dataset, part)


def _backend(client: "Client | None", dataset: Dataset) -> AbstractContextManager[Any]:
    if client is None:
        return nullcontext()
    config: AbstractContextManager[Any] = joblib.parallel_config(
        "dask", client=client, scatter=[dataset]
    )
    return config


def _deaths(client: "Client | None") -> tuple[type[Exception], ...]:
    """Return what is raised where a worker dies."""
    if client is None:
        return (BrokenProcessPool,)
    from distributed import KilledWorker  # noqa: PLC0415 - imported by then

    return (CancelledError, KilledWorker)
