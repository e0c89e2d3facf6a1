"""The number of processes to run at once on this machine."""

import os

import joblib

from mlp.core.errors import InputError

LIMIT = "LOKY_MAX_CPU_COUNT"


def count() -> int:
    """Return the number of cores, or of LOKY_MAX_CPU_COUNT if that is smaller.

    Raises
    ------
    InputError
        If the variable is not an integer from 1.
    """
    limit = os.environ.get(LIMIT)
    if limit and not (limit.isdecimal() and int(limit)):
        raise InputError(f"{LIMIT} is '{limit}'; it should be a number of processes, from 1.")
    return int(joblib.cpu_count())
