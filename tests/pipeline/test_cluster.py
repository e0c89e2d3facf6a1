"""The search on a Dask cluster of real processes on loopback, and killed in the middle."""

import json
import os
import platform
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

import numpy as np
import psutil
import pytest
from distributed import Client
from project import ROOT, environment, started
from samples import numeric
from searches import Searches
from sklearn.datasets import make_classification

from mlp.core import numerics
from mlp.evidence import plan, runs
from mlp.fits.memory import FitMemory

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL to send"),
]
PINS = numerics.pins(platform.machine(), "pinned")
x86_64_alone = pytest.mark.skipif(
    "OPENBLAS_CORETYPE" not in PINS, reason="kernels are pinned on x86-64 alone"
)
Work = Callable[..., None]


@pytest.fixture(scope="module")
def searches(tmp_path_factory: pytest.TempPathFactory) -> Searches:
    made = Searches(tmp_path_factory.mktemp("searches"))
    made.run("here")
    return made


@contextmanager
def running(*words: str, pins: Mapping[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Run one of Dask's commands for as long as the context, with these pins alone."""
    env = {name: value for name, value in environment().items() if name not in PINS} | pins
    with started(
        [
            sys.executable,
            "-m",
            "dask",
            *words,
            "--no-dashboard",
            "--dashboard-address",
            "127.0.0.1:0",
        ],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=60)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler on loopback, which has the workers of one test at a time."""
    file = tmp_path_factory.mktemp("scheduler") / "scheduler.json"
    words = ["--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)]
    with running("scheduler", *words, pins={}) as process:
        while True:
            assert process.poll() is None
            with suppress(OSError, ValueError):  # it is not there yet, or not whole
                address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
                break
            time.sleep(0.05)
        yield address


@pytest.fixture
def work(scheduler: str, tmp_path: Path) -> Iterator[Work]:
    """Start workers of the scheduler, and wait until it knows them."""
    with Client(scheduler) as client, ExitStack() as stack:

        def start(count: int, *words: str, pins: Mapping[str, str] = MappingProxyType({})) -> None:
            known = len(client.scheduler_info()["workers"])
            place = ["--nthreads", "1", "--host", "127.0.0.1", "--local-directory", str(tmp_path)]
            for _ in range(count):
                stack.enter_context(running("worker", scheduler, *place, *words, pins=pins))
            client.wait_for_workers(known + count, timeout=60)

        yield start
        stack.close()
        while client.scheduler_info()["workers"]:  # it hears of their end
            time.sleep(0.05)


PINNED = ("--preload", "mlp.core.numerics")  # as docs/scale.md has it
BARE = ("--no-nanny",)  # half of the processes: nobody starts a worker again


def test_processes_and_workers_write_the_same_bytes(
    searches: Searches, scheduler: str, work: Work
) -> None:
    wanted = searches.result("here")
    searches.run("one process", LOKY_MAX_CPU_COUNT="1")
    assert searches.result("one process") == wanted
    for name in ("one worker", "two workers"):
        work(1, *PINNED)
        searches.run(name, DASK_SCHEDULER_ADDRESS=scheduler)
        assert searches.result(name) == wanted
        assert searches.remembered(name) == 18


def test_repeated_trainings_on_workers_are_those_of_processes(
    scheduler: str, work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    features, classes = make_classification(120, 6, n_informative=4, random_state=0)
    rows = numeric(features, np.array(["no", "yes"], dtype=object)[classes])
    section = {"hidden_layer_sizes": [8], "solver": "adam", "max_iter": 20, "scale": "standard"}
    judged = plan.of_folds(rows, 3, 0)
    here = runs.train(section, judged, [0, 1], FitMemory(tmp_path / "here", 10**9))
    work(2, *BARE, pins=PINS)
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", scheduler)
    there = runs.train(section, judged, [0, 1], FitMemory(tmp_path / "there", 10**9))
    for mine, its in zip(here, there, strict=True):
        assert mine.losses["brier_score"].tobytes() == its.losses["brier_score"].tobytes()
        assert mine.predicted.tolist() == its.predicted.tolist()
    assert here[0].losses["brier_score"].tobytes() != here[1].losses["brier_score"].tobytes()


def test_a_worker_that_is_killed_changes_nothing(
    searches: Searches, scheduler: str, work: Work
) -> None:
    name = "worker killed"
    work(2, *BARE, pins=PINS)
    with Client(scheduler) as client:
        victim = min(client.run(os.getpid).values())
    with searches.start(name, DASK_SCHEDULER_ADDRESS=scheduler) as process:
        searches.wait_for_fits(name, 2, process)
        os.kill(victim, signal.SIGKILL)
        _, errors = process.communicate()
    assert process.returncode == 0, errors
    assert searches.result(name) == searches.result("here")


@pytest.mark.long
def test_the_only_worker_that_is_killed_and_comes_back_changes_nothing(
    searches: Searches, scheduler: str, work: Work
) -> None:
    """The rows that it was given are gone with it, and are given anew."""
    work(1, *PINNED)
    with Client(scheduler) as client:
        (victim,) = client.run(os.getpid).values()
    with searches.start("alone", DASK_SCHEDULER_ADDRESS=scheduler) as process:
        searches.wait_for_fits("alone", 2, process)
        os.kill(victim, signal.SIGKILL)
        _, errors = process.communicate()
    assert process.returncode == 0, errors
    assert searches.result("alone") == searches.result("here")


@x86_64_alone
def test_a_worker_without_the_pins_is_refused_by_name(
    searches: Searches, scheduler: str, work: Work
) -> None:
    work(1)
    with Client(scheduler) as client:
        (worker,) = client.run(os.getpid)
    errors = searches.run("unpinned", code=1, DASK_SCHEDULER_ADDRESS=scheduler)
    why = "its OPENBLAS_CORETYPE is not set and should be Haswell; "
    assert errors.startswith(f"error: the Dask worker {worker} would train other networks: {why}")
    assert errors.endswith(".venv with `dask worker --preload mlp.core.numerics`.\n")
    assert errors.count("\n") == 1
    assert searches.remembered("unpinned") == 0


@x86_64_alone
def test_a_worker_without_the_pins_that_comes_late_is_refused_by_name(
    searches: Searches, scheduler: str, work: Work
) -> None:
    work(1, *BARE, pins=PINS)
    with Client(scheduler) as client:
        (known,) = client.run(os.getpid)
        with searches.start("late", 2000, DASK_SCHEDULER_ADDRESS=scheduler) as process:
            searches.wait_for_fits("late", 1, process)
            work(2, *BARE)
            _, errors = process.communicate()
        late = set(client.run(os.getpid)) - {known}
    assert process.returncode == 1
    assert any(f"error: the Dask worker {worker} would train" in errors for worker in late)
    assert "Traceback" not in errors


def test_a_scheduler_without_workers_is_refused(searches: Searches, scheduler: str) -> None:
    errors = searches.run("idle", code=1, DASK_SCHEDULER_ADDRESS=scheduler)
    assert errors == (
        f"error: the Dask scheduler {scheduler} has no worker; start one from this project's .venv "
        "with `dask worker --preload mlp.core.numerics`.\n"
    )


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "no address", "tcp://127.0.0.1"])
def test_a_scheduler_that_does_not_answer_is_no_silent_local_run(
    searches: Searches, address: str
) -> None:
    errors = searches.run("nowhere", code=1, DASK_SCHEDULER_ADDRESS=address)
    begins = f"error: DASK_SCHEDULER_ADDRESS is {address}, but no Dask scheduler answers there ("
    assert errors.startswith(begins)
    assert errors.endswith("; start it, or unset the variable to run on this machine.\n")
    assert errors.count("\n") == 1
    assert searches.remembered("nowhere") == 0


def test_two_searches_share_a_store(searches: Searches) -> None:
    """And begin at once, so that each finds fits that the other is writing."""
    store = {"MLP_CACHE_DIR": str(searches.folder / "shared/fits")}
    (searches.folder / "shared").mkdir()
    with searches.start("first", **store) as first, searches.start("second", **store) as second:
        errors = [process.communicate()[1] for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), errors
    assert searches.result("first") == searches.result("second") == searches.result("here")
    assert searches.remembered("shared") == 18


def test_a_search_that_is_killed_goes_on_where_it_was(searches: Searches) -> None:
    with searches.start("killed") as process:
        searches.wait_for_fits("killed", 7, process)
        workers = psutil.Process(process.pid).children(recursive=True)
        process.kill()
    assert workers
    _, alive = psutil.wait_procs(workers, timeout=60)
    assert not alive  # they do not outlive it
    kept = searches.remembered("killed")
    assert not (searches.folder / "killed/best.yaml").exists()
    # A folder without a file is a fit whose writing the kill cut short.
    files = searches.folder.glob("killed/fits/*/*/output.pkl")
    fits = {file.parent: file.parent.stat().st_mtime_ns for file in files}
    assert len(fits) == kept
    searches.run("killed")
    assert searches.result("killed") == searches.result("here")
    assert kept < searches.remembered("killed") == 18
    assert {path: path.stat().st_mtime_ns for path in fits} == fits  # none was written again


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_says_how_to_go_on(searches: Searches) -> None:
    with searches.start("interrupted") as process:
        searches.wait_for_fits("interrupted", 3, process)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode == 130
    match = re.fullmatch(
        r"interrupted: (\d+) of 18 fits are done; they are remembered, and `dvc repro` continues from "
        r"there\.\n",
        errors,
    )
    assert match, errors
    assert int(match[1]) == searches.remembered("interrupted")
