"""Gather the findings."""

from mlp.core.errors import InputError
from mlp.repair import leftovers, lock_content, lock_files, run_locks
from mlp.repair.finding import Finding

KILLED = "A run was killed here: `make repair`, or `mlp repair`, mends that."
MERGED = "Take one side of it, and run again: see Merge two branches in CONTRIBUTING.md."


def keep() -> list[str]:
    """Copy the lock files, or return sentences on what keeps DVC from starting.

    While a run goes on it may be writing them, and DVC itself says what it waits for.
    """
    found = _blocking()
    if found and not _runs():
        is_merged = any(finding.fault == lock_content.CONFLICT for finding in found)
        return [
            *(f"{finding.path} {finding.fault}." for finding in found),
            MERGED if is_merged else KILLED,
        ]
    lock_files.keep()
    return []


def complete() -> list[Finding]:
    """Return everything that needs mending.

    Raises
    ------
    InputError
        If a run goes on and something needs mending.
    """
    runs, found = _runs(), _blocking()
    if runs and found:
        raise InputError(
            f"{found[0].path} {found[0].fault}, and a run goes on in this folder ({runs[0]}): end "
            "it or wait for it, and then run `mlp repair`."
        )
    return found if runs else found + leftovers.findings(_outputs())


def _blocking() -> list[Finding]:
    return lock_files.findings() + run_locks.findings()


def _runs() -> list[str]:
    from mlp.repair import runs  # noqa: PLC0415 - psutil is needed only if something is wrong

    return runs.going_on()


def _outputs() -> list[str]:
    """Return the outputs that the lock files name, as they are or as they are to be restored."""
    good = (lock_files.readable(path) for path in lock_files.LOCKS)
    return [output for found in good if found for output in lock_content.outputs(found[0])]
