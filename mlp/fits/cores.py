"""How many processes may run at once on this machine."""

import os

import joblib

from mlp.core.errors import InputError

LIMIT = "LOKY_MAX_CPU_COUNT"


def count() -> int:
    """Return how many: all cores, or what LOKY_MAX_CPU_COUNT sets.

    Raises
    ------
    InputError
        If that is no number from 1.
    """
    given = os.environ.get(LIMIT)
    if given and not (given.isdecimal() and int(given)):
        raise InputError(f"{LIMIT} is '{given}'; it should be a number of processes, from 1.")
    return int(joblib.cpu_count())
