"""A Dask cluster, where ``DASK_SCHEDULER_ADDRESS`` names one: connect to it and check its workers.

Fits are equal on every worker that has the project's packages, its files and the numeric pins. One
that lacks any of these is refused by name.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mlp.core.errors import InputError
from mlp.fits.environment import differences, environment

if TYPE_CHECKING:
    from distributed import Client

ADDRESS = "DASK_SCHEDULER_ADDRESS"
PATIENCE = 5  # seconds for a scheduler to answer, and as many for a worker to be there


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
    from distributed.comm.addressing import get_address_host_port  # noqa: PLC0415 - likewise

    try:
        get_address_host_port(scheduler, strict=True)
        client = Client(scheduler, timeout=PATIENCE)  # type: ignore[no-untyped-call]  # it has types by half
    except (OSError, ValueError, ImportError) as error:
        raise InputError(
            f"{ADDRESS} is {scheduler}, but no Dask scheduler answers there "
            f"({type(error).__name__}); start it, or unset the variable to run on this machine."
        ) from None
    with client:
        _check(client, scheduler)
        yield client


def check_this_worker(wanted: Mapping[str, str]) -> None:
    """Raise UnfitWorkerError, inside a task, if this worker differs from what sent the task."""
    if found := _found(wanted):
        from distributed import get_worker  # noqa: PLC0415 - imported where there is a task

        raise UnfitWorkerError(_refusal(str(get_worker().address), found))


def _found(wanted: Mapping[str, str]) -> str:
    """Return how this process differs; nothing if it does not."""
    return "; ".join(differences(wanted, environment()))


def _refusal(worker: str, why: str) -> str:
    return (
        f"the Dask worker {worker} would train other networks: {why}. Start it from this project's "
        ".venv with `dask worker --preload mlp.numerics`."
    )


def _check(client: "Client", scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise InputError(
            f"the Dask scheduler {scheduler} has no worker; start one from this project's .venv "
            "with `dask worker --preload mlp.numerics`."
        ) from None
    answers = client.run(_found, dict(environment()), on_error="return")
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, Exception):  # such as that it has no module mlp
            raise InputError(_refusal(worker, f"{type(answer).__name__}: {answer}"))
        if answer:
            raise InputError(_refusal(worker, answer))
