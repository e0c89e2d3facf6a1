"""A Dask cluster, where ``DASK_SCHEDULER_ADDRESS`` names one: connect to it and check its workers.

Fits are equal on every worker that has the project's packages, its files and the numeric pins. One
that lacks any of these is refused by name.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mlp.command import InputError
from mlp.fit_environment import differences, environment

if TYPE_CHECKING:
    from distributed import Client

ADDRESS = "DASK_SCHEDULER_ADDRESS"
PATIENCE = 8  # seconds for a scheduler to answer, and as many for a worker to be there


class UnfitWorkerError(Exception):
    """A worker would train other networks than this machine; in a sentence."""


def address() -> str | None:
    """Return the address of the scheduler, or None to run on this machine."""
    return os.environ.get(ADDRESS) or None


@contextmanager
def connected(scheduler: str) -> Iterator["Client"]:
    """Give a client of the cluster, all of whose workers are fit for the task.

    Raises
    ------
    InputError
        If no scheduler answers, it has no worker, or a worker is unfit.
    """
    from distributed import Client  # noqa: PLC0415 - half a second, and rarely

    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]  # it has types by half
    except (OSError, ValueError, ImportError) as error:
        raise InputError(
            f"{ADDRESS} is {scheduler}, but no Dask scheduler answers there "
            f"({type(error).__name__}); start it, or unset the variable to run on this machine."
        ) from None
    with client:
        _check(client, scheduler)
        yield client


def check_this_worker(wanted: Mapping[str, str]) -> None:
    """Raise UnfitWorkerError if this process differs from the one that sends the task."""
    if found := list(differences(wanted, environment())):
        raise UnfitWorkerError(refusal(_name(), "; ".join(found)))


def refusal(worker: str, why: str) -> str:
    """Return the sentence that names a worker, and says how to start it."""
    return (
        f"the Dask worker {worker} would train other networks: {why}. Start it from this project's "
        ".venv with `dask worker --preload mlp.numerics`."
    )


def _name() -> str:
    """Return how Dask calls this process."""
    from distributed import get_worker  # noqa: PLC0415 - only a worker of Dask can be unfit

    try:
        return str(get_worker().address)
    except ValueError:
        return "of this machine"


def _check(client: "Client", scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise InputError(
            f"the Dask scheduler {scheduler} has no worker; start one from this project's .venv "
            "with `dask worker --preload mlp.numerics`."
        ) from None
    answers = client.run(check_this_worker, dict(environment()), on_error="return")
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, UnfitWorkerError):
            raise InputError(str(answer))
        if isinstance(answer, Exception):
            raise InputError(refusal(worker, f"{type(answer).__name__}: {answer}"))
