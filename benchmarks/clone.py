"""Clones of the project to run in, and commands run there as a user runs them."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
OURS = ("DVC_", "MLP_", "PYTHON")  # beginnings of variables that would change what is measured
LINES = 20  # of a failed command's log


def environment(**changes: str) -> dict[str, str]:
    """Return the variables of a command: this project's Python first on PATH, and no setting."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"} | changes


@dataclass(frozen=True)
class Done:
    """A command that ended well: what it printed, all that it logged, and its seconds."""

    output: str
    log: str
    seconds: float


class Clone:
    """A clone of a project's last commit."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder = folder
        call("git", "clone", "--quiet", str(source.resolve()), str(folder))

    def run(self, *words: str) -> str:
        """Run a command in the clone, and return what it printed."""
        return call(*words, folder=self.folder).output


def call(*words: str, folder: Path | None = None, **env: str) -> Done:
    """Run a command to its end; a failure ends the program."""
    begin = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own commands
        words, cwd=folder, env=environment(**env), capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - begin
    log = done.stdout + done.stderr
    if done.returncode:
        last = "".join(log.splitlines(keepends=True)[-LINES:])
        sys.exit(f"error: exit code {done.returncode} of {' '.join(words)}:\n{last}")
    return Done(done.stdout, log, seconds)
