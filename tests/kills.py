"""Kill runs of DVC, and look at what is left.

An iteration edits a parameter, starts `dvc repro` and sends one signal. Then it does what the
documentation says: `mlp repair --keep`, as make does, `mlp repair --yes` where that refuses, and `dvc
repro`. A twin of the project, which no signal reaches, tells what every file should be. A value is new
in each iteration, so that no earlier result can stand in for one.
"""

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import md5

import shots
from dvc_here import Run
from outcomes import differences, fits, outputs_of
from project import Project, started
from sessions import ended
from shots import Shot

from mlp.repair.leftovers import PARTIAL

PATIENCE = 180.0  # seconds in which a run should end


@dataclass
class Loop:
    """A project whose runs are killed, and its twin; both are up to date.

    Attributes
    ----------
    values : mapping
        The parameters to change by their dotted keys: the value of an iteration, by its number.
    run : callable
        Runs a stage of the twin.
    seconds : dict
        How long a run takes by its key, at first a guess.
    say : callable
        Is given a line of progress.
    sent, repairs : int
        The number of signals, and how often `mlp repair` was needed.
    faults : list of str
        What did not hold.
    """

    project: Project
    twin: Project
    values: Mapping[str, Callable[[int], object]]
    run: Run
    seconds: dict[str, float]
    say: Callable[[str], None] = print
    sent: int = 0
    repairs: int = 0
    faults: list[str] = field(default_factory=list)

    def shoot(self, count: int, seed: str) -> None:
        """Send so many signals, every second one aimed."""
        number = 0
        while self.sent < count:
            number += 1
            shot = shots.drawn(f"{seed}.{number}", list(self.values), aimed=self.sent % 2 == 1)
            for project in (self.project, self.twin):
                project.put(shot.key, self.values[shot.key](number))
            faults = [f"{seed}.{number}: {shot}: {fault}" for fault in self._faults(shot)]
            self.say(f"{seed}.{number}: {self.sent} of {count}, {self.repairs} repaired: {shot}")
            for fault in faults:
                self.say(f"FAULT {fault}")
            self.faults += faults
        self.faults += self._at_the_end()

    def _faults(self, shot: Shot) -> Iterator[str]:
        """Kill a run, recover, and yield what does not hold."""
        hit, left = self._killed(shot)
        self.sent += hit
        yield from (f"a process is left: {process}" for process in left)
        before = fits(self.project.path)
        yield from self._recovered()
        self.twin.dvc("repro", run=self.run)
        yield from differences(self.twin.path, self.project.path)
        after = fits(self.project.path)
        yield from (f"the fit {name} is lost" for name in before if name not in after)
        yield from (
            f"the fit {name} was trained again"
            for name in before.keys() & after
            if before[name] != after[name]
        )
        trained = {name: content for name, (_, content) in after.items()}
        if trained != {name: content for name, (_, content) in fits(self.twin.path).items()}:
            yield "the fits are others than the twin's"

    def _killed(self, shot: Shot) -> tuple[bool, list[str]]:
        """Start a run and send a signal; return whether it met the run, and which processes stay."""
        path = self.project.path
        outputs = [path / name for name in outputs_of(path)]
        watches = {
            "lock": shots.watching([path / "dvc.lock"]),
            "list": shots.watching([path / ".dvc/tmp/rwlock"]),
            "rename": shots.watching(sorted({*outputs, *(output.parent for output in outputs)})),
            "cache": shots.watching_folders(path / ".dvc/cache/files/md5"),
        }
        with (
            (path.parent / "log").open("w") as log,
            started(
                ["dvc", "repro"],
                cwd=path,
                env=self.project.env,
                start_new_session=True,
                stdout=log,
                stderr=log,
            ) as process,
        ):
            began = time.monotonic()
            hit = shots.send(shot, process, watches, self.seconds[shot.key])
            process.wait(PATIENCE)
            if not hit:
                self.seconds[shot.key] = time.monotonic() - began
            return hit, ended(process.pid)

    def _recovered(self) -> Iterator[str]:
        """Run to the end as a person would, and yield what stands in the way."""
        try:
            self.project.mlp("repair", "--keep")
        except AssertionError:
            self.repairs += 1
            self.project.mlp("repair", "--yes")
        done = subprocess.run(
            ["dvc", "repro"],
            cwd=self.project.path,
            env=self.project.env,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            yield f"dvc repro refuses: {done.stdout[-500:]}{done.stderr[-1000:]}"

    def _at_the_end(self) -> Iterator[str]:
        """Yield what is damaged in DVC's cache, and partial files that `mlp repair` leaves."""
        self.project.mlp("repair", "--yes")
        for path in self.project.path.rglob("*"):
            if PARTIAL.fullmatch(path.name):
                yield f"{path} is left"
        for path in self.project.path.glob(".dvc/cache/files/md5/*/*"):
            name = f"{path.parent.name}{path.stem}"
            if md5(path.read_bytes(), usedforsecurity=False).hexdigest() != name:
                yield f"{path} is damaged"
        status = self.project.run("dvc", "status", "--json").stdout.strip()
        if status != "{}":
            yield f"not up to date: {status}"
