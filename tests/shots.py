"""Signals to a run of DVC: drawn by a seed, sent at a chosen moment."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT]
WHOM = ["dvc", "stage", "group"]
AIMS = ["lock", "rename", "cache", "list"]
CLOCK = "clock"  # of a signal that is not aimed
CHANGES = 4  # of what is watched, at one of which the signal is sent
Watch = Callable[[], object]  # its answer is another one after each change


@dataclass(frozen=True)
class Shot:
    """A signal: which, to whom, and when.

    Attributes
    ----------
    key : str
        The parameter whose change is running.
    aim : str
        What is watched: dvc.lock, the folders of outputs, DVC's cache or its list of locks; or the clock.
    change : int
        The change of what is watched at which the signal is sent.
    share : float
        By the clock: of the usual duration. At a change: of 20 ms of delay, from a half on none.
    """

    key: str
    signal: signal.Signals
    whom: str
    aim: str
    change: int
    share: float

    def __str__(self) -> str:
        when = f"{self.share:.0%}" if self.aim == CLOCK else f"change {self.change}"
        return f"{self.key}, {self.signal.name} to {self.whom}, {self.aim} {when}"


def drawn(seed: str, keys: Sequence[str], *, aimed: bool) -> Shot:
    draw = random.Random(seed)  # noqa: S311 - it is to be drawn again
    return Shot(
        draw.choice(keys),
        draw.choice(SIGNALS),
        draw.choice(WHOM),
        draw.choice(AIMS) if aimed else CLOCK,
        draw.randint(1, CHANGES),
        draw.random(),
    )


def send(
    shot: Shot, process: subprocess.Popen[str], watches: dict[str, Watch], seconds: float
) -> bool:
    """Send a signal to a run, and return whether it was still going on.

    Parameters
    ----------
    shot : Shot
    process : subprocess.Popen
        DVC, which leads a process group.
    watches : dict
        What to watch for each aim.
    seconds : float
        How long such a run takes.
    """
    if shot.aim == CLOCK:
        time.sleep(shot.share * seconds)
    else:
        if not _changed(watches[shot.aim], shot.change, process):
            return False
        if shot.share < 0.5:
            time.sleep(shot.share * 0.02)
    stage = _stage(process) if shot.whom == "stage" else None
    if process.poll() is not None or (shot.whom == "stage" and stage is None):
        return False
    with suppress(ProcessLookupError):
        if shot.whom == "group":
            os.killpg(process.pid, shot.signal)
        else:
            os.kill(process.pid if stage is None else stage, shot.signal)
        return True
    return False


def _changed(watch: Watch, times: int, process: subprocess.Popen[str]) -> bool:
    """Wait until what is watched has changed so often; return whether the run still goes on."""
    seen = watch()
    while times and process.poll() is None:
        now = watch()
        times -= now != seen
        seen = now
        time.sleep(1e-4)
    return not times


def _stage(process: subprocess.Popen[str]) -> int | None:
    """Wait for the next stage, and return its process; None if the run ends before."""
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            children = psutil.Process(process.pid).children()
            if children:
                return int(children[0].pid)
        time.sleep(1e-3)
    return None


def watching(paths: Sequence[Path]) -> Watch:
    """Watch whether files, or the entries of folders, change."""

    def state(path: Path) -> object:
        try:
            found = path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    return lambda: [state(path) for path in paths]


def watching_folders(parent: Path) -> Watch:
    """Watch whether the entries of a folder's folders change."""

    def state() -> object:
        try:
            return {(entry.name, entry.stat().st_mtime_ns) for entry in os.scandir(parent)}
        except OSError:
            return None

    return state
