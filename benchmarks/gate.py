"""How often the gate fails for nothing on many tables, and which real losses it sees.

Run ``python -m benchmarks.gate``. See `benchmarks.gate_tables` for the tables and the network. Each
cell takes 140 networks, with out-of-fold evidence 500. They are remembered in
.cache/benchmarks/gate, so what was stopped goes on where it was; the first time takes about an hour
on two cores. ``--table``, ``--evidence`` and ``--training`` choose some of it, ``--repeats`` tries
another number of trainings, and ``--log-loss`` a test of the log loss beside the others.
"""

import argparse
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mlp.core.numerics  # noqa: F401 - pins the kernels before NumPy loads
from benchmarks import gate_tables, record
from benchmarks.record import Record, Table
from mlp.check import params
from mlp.evidence import pools
from mlp.fits.memory import FitMemory
from mlp.gate import calibration, levels
from mlp.gate.calibration import ALL, Calibration, Share
from mlp.gate.params import Gate
from mlp.gate.trial import Judged

LOG_LOSS = ("brier_score", "log_loss")  # each at 2 %, and the tests of right answers at 0.5 %
STORE, LIMIT = Path(".cache/benchmarks/gate"), 30_000_000_000  # bytes
EVIDENCE = ("test", "oof")
NETWORKS = 60
BLOCKS = {"test": 8, "oof": 4}  # draws of each loss; out of fold each takes five times as long
Z = 1.96
COLUMNS = [
    "table", "training", "rows", "seed", "half", "noise", "one file: McNemar 0.05", "must not drop",
]  # fmt: skip
TITLE = "How often the gate fails, on many tables"
COMPARES = f"""\
Share of pairs in which the tests of the committed gate fail, all together. A side is gate.repeats
trainings of one network (adam 0.001, [50], standard scale), drawn from a pool of {NETWORKS};
training is unfinished at max_iter 60 and finished at 500. `seed`: nothing but the seeds differ, so
that a failure is a false alarm, with its 95 % interval by a jackknife over the networks. `half`: a
random half of the rows to learn from is lost; `noise`: 20 % of the labels to learn from are
replaced (8 draws each, 4 out of fold). The last two columns are false alarms of tests that compare
one model file with another: the one-sided exact McNemar test at 5 %, and the rule that accuracy
must not drop."""


@dataclass(frozen=True)
class Trial:
    """A gate that is tried on tables of one task, and what is published of it."""

    name: str
    title: str
    compares: str
    columns: Sequence[str]
    tables: Sequence[str]
    rules: Path  # the params file that holds the gate


def main() -> None:
    tables = list(gate_tables.TABLES)
    trial = Trial("gate", TITLE, COMPARES, COLUMNS, tables, Path("params.yaml"))
    published, whole = tried(trial, __doc__)
    record.publish(published, keep=whole)


def tried(trial: Trial, description: str | None) -> tuple[Record, bool]:
    """Try a gate on its tables, as the command line asks; tell whether it asks for all of them."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--table", choices=trial.tables, help="this table alone")
    parser.add_argument("--evidence", choices=EVIDENCE, help="this evidence alone")
    parser.add_argument("--training", choices=gate_tables.TRAINING, help="this max_iter alone")
    parser.add_argument(
        "--networks", type=int, default=NETWORKS, help=f"of a pool (default: {NETWORKS})"
    )
    parser.add_argument("--repeats", type=int, help="trainings of a side (default: gate.repeats)")
    parser.add_argument(
        "--log-loss", action="store_true", help="test the log loss too, at lower levels of the rest"
    )
    args, whole = record.arguments(parser)
    gate = params.read(trial.rules).gate
    if args.repeats:
        gate = gate.model_copy(update={"repeats": args.repeats})
    if args.log_loss and not gate.classes:
        parser.error("numbers have no log loss")
    if args.log_loss:
        gate = _with_log_loss(gate)
    memory = FitMemory(STORE, LIMIT)
    tables, cells = [], []
    for evidence in [args.evidence] if args.evidence else EVIDENCE:
        chosen = itertools.product(
            [args.table] if args.table else trial.tables,
            [args.training] if args.training else gate_tables.TRAINING,
        )
        sizes = (args.networks, BLOCKS[evidence], gate.repeats)
        found = [_cell(gate, (*one, evidence), sizes, memory) for one in chosen]
        cells += found
        rows = [_row(cell) for cell in found]
        tables.append(Table(trial.columns, rows, f"Evidence `{evidence}`"))
    asked = gate.model_dump(exclude_unset=True)
    measured = {"gate": asked, "cells": [_numbers(cell, gate) for cell in cells]}
    return Record(trial.name, trial.title, trial.compares, tables, measured), whole


def _with_log_loss(gate: Gate) -> Gate:
    losses = {name: {"direction": "lower", "significance": 0.02} for name in LOG_LOSS}
    asked = gate.model_dump(exclude_unset=True) | {"metrics": losses, "significance": 0.005}
    asked["classes"] = {"min_support": gate.classes.min_support, "significance": 0.005}
    return Gate.model_validate(asked)


Cell = tuple[str, str, str, int, Calibration]


def _cell(
    gate: Gate, key: tuple[str, str, str], sizes: tuple[int, int, int], memory: FitMemory
) -> Cell:
    table, training, evidence = key
    plan = gate_tables.plans(table)[evidence]
    pool = pools.train(gate_tables.section(training, plan.dataset.task), plan, sizes, memory)
    judged = Judged(plan.rows, plan.target, plan.groups)
    outcome = calibration.calibrate(pool, judged, gate.repeats, gate)
    print(f"{evidence}, {table}, {training}: done", flush=True)
    return table, training, evidence, len(plan.rows), outcome


def _row(cell: Cell) -> list[str]:
    table, training, _, rows, outcome = cell
    together = outcome.tests[ALL]
    return [
        table,
        training,
        str(rows),
        _with_interval(together["seed"]),
        f"{together['half'].value:.1%}",
        f"{together['noise'].value:.1%}",
        *(f"{share.value:.1%}" for share in reversed(outcome.files.values())),
    ]


def _with_interval(share: Share) -> str:
    low, high = max(0.0, share.value - Z * share.error), share.value + Z * share.error
    return f"{share.value:.1%} ({low:.1%} to {high:.1%})"


def _numbers(cell: Cell, gate: Gate) -> dict[str, Any]:
    table, training, evidence, rows, outcome = cell
    tests = {
        title: {kind: round(share.value, 4) for kind, share in outcome.tests[title].items()}
        for title in [*levels.of_tests(gate), ALL]
    }
    return {
        "table": table,
        "training": training,
        "evidence": evidence,
        "rows": rows,
        "converged": round(outcome.converged, 4),
        "tests": tests,
        "error": round(outcome.tests[ALL]["seed"].error, 4),
        "files": {title: round(share.value, 4) for title, share in outcome.files.items()},
    }


if __name__ == "__main__":
    main()
