"""Train many networks at once in processes of this machine."""

import signal
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import active_children, get_context, parent_process

from mlp.core import parent
from mlp.core.dataset import Dataset
from mlp.fits import cores
from mlp.fits.fold_fit import FoldFit, Job, fold_fit

# A fork of this process has imported everything; importing it anew takes as long as ten small fits.
METHOD = "fork" if sys.platform == "linux" else "spawn"
_datasets: list[Dataset] = []  # the one dataset that this process was started with


def fits(jobs: Mapping[int, Job], dataset: Dataset) -> Iterator[tuple[int, FoldFit]]:
    """Train networks, one per core at a time; ``LOKY_MAX_CPU_COUNT`` limits the processes.

    Raises
    ------
    BrokenProcessPool
        If a process died.
    """
    from mlp.training import fit  # noqa: F401, PLC0415 - or every process would import it

    pool = ProcessPoolExecutor(
        min(cores.count(), len(jobs)),
        mp_context=get_context(METHOD),
        initializer=_start,
        initargs=(dataset,),
    )
    try:
        tasks = (pool.submit(_numbered, position, job) for position, job in jobs.items())
        for task in as_completed(tasks):
            yield task.result()
    except BaseException:  # for example Ctrl-C: do not wait for the fits under way
        for process in active_children():
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _start(dataset: Dataset) -> None:
    """Prepare a process: the parent handles Ctrl-C, and the process ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _datasets.append(dataset)
    if starter := parent_process():
        parent.end_with(int(starter.pid or 0))


def _numbered(position: int, job: Job) -> tuple[int, FoldFit]:
    return position, fold_fit(job, _datasets[0])
