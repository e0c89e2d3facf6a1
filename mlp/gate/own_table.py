"""Calibrate the gate of this workspace on its own table, by training its network many times."""

import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.evidence import plan, pools
from mlp.evidence.params import Crossval
from mlp.evidence.plan import Files, Plan
from mlp.fits.memory import FitMemory
from mlp.gate import calibration, inputs, levels
from mlp.gate.calibration import Calibration
from mlp.gate.params import Gate
from mlp.gate.trial import Judged
from mlp.history import as_recorded, pending, results
from mlp.history.as_recorded import MODEL
from mlp.history.results import Results
from mlp.history.snapshot import PARAMS
from mlp.model import saved

FILES = Files(*(Path("data") / f"{name}.parquet" for name in ("dataset", "train", "test")))


@dataclass(frozen=True)
class Calibrated:
    """The outcome, with what it was made of: networks, blocks of worse data, and judged rows."""

    task: str
    gate: Gate
    networks: int
    blocks: int
    rows: int
    outcome: Calibration


def calibrate(networks: int, *, is_checked: bool = True) -> Calibrated:
    """Train the network that ships so many times, with as many on each kind of worse data.

    Trainings are remembered; progress goes to stderr.

    Parameters
    ----------
    networks : int
        At least three times gate.repeats, so that pairs differ in their networks.
    is_checked : bool
        Whether the table and the model file must be those that dvc.lock records.

    Raises
    ------
    InputError
        If that is too few, the gate has no test, or the results are missing or out of date.
    """
    here = results.workspace()
    gate = inputs.gate(here)
    files = _check(gate, networks, here)
    for file in files if is_checked else ():
        as_recorded.check(here, file)
    split = here.params["split"]
    folds = params_file.read_section(Path(PARAMS), "crossval", Crossval)
    rows = plan.read(gate.evidence, FILES, folds, split["group"])
    section = saved.load(Path(MODEL.format(gate.model))).training["arguments"]
    blocks = networks // gate.repeats
    with redirect_stdout(sys.stderr):
        sizes = (networks, blocks, gate.repeats)
        pool = pools.train(section, rows, sizes, FitMemory.of_environment())
    outcome = calibration.calibrate(pool, _judged(rows), gate.repeats, gate)
    return Calibrated(rows.dataset.task, gate, networks, blocks, len(rows.rows), outcome)


def _check(gate: Gate, networks: int, here: Results) -> list[Path]:
    """Return the files that a calibration reads; raise InputError if it cannot be made."""
    least = 3 * gate.repeats
    if networks < least:
        raise InputError(
            f"--calibrate {networks} is too few: with gate.repeats {gate.repeats} it takes at "
            f"least {least} networks, three times as many."
        )
    if not levels.of_tests(gate):
        raise InputError(f"{PARAMS}: gate has no significance, so there is nothing to calibrate.")
    stale = pending.since_the_run(here, "test")
    files = [FILES.dataset, FILES.train, FILES.test, Path(MODEL.format(gate.model))]
    missing = [f"{file} is missing" for file in files if not file.exists()]
    if stale or missing:
        raise InputError(f"{(stale + missing)[0]}; run `dvc repro` (or `dvc pull`) first.")
    return files


def _judged(rows: Plan) -> Judged:
    return Judged(rows.rows, rows.target, rows.groups)
