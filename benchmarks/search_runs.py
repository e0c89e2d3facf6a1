"""Searches as processes of their own, for `benchmarks.search` to time."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ruamel.yaml import YAML

import mlp.core.numerics  # noqa: F401 - pins the kernels of every process that it starts
from mlp.core import params_file
from mlp.fits import memory

TRAIN = Path("data/train.parquet")


class Bench:
    """Searches in a folder of their own, and their times in seconds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0

    def params(self, **changes: object) -> Path:
        """Return a params file with changes in its section search."""
        section = params_file.parse(Path("params.yaml"))["search"] | changes
        path = self.fresh() / "params.yaml"
        YAML().dump({"search": section}, path)
        return path

    def fresh(self) -> Path:
        self._count += 1
        path = self.folder / str(self._count)
        path.mkdir()
        return path

    def start(self, params: Path, store: Path, **env: str) -> "subprocess.Popen[bytes]":
        names = params.with_name("names")
        names.write_text("tuned\n", encoding="utf-8")
        searched = params.with_name("searched")
        files = {"params": params, "names": names, "train": TRAIN, "searched": searched}
        words = [word for name, path in files.items() for word in (f"--{name}", str(path))]
        return quietly(
            [sys.executable, "-m", "stages.search", *words], MLP_CACHE_DIR=str(store), **env
        )

    def search(self, params: Path, store: Path | None = None, **env: str) -> float:
        """Return how long a search takes; without a store, from the beginning."""
        return timed(lambda: self.start(params, store or self.fresh(), **env))

    def score(self, params: Path) -> float:
        """Return the winner's score in a search that was run."""
        trials = params.with_name("searched") / "trials.csv"
        header, *rows = trials.read_text(encoding="utf-8").splitlines()
        names = header.split(",")
        winner = next(row for row in rows if row.split(",")[names.index("rank")] == "1")
        return float(winner.split(",")[names.index("mean_score")])


def quietly(command: list[str], **env: str) -> "subprocess.Popen[bytes]":
    env = os.environ | {"PYTHONWARNINGS": "ignore"} | env
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)  # noqa: S603 - our own


def timed(start: Callable[[], "subprocess.Popen[bytes]"]) -> float:
    begin = time.perf_counter()
    if start().wait():
        sys.exit("error: a measured command failed.")
    return time.perf_counter() - begin


def until_fits(bench: Bench, params: Path, store: Path, count: int) -> float:
    """Return how long a search took until it was killed, with so many fits done."""
    begin = time.perf_counter()
    process = bench.start(params, store)
    fits = store / memory.OWN
    while not fits.is_dir() or sum(1 for _ in fits.iterdir()) < count:  # a look that costs little
        time.sleep(0.02)
    process.kill()
    process.wait()
    return time.perf_counter() - begin


def optuna(bench: Bench, seed: int, target: float, limit: float) -> float:
    """Return how long Optuna takes to the score in two processes, or the limit."""
    folder = bench.fresh()
    words = [str(folder), str(seed), str(target), str(limit)]
    begin = time.perf_counter()
    processes = [
        quietly([sys.executable, "-m", "benchmarks.peers.optuna_search", *words, str(process)])
        for process in range(2)
    ]
    for process in processes:
        process.wait()
    return time.perf_counter() - begin


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Give the address of a scheduler with two workers, on this machine."""
    file = folder / "scheduler.json"
    place = ["--no-dashboard", "--scheduler-file", str(file)]
    log = {"DASK_LOGGING__DISTRIBUTED": "error"}
    with ExitStack() as stack:
        for words in (
            ["scheduler", "--host", "127.0.0.1", "--port", "0"],
            *[["worker", "--nthreads", "1", "--preload", "mlp.core.numerics"]] * 2,
        ):
            process = quietly([sys.executable, "-m", "dask", *words, *place], **log)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            while not file.exists():
                time.sleep(0.1)
        time.sleep(5)  # until both workers are there
        yield json.loads(file.read_text(encoding="utf-8"))["address"]
