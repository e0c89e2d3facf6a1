"""Processes of this machine: their fits, their deaths, and that none is left behind."""

import os
import signal
import subprocess
import sys
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from project import ROOT
from samples import numeric

from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.fits import cores, processes, workers
from mlp.fits.fold_fit import FoldFit, Job, fold_fit

GENERATOR = np.random.default_rng(0)
ROWS = numeric(GENERATOR.normal(size=(60, 4)), np.array(["a", "b"] * 30, dtype=object))
PART = (np.arange(40), np.arange(40, 60))
SECTION: dict[str, Any] = {
    "hidden_layer_sizes": [5], "random_state": 0, "scale": "none", "solver": "adam", "max_iter": 3,
}  # fmt: skip
ENDLESS = SECTION | {"max_iter": 10**6, "tol": 0.0, "solver": "sgd", "n_iter_no_change": 10**6}
JOBS = {4: Job(SECTION, PART), 7: Job(SECTION | {"alpha": 0.5}, PART)}
copies_alone = pytest.mark.skipif(
    processes.METHOD != "fork", reason="only a fork has what a test patched"
)


@pytest.mark.parametrize("method", [processes.METHOD, "spawn"])
def test_fits_are_those_of_this_process(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each method of multiprocessing that a system may have."""
    monkeypatch.setattr(processes, "METHOD", method)
    fits = dict(processes.fits(JOBS, ROWS))
    assert sorted(fits) == [4, 7]
    for position, job in JOBS.items():
        wanted = fold_fit(job, ROWS)
        np.testing.assert_array_equal(fits[position].outputs, wanted.outputs)
    assert not np.array_equal(fits[4].outputs, fits[7].outputs)
    assert not active_children()


def test_what_was_begun_is_not_waited_for() -> None:
    running = processes.fits({0: Job(SECTION, PART), 1: Job(ENDLESS, PART)}, ROWS)
    assert next(running)[0] == 0
    running.close()
    assert not active_children()


ORPHANS = """
import stages
import sys
from mlp.fits import processes
from mlp.fits.fold_fit import Job
from test_processes import ENDLESS, PART, ROWS, SECTION
processes.METHOD = sys.argv[1]
jobs = {0: Job(SECTION, PART), 1: Job(ENDLESS, PART), 2: Job(ENDLESS, PART)}
if __name__ == "__main__":
    for _ in processes.fits(jobs, ROWS):
        print("begun", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends no process by a signal")
@pytest.mark.parametrize("method", [processes.METHOD, "spawn"])
def test_processes_end_with_their_parent(method: str, tmp_path: Path) -> None:
    program = tmp_path / "orphans.py"  # spawn runs the file again
    program.write_text(ORPHANS, encoding="utf-8")
    modules = os.pathsep.join(str(ROOT / folder) for folder in (".", "tests", "tests/unit/fits"))
    parent = subprocess.Popen(
        [sys.executable, str(program), method],
        env=os.environ | {"PYTHONPATH": modules, cores.LIMIT: "2"},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout
    assert parent.stdout.readline() == "begun\n"
    parent.kill()
    # Its processes hold the other end of the pipe: it is at its end when all of them are gone.
    assert parent.communicate(timeout=60) == ("", None)


@copies_alone
def test_processes_that_die_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the kernel ends them where memory runs out."""
    monkeypatch.setattr(processes, "fold_fit", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(InputError, match=r"^workers die again and again \(BrokenProcessPool\)"):
        list(workers.fits(list(JOBS.values()), ROWS))
    assert not active_children()


@copies_alone
@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_is_not_for_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal sends it to all processes; the parent decides how its children end."""

    def interrupted(job: Job, dataset: Dataset) -> FoldFit:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
        signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
        return fold_fit(job, dataset)

    monkeypatch.setattr(processes, "fold_fit", interrupted)
    long = SECTION | {"max_iter": 200, "tol": 0.0, "n_iter_no_change": 200}
    assert [fit.n_iter for _, fit in processes.fits({0: Job(long, PART)}, ROWS)] == [200]


def faults(setup: str) -> int:
    """Return how often a process asks for memory anew that makes an array of 200 kB 1000 times."""
    program = f"""
import resource
from mlp.core import numerics
{setup}
import numpy as np
np.ones(25_000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(1000):
    np.ones(25_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env=os.environ | {"MALLOC_TRIM_THRESHOLD_": "65536"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="Dask sets the variable for glibc")
def test_a_worker_of_dask_keeps_what_it_frees() -> None:
    assert faults("") > 10_000
    assert faults("numerics.dask_setup(None)") < 1_000


def test_how_many_processes_is_what_the_variable_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cores.LIMIT, "1")
    assert cores.count() == 1
    for wrong in ("zero", "0", "-1", "1.5"):
        monkeypatch.setenv(cores.LIMIT, wrong)
        with pytest.raises(InputError, match=f"^LOKY_MAX_CPU_COUNT is '{wrong}'; it should be a "):
            cores.count()
