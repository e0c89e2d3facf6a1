"""Find the locks of DVC that outlived their process.

DVC lists who reads and writes which file in .dvc/tmp/rwlock, and writes that list in place. Its
other locks are the kernel's and end with the process, unless core.hardlink_lock makes them files.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from mlp.repair.finding import Finding, content_of, deleting

FOLDER = Path(".dvc/tmp")
LIST = FOLDER / "rwlock"
LINKS = (FOLDER / "lock", FOLDER / "rwlock.lock")
BY_KERNEL = re.compile(rb"\s*\d*\s*")  # such a file holds a PID, and stays without being a lock


def findings() -> list[Finding]:
    """Return the locks that keep DVC from starting; they are stale only if no run goes on."""
    found = []
    fault = _fault_of_list()
    if fault:
        found.append(deleting(LIST, fault))
    for path in LINKS:
        content = content_of(path)
        if content is not None and not BY_KERNEL.fullmatch(content):
            found.append(deleting(path, "is the lock of a process that is gone"))
    return found


def _fault_of_list() -> str | None:
    content = content_of(LIST)
    if content is None:
        return None
    if not content:
        return "is empty"
    try:
        owners = set(_owners(json.loads(content)))
    except (ValueError, AttributeError, TypeError, KeyError):
        return "is cut off or damaged"
    for pid in sorted(owners):
        if why := _why_stale(pid):
            return f"names the process {pid}, which {why}"
    return None


def _owners(content: dict[str, dict[str, object]]) -> Iterator[int]:
    """Yield the process of each entry; raise ValueError and its like if DVC cannot read it."""
    if not set(content) <= {"read", "write"}:
        raise ValueError
    for info in content.get("write", {}).values():
        yield _owner(info)
    for infos in content.get("read", {}).values():
        if not isinstance(infos, list):
            raise TypeError
        yield from map(_owner, infos)


def _owner(info: object) -> int:
    if (
        not isinstance(info, dict)
        or set(info) != {"pid", "cmd"}
        or not isinstance(info["pid"], int)
    ):
        raise ValueError
    return info["pid"]


def _why_stale(pid: int) -> str | None:
    """Return why a process cannot be the one that the list names, or None if it can.

    DVC asks only whether there is a process of that number. There is for one that was killed until
    its parent asks how it ended, which in a container may be never.
    """
    import psutil  # noqa: PLC0415 - most lists are empty

    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return "has ended"
        if process.create_time() > LIST.stat().st_mtime + 1:
            return "is another one by now"
    except (psutil.Error, OSError):
        pass
    return None
