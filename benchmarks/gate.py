"""How often each rule of the gate fails: on changes of the seed alone, and on real losses.

Run ``python -m benchmarks.gate`` after ``dvc repro``. See `benchmarks.gate_runs` for the pairs of
networks; training all 1000 takes about fifteen minutes on two cores, and is kept for the next time.
The levels in params.yaml were chosen on pairs 0 to 199, so by default others are measured.
"""

import argparse
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from benchmarks import gate_runs, record
from benchmarks.record import Record, Table
from mlp.check import params
from mlp.core import json_file, predictions
from mlp.evaluate.statistics import scores
from mlp.evaluate.statistics.wilson import wilson
from mlp.gate import rules
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.gate.thresholds import FAIL
from mlp.history import results

KINDS = gate_runs.KINDS[1:]
NAIVE = "must not drop"
TITLE = "How often each rule of the gate fails"
COMPARES = """\
Share of pairs of networks in which each rule of the committed gate fails, with its 95 % interval.
A pair differs in the seed alone (`seed`: a failure is a false alarm), or also lost half of its
training rows (`half`), has 20 % of its training labels replaced by random ones (`noise`), or has
32 hidden units for 64 (`narrow`). `must not drop` is the naive rule that accuracy may not fall."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--pairs", type=int, default=200, help="pairs of runs a kind (default: 200)"
    )
    parser.add_argument(
        "--first", type=int, default=200, help="number of the first pair (default: 200)"
    )
    args, whole = record.arguments(parser)
    pairs = range(args.first, args.first + args.pairs)
    gate_runs.run_all(pairs)
    gate = params.read(Path("params.yaml")).gate
    tables = []
    for evidence in gate_runs.EVIDENCE:
        failed = {kind: pd.DataFrame(_failures(gate, evidence, kind, pairs)) for kind in KINDS}
        caption = f"Evidence `{evidence}`, {len(pairs)} pairs a kind"
        tables.append(Table(["rule", *KINDS], _table(failed), caption))
    measured = {"pairs": len(pairs), "gate": gate.model_dump(exclude_unset=True)}
    record.publish(Record("gate", TITLE, COMPARES, tables, measured), keep=whole)


def _failures(gate: Gate, evidence: str, kind: str, pairs: range) -> Iterator[dict[str, bool]]:
    """Return for every pair which rules fail."""
    linear = _shipped("linear", evidence)
    for pair in pairs:
        old, new = (_network(name, pair, evidence) for name in ("base", kind))
        tagged = _network("base", pairs[(pair - pairs.start + 1) % len(pairs)], evidence)
        always = list(rules.absolute(gate, new, linear))
        alone = [*always, *rules.against(gate, new, old, "before")]
        both = [
            *always,
            *rules.against(gate, new, old, "before", baselines=2),
            *rules.against(gate, new, tagged, "tag", baselines=2),
        ]
        yield {
            "the whole gate": any(verdict.outcome == FAIL for verdict in alone),
            "the whole gate, and a tag": any(verdict.outcome == FAIL for verdict in both),
            **{verdict.rule: verdict.outcome == FAIL for verdict in alone},
            NAIVE: new.metrics["accuracy"] < old.metrics["accuracy"],
        }


def _table(failed: dict[str, pd.DataFrame]) -> list[list[str]]:
    rows = list(next(iter(failed.values())))
    return [[rule, *(_share(failed[kind][rule]) for kind in KINDS)] for rule in rows]


def _share(failures: pd.Series) -> str:
    low, high = wilson(int(failures.sum()), len(failures))
    return f"{failures.mean():.1%} ({low:.1%} to {high:.1%})"


@cache
def _network(kind: str, pair: int, evidence: str) -> Network:
    table = pd.read_parquet(gate_runs.path(kind, pair, evidence)).reset_index(drop=True)
    labels = sorted({*table["actual"], *table["predicted"]})
    counts = predictions.confusion(
        table["actual"].to_numpy(object), table["predicted"].to_numpy(object), labels
    )
    size = {"parameters": 0, "model_bytes": 0}
    shipped = _shipped("tuned", evidence).metrics["majority_accuracy"]
    rounded = json_file.rounded(scores.summary(table, counts))
    metrics = rounded | {"majority_accuracy": shipped} | size
    return Network(metrics, table)


@cache
def _shipped(model: str, evidence: str) -> Network:
    committed = results.workspace()
    return Network(committed.metrics(evidence, model), committed.predictions(evidence, model))


if __name__ == "__main__":
    main()
