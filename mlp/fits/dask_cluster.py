"""Connect to the Dask cluster that ``DASK_SCHEDULER_ADDRESS`` names, and check its workers.

A fit is the same on every worker that has the project's packages, its files and the numeric pins. A
worker that lacks any of these is refused by name.
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
TIMEOUT = 5  # seconds to wait for the scheduler, and again for a worker


class UnfitWorkerError(Exception):
    """A worker would train other networks than this machine does; the message is a sentence."""


def address() -> str | None:
    """Return the address of the scheduler, or None to run on this machine."""
    return os.environ.get(ADDRESS) or None


@contextmanager
def connected(scheduler: str) -> Iterator["Client"]:
    """Give a client of the cluster, after checking all of its workers.

    Raises
    ------
    InputError
        If no scheduler answers, it has no worker, a worker is unfit, or the address says otherwise
        than Dask's configuration whether to encrypt.
    """
    from distributed import Client  # noqa: PLC0415 - half a second, and rarely
    from distributed.comm.addressing import get_address_host_port  # noqa: PLC0415 - likewise

    try:
        get_address_host_port(scheduler, strict=True)
        client = Client(scheduler, timeout=TIMEOUT)  # type: ignore[no-untyped-call]  # partly typed
    except (OSError, ValueError, ImportError) as error:
        raise InputError(
            f"{ADDRESS} is {scheduler}, but no Dask scheduler answers there "
            f"({type(error).__name__}); start it, or unset the variable to run on this machine."
        ) from None
    except TypeError:  # tls:// without certificates
        raise InputError(
            f"{ADDRESS} is {scheduler}, but Dask is not told its certificates; "
            f"DASK_CONFIG should name a file that does: see docs/scale.md."
        ) from None
    except RuntimeError:  # another one, where require-encryption is set
        raise InputError(
            f"{ADDRESS} is {scheduler}, but Dask's configuration requires encryption; "
            "the address should begin with tls://."
        ) from None
    with client:
        _check(client, scheduler)
        yield client


def check_this_worker(wanted: Mapping[str, str]) -> None:
    """Raise UnfitWorkerError, inside a task, if this worker differs from the sender of the task."""
    if reason := _differences(wanted):
        from distributed import get_worker  # noqa: PLC0415 - imported wherever a task runs

        raise UnfitWorkerError(_refusal(str(get_worker().address), reason))


def _differences(wanted: Mapping[str, str]) -> str:
    """Return how the environment of this process differs; the empty text if it does not."""
    return "; ".join(differences(wanted, environment()))


def _refusal(worker: str, reason: str) -> str:
    return (
        f"the Dask worker {worker} would train other networks: {reason}. Start it from this "
        "project's .venv with `dask worker --preload mlp.core.numerics`."
    )


def _check(client: "Client", scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=TIMEOUT)
    except TimeoutError:
        raise InputError(
            f"the Dask scheduler {scheduler} has no worker; start one from this project's .venv "
            "with `dask worker --preload mlp.core.numerics`."
        ) from None
    answers = client.run(_differences, dict(environment()), on_error="return")
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, Exception):  # for example, it has no module mlp
            raise InputError(_refusal(worker, f"{type(answer).__name__}: {answer}"))
        if answer:
            raise InputError(_refusal(worker, answer))
