"""How often each rule of the gate fails: on changes of the seed alone, and on real losses.

Run ``python -m benchmarks.gate`` after ``dvc repro``. See `benchmarks.gate_runs` for the pairs of
networks; training all 1000 takes about ten minutes on two cores, and is kept for the next time.
"""

import argparse
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
from tabulate import tabulate

from benchmarks import gate_runs
from mlp import params_file, rules, scores, tables
from mlp.params import Gate, Params
from mlp.results import PREDICTIONS, SCORES
from mlp.rules import Network
from mlp.stats import wilson
from mlp.thresholds import FAIL

KINDS = gate_runs.KINDS[1:]
NAIVE = "must not drop"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--pairs", type=int, default=200, help="pairs of runs a kind (default: 200)"
    )
    pairs = parser.parse_args().pairs
    gate_runs.run_all(pairs)
    gate = params_file.read_all(Path("params.yaml"), Params).gate
    for evidence in gate_runs.EVIDENCE:
        failed = {kind: pd.DataFrame(_failures(gate, evidence, kind, pairs)) for kind in KINDS}
        print(
            f"\nevidence: {evidence}, {pairs} pairs a kind, share of pairs in which a rule fails\n"
        )
        print(tabulate(_table(failed), ["rule", *KINDS], disable_numparse=True))


def _failures(gate: Gate, evidence: str, kind: str, pairs: int) -> Iterator[dict[str, bool]]:
    """Return for every pair which rules fail."""
    linear = _shipped("linear", evidence)
    for pair in range(pairs):
        old, new = (_network(name, pair, evidence) for name in ("base", kind))
        anchor = _network("base", (pair + 1) % pairs, evidence)
        found = {"the whole gate": False, "the whole gate, with a tagged baseline": False}
        verdicts = [*rules.absolute(gate, new, linear), *rules.against(gate, new, old, "before")]
        for verdict in verdicts:
            found[verdict.rule] = verdict.outcome == FAIL
        found["the whole gate"] = any(verdict.outcome == FAIL for verdict in verdicts)
        tagged = rules.against(gate, new, anchor, "tag")
        found["the whole gate, with a tagged baseline"] = found["the whole gate"] or any(
            verdict.outcome == FAIL for verdict in tagged
        )
        found[NAIVE] = new.metrics["accuracy"] < old.metrics["accuracy"]
        yield found


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
    counts = scores.confusion(
        table["actual"].to_numpy(object), table["predicted"].to_numpy(object), labels
    )
    size = {"parameters": 0, "model_bytes": 0}
    shipped = _shipped("tuned", evidence).metrics["majority_accuracy"]
    metrics = tables.rounded(scores.summary(table, counts)) | {"majority_accuracy": shipped} | size
    return Network(metrics, table)


@cache
def _shipped(model: str, evidence: str) -> Network:
    metrics = json.loads(Path(SCORES[evidence]).read_text(encoding="utf-8"))[model]
    path = Path(PREDICTIONS[evidence].format(model))
    return Network(metrics, tables.read_csv(path, ["actual", "predicted"]))


if __name__ == "__main__":
    main()
