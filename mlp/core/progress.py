"""Show the progress of a long task: a bar on a terminal, a line every few seconds in a log."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

EVERY = 5.0  # seconds between two lines


class Say(Protocol):
    """Report how much of the total is done, with a text to show."""

    def __call__(self, done: int, text: str) -> None: ...


@contextmanager
def progress(
    total: int, stream: TextIO, done: int = 0, *, every: float | None = None
) -> Iterator[Say]:
    """Yield a function to call after each step.

    Parameters
    ----------
    total : int
        The amount of work.
    stream : text file
        Where to show the progress. On a terminal it is a bar, which disappears at the end.
    done : int
        The amount that was done before; the estimate of the time left ignores it.
    every : float, optional
        Seconds between two lines; EVERY by default.
    """
    if stream.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        with Progress(
            *columns, TimeRemainingColumn(), console=Console(file=stream), transient=True
        ) as bar:
            task = bar.add_task("", total=total, completed=done)
            yield lambda done, text: bar.update(task, completed=done, description=text)
        return
    before = done
    start = last = time.monotonic()

    def say(done: int, text: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > (EVERY if every is None else every) and done > before:
            last = now
            left = (now - start) * (total - done) / (done - before)
            stream.write(f"{text}; {done / total:.0%}, about {left:.0f} s left\n")
            stream.flush()

    yield say
