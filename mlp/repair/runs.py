"""Find the processes that are writing files of this project."""

import os
from collections.abc import Sequence
from pathlib import Path, PurePath

import psutil

NAMED = 3  # words of a command line that can name a program: python -m dvc
PROGRAMS = {"dvc", "dvc.exe", "mlp", "mlp.exe", "commands"}


def going_on() -> list[str]:
    """Return each other process of DVC, of a stage and of `mlp` below the current folder.

    Processes of other users whose folder cannot be seen are left out.
    """
    here = Path.cwd()
    return [
        f"process {process.pid}: {' '.join(words)}"
        for process in psutil.process_iter(["cmdline", "cwd"])
        if is_run(words := process.info["cmdline"] or [])
        and process.pid != os.getpid()
        and (folder := process.info["cwd"])
        and Path(folder).is_relative_to(here)
    ]


def is_run(words: Sequence[str]) -> bool:
    """Return whether a command line is one of DVC, of a stage or of `mlp`.

    >>> is_run(["python", "venv/bin/dvc", "repro"]), is_run(["python", "-m", "stages.load"])
    (True, True)
    >>> is_run(["vim", "dvc.lock"]), is_run([])
    (False, False)
    """
    return any(
        PurePath(word).name in PROGRAMS or word.startswith("stages.") for word in words[:NAMED]
    )
