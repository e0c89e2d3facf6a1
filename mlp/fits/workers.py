"""Train many networks at once: on all cores of this machine, or on a Dask cluster."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.fits import dask_cluster, processes
from mlp.fits.environment import environment
from mlp.fits.fold_fit import FoldFit, Job, fold_fit

if TYPE_CHECKING:
    from distributed import Client

Run: TypeAlias = Callable[[Mapping[int, Job], Dataset], Iterator[tuple[int, FoldFit]]]
ATTEMPTS = 3  # in a row without a finished fit, after which to give up


class DeadWorkerError(Exception):
    """A worker died, and the fits that it had begun are lost."""


def fits(jobs: Sequence[Job], dataset: Dataset) -> Iterator[tuple[int, FoldFit]]:
    """Train a network for each job; yield each fit when it is ready, with its job's position.

    A worker that dies loses the fits that it had begun, and they are begun again. Neither the
    number of workers (``LOKY_MAX_CPU_COUNT`` limits it on this machine) nor their order changes a
    fit.

    Raises
    ------
    InputError
        If the cluster cannot be used, or workers die repeatedly.
    """
    if scheduler := dask_cluster.address():
        with dask_cluster.connected(scheduler) as client:
            yield from _persistently(jobs, dataset, partial(_on_cluster, client))
    else:
        yield from _persistently(jobs, dataset, _here)


def _persistently(jobs: Sequence[Job], dataset: Dataset, run: Run) -> Iterator[tuple[int, FoldFit]]:
    """Run the remaining jobs again when a worker dies."""
    left = dict(enumerate(jobs))
    attempts = 0
    while left:
        attempts += 1
        try:
            for position, fit in run(dict(left), dataset):
                del left[position]
                attempts = 0
                yield position, fit
        except DeadWorkerError as error:
            if attempts == ATTEMPTS:
                raise InputError(
                    f"workers die again and again ({error}), probably for lack of memory; set "
                    "LOKY_MAX_CPU_COUNT lower, or give each worker more memory."
                ) from None


def _here(jobs: Mapping[int, Job], dataset: Dataset) -> Iterator[tuple[int, FoldFit]]:
    """Train in processes of this machine."""
    try:
        yield from processes.fits(jobs, dataset)
    except BrokenProcessPool as error:
        raise DeadWorkerError(type(error).__name__) from None


def _on_cluster(
    client: "Client", jobs: Mapping[int, Job], dataset: Dataset
) -> Iterator[tuple[int, FoldFit]]:
    """Train on the workers of a cluster, including workers that join later."""
    from distributed import KilledWorker, as_completed  # noqa: PLC0415 - imported by then

    wanted = dict(environment())
    try:
        rows = client.scatter(dataset, broadcast=True)  # type: ignore[no-untyped-call]  # partly typed
        futures = [
            client.submit(_checked, position, job, rows, wanted, pure=False)
            for position, job in jobs.items()
        ]
        for future in as_completed(futures):  # type: ignore[no-untyped-call]  # likewise
            yield future.result()
    except dask_cluster.UnfitWorkerError as error:
        raise InputError(str(error)) from None
    except (CancelledError, KilledWorker, TimeoutError) as error:
        raise DeadWorkerError(type(error).__name__) from None


def _checked(
    position: int, job: Job, dataset: Dataset, wanted: Mapping[str, str]
) -> tuple[int, FoldFit]:
    dask_cluster.check_this_worker(wanted)
    return position, fold_fit(job, dataset)
