"""Keep a copy of the last readable lock files, and restore what DVC cannot read."""

from pathlib import Path

from mlp.core import disk
from mlp.history import git
from mlp.history.lock import GATE, ROOT, file_of
from mlp.repair import lock_content
from mlp.repair.finding import Finding, content_of, replace

LOCKS = (file_of(ROOT), file_of(GATE))
COPIES = Path(".dvc/tmp/readable")  # DVC has git ignore .dvc/tmp
DAMAGED = ".damaged"


def faults() -> dict[str, str]:
    """Return what is wrong with each lock file that DVC cannot read, by its path.

    A lock file that equals its copy is not parsed, which saves most of the time.
    """
    wrong = {}
    for path in LOCKS:
        content = content_of(Path(path))
        if content is None or content == content_of(COPIES / path):
            continue
        fault = lock_content.fault(content)
        if fault:
            wrong[path] = fault
    return wrong


def keep() -> None:
    """Copy each lock file that DVC can read, unless the copy is up to date."""
    if not Path(".dvc").is_dir():
        return
    for path in LOCKS:
        content = content_of(Path(path))
        if content is None or content == content_of(COPIES / path):
            continue
        if lock_content.fault(content) is None:
            replace(COPIES / path, content)


def findings() -> list[Finding]:
    """Return the lock files that DVC cannot read."""
    return [_finding(path, fault) for path, fault in faults().items()]


def readable(path: str) -> tuple[bytes, str] | None:
    """Return the best readable content of a lock file, and where it is from; None if there is none.

    That is the file itself, its copy, or what git has of the last commit.
    """
    sources = {
        "itself": content_of(Path(path)),
        "the copy that the last run by make kept": content_of(COPIES / path),
        "the last commit": git.content("HEAD", path),
    }
    for name, content in sources.items():
        if content is not None and lock_content.fault(content) is None:
            return content, name
    return None


def _finding(path: str, fault: str) -> Finding:
    good = readable(path)
    damaged = COPIES / f"{path}{DAMAGED}"

    def mend() -> None:
        if fault != lock_content.EMPTY:
            replace(damaged, disk.read_bytes(Path(path)))
        if good is None:
            Path(path).unlink()
        else:
            replace(Path(path), good[0])

    remedy = (
        "delete it, and every stage runs again" if good is None else f"restore it from {good[1]}"
    )
    if fault != lock_content.EMPTY:
        remedy += f" ({damaged} keeps it as it is)"
    return Finding(path, fault, remedy, mend)
