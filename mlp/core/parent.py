"""End this process when the one that started it ends, in whatever way.

A signal to DVC alone leaves a stage running, and its outputs would one day replace newer ones.
"""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

STAGE = "DVC_STAGE"  # DVC sets it for every command that it runs
PR_SET_PDEATHSIG = 1  # in linux/prctl.h
EVERY = 0.2  # seconds from one look at the parent to the next


def end_with_dvc() -> None:
    """End this process with the DVC that started it, if one did.

    DVC starts a stage through the user's shell. Some shells become the stage, as bash does; where
    one stays between the two, as that of Debian and fish do, its own parent is watched as well.
    """
    if STAGE not in os.environ or os.name == "nt":
        return
    if _is_adopted(os.getppid()):
        sys.exit("error: DVC ended while it started this stage.")
    end_with(os.getppid())
    if sys.platform == "linux" and _is_shell(os.getppid()):
        _watch(os.getppid())


def end_with(parent: int) -> None:
    """End this process with its parent: on Linux the kernel sees to it, elsewhere a thread.

    Parameters
    ----------
    parent : int
        The process that should be the parent. If it has ended, this process ends now.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        _start(lambda: os.getppid() == parent)
    if os.getppid() != parent:
        _end()


def _is_adopted(parent: int) -> bool:
    """Return whether a process that took in an orphan is the parent: init, or the like of it.

    DVC is in the session of its stages, and one that is init itself is in their process group.
    """
    if parent == 0 or os.getsid(0) == os.getpid():  # it is outside this container, or unknown
        return False
    try:
        if parent == 1 and os.getpgid(parent) != os.getpgrp():
            return True
        return os.getsid(parent) != os.getsid(0)
    except ProcessLookupError:  # it ended just now
        return True


def _is_shell(process: int) -> bool:
    """Return whether a process was given the command of this one as a text."""
    words = _about(process, "cmdline").split(b"\0")
    return b"-c" in words and any(b"-m stages." in word for word in words)


def _watch(shell: int) -> None:
    """End this process when the parent of a shell ends."""
    while _is_shell(above := _parent(shell)):
        shell = above
    if _is_adopted(above):
        _end()
    _start(lambda: _parent(shell) == above)


def _parent(process: int) -> int:
    """Return the parent of a process, 0 if there is no such process."""
    fields = _about(process, "stat").rpartition(b")")[2].split()  # a name may hold any other text
    return int(fields[1]) if fields else 0


def _about(process: int, what: str) -> bytes:
    """Return a file of Linux about a process, empty if there is no such process."""
    try:
        return Path(f"/proc/{process}/{what}").read_bytes()
    except OSError:
        return b""


def _start(is_alive: Callable[[], bool]) -> None:
    def wait() -> None:
        while is_alive():
            time.sleep(EVERY)
        _end()

    threading.Thread(target=wait, daemon=True).start()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
