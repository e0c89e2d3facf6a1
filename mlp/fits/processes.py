"""Train many networks at once in processes of this machine."""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import active_children, connection, get_context, parent_process
from typing import TYPE_CHECKING, Any

from mlp.core.dataset import Dataset
from mlp.fits import cores
from mlp.fits.fold_fit import FoldFit, fold_fit

if TYPE_CHECKING:
    from mlp.training.folds import Part

# A copy of this process has imported all; to import it anew takes as long as some ten fits.
METHOD = "fork" if sys.platform == "linux" else "spawn"
_given: list[Dataset] = []  # what a process was given when it began


def fits(
    jobs: "Mapping[int, tuple[Mapping[str, Any], Part]]", dataset: Dataset
) -> Iterator[tuple[int, FoldFit]]:
    """Train networks, one a core at a time (``LOKY_MAX_CPU_COUNT`` sets how many).

    Raises
    ------
    BrokenProcessPool
        If a process died.
    """
    from mlp.training import network  # noqa: F401, PLC0415 - what each copy would import; a second

    pool = ProcessPoolExecutor(
        min(cores.count(), len(jobs)),
        mp_context=get_context(METHOD),
        initializer=_begin,
        initargs=(dataset,),
    )
    try:
        tasks = (pool.submit(_numbered, position, *job) for position, job in jobs.items())
        for task in as_completed(tasks):
            yield task.result()
    except BaseException:  # such as Ctrl-C: what was begun is not waited for
        for process in active_children():
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(dataset: Dataset) -> None:
    """Prepare a process: Ctrl-C is its parent's to hear, and it ends when its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _given.append(dataset)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the parent's end, which its processes see at once, and end too."""
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _numbered(position: int, section: Mapping[str, Any], part: "Part") -> tuple[int, FoldFit]:
    return position, fold_fit(section, _given[0], part)
