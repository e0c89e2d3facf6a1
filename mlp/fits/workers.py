"""Train many networks at once: on all cores of this machine, or on a Dask cluster."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.fits import dask_cluster, processes
from mlp.fits.environment import environment
from mlp.fits.fold_fit import FoldFit, fold_fit

if TYPE_CHECKING:
    from distributed import Client

    from mlp.training.folds import Part

Job: TypeAlias = "tuple[Mapping[str, Any], Part]"
Run: TypeAlias = Callable[[Mapping[int, Job], Dataset], Iterator[tuple[int, FoldFit]]]
ATTEMPTS = 3  # without a fit done, after which the workers are given up


class DeadWorkerError(Exception):
    """A worker died, and what it had begun is lost."""


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
    if scheduler := dask_cluster.address():
        with dask_cluster.connected(scheduler) as client:
            yield from _persistently(jobs, dataset, partial(_on_cluster, client))
    else:
        yield from _persistently(jobs, dataset, _here)


def _persistently(jobs: Sequence[Job], dataset: Dataset, run: Run) -> Iterator[tuple[int, FoldFit]]:
    """Go on with the jobs that are left where workers die."""
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
                    f"workers die again and again ({error}), as they do for want of memory; set "
                    "LOKY_MAX_CPU_COUNT lower, or give each worker more."
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
    """Train on the workers of a cluster; those that come later take their share."""
    from distributed import KilledWorker, as_completed  # noqa: PLC0415 - imported by then

    wanted = dict(environment())
    try:
        rows = client.scatter(dataset, broadcast=True)  # type: ignore[no-untyped-call]  # types by half
        futures = [
            client.submit(_checked, position, section, rows, part, wanted, pure=False)
            for position, (section, part) in jobs.items()
        ]
        for future in as_completed(futures):  # type: ignore[no-untyped-call]  # likewise
            yield future.result()
    except dask_cluster.UnfitWorkerError as error:
        raise InputError(str(error)) from None
    except (CancelledError, KilledWorker, TimeoutError) as error:
        raise DeadWorkerError(type(error).__name__) from None


def _checked(
    position: int,
    section: Mapping[str, Any],
    dataset: Dataset,
    part: "Part",
    wanted: Mapping[str, str],
) -> tuple[int, FoldFit]:
    dask_cluster.check_this_worker(wanted)
    return position, fold_fit(section, dataset, part)
