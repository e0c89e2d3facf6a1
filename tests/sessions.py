"""The processes of a session: a run, with all that it started."""

import os
import time

import psutil

GRACE = 1.5  # seconds in which every process of a killed run should have ended


def ended(session: int) -> list[str]:
    """Wait for the end of every process of a session; return, and kill, those that stay."""
    end = time.monotonic() + GRACE
    while (left := processes(session)) and time.monotonic() < end:
        time.sleep(0.01)
    said = [f"{process.pid} {' '.join(process.cmdline())}" for process in left]
    for process in left:
        process.kill()
    return said


def processes(session: int) -> list[psutil.Process]:
    """Return the processes of a session that have not ended."""
    found = []
    for pid in psutil.pids():
        try:
            process = psutil.Process(pid)
            if os.getsid(pid) == session and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.Error):
            continue
    return found
