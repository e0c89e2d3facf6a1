"""What the search costs, each figure a ratio of times in one run: ``python -m benchmarks.search``.

All are whole processes, start and imports included, on the train split of the digits, with the
space of params.yaml. It takes a quarter of an hour. With names of rows after it, only these are
measured.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import machine, record
from benchmarks.peers import environment
from benchmarks.record import Record, Table
from benchmarks.search_runs import Bench, cluster, optuna, quietly, timed, until_fits

SEEDS = range(5)
REPEATS = 3
STARTS = 7  # repeats where a second start, which takes a tenth of the time, is what is measured
FOLDS = 3  # of params.yaml
PLAIN = [sys.executable, "-m", "benchmarks.peers.plain_search"]
COMPARES = """\
Ratios of times of whole processes, each with its start of a second, that search the space of
`params.yaml` on the train split of the digits. Optuna is TPE with its Hyperband pruner in two
processes. The score is a difference of accuracies, not a ratio."""


def cold(bench: Bench) -> Iterator[tuple[str, float, float]]:
    params = bench.params(n_iter=20)
    ours, plain = [], []
    for _ in range(REPEATS):
        ours.append(bench.search(params))
        plain.append(timed(lambda: quietly([*PLAIN, str(params)])))
    ratio = statistics.median(ours) / statistics.median(plain)
    yield "20 candidates x 3 folds, cold, against plain RandomizedSearchCV", ratio, 1.05


def repeat(bench: Bench) -> Iterator[tuple[str, float, float]]:
    for count in (20, 60):
        params, store = bench.params(n_iter=count), bench.fresh()
        first = bench.search(params, store)
        again = statistics.median(bench.search(params, store) for _ in range(REPEATS))
        yield (
            f"repeat of a finished search of {count} candidates, against cold",
            again / first,
            0.35,
        )


def more(bench: Bench) -> Iterator[tuple[str, float, float]]:
    few, many = bench.params(n_iter=20), bench.params(n_iter=40)
    raised, whole = [], []
    for _ in range(REPEATS):
        store = bench.fresh()
        bench.search(few, store)
        raised.append(bench.search(many, store))
        whole.append(bench.search(many))
    ratio = statistics.median(raised) / statistics.median(whole)
    yield "n_iter 20 -> 40, against a cold 40", ratio, 0.60


def killed(bench: Bench) -> Iterator[tuple[str, float, float]]:
    for count in (20, 40, 60):
        params = bench.params(n_iter=count)
        parted, whole = [], []
        for _ in range(STARTS):
            store = bench.fresh()
            half = until_fits(bench, params, store, count * FOLDS // 2)
            parted.append(half + bench.search(params, store))
            whole.append(bench.search(params))
        ratio = statistics.median(parted) / statistics.median(whole)
        what = f"{count} candidates, killed at half, then resumed, against uninterrupted"
        yield what, ratio, 1.10


def halving(bench: Bench) -> Iterator[tuple[str, float, float]]:
    ratios, losses, races = [], [], []
    for seed in SEEDS:
        random, halved = (
            bench.params(n_iter=60, seed=seed, strategy=strategy)
            for strategy in ("random", "halving")
        )
        whole, short = bench.search(random), bench.search(halved)
        ratios.append(short / whole)
        losses.append(bench.score(random) - bench.score(halved))
        races.append(short / optuna(bench, seed, bench.score(halved), whole * 2))
        say(f"seed {seed}: time {ratios[-1]:.2f} of random's, score {-losses[-1]:+.4f}, "
            f"time {races[-1]:.2f} of Optuna's")  # fmt: skip
    yield "halving over 60, against random over the same 60: time", statistics.median(ratios), 0.30
    yield "... and its score lower by, mean of 5 seeds", statistics.mean(losses), 0.002
    yield (
        "halving against Optuna, to the same score, median of 5 seeds",
        statistics.median(races),
        1.0,
    )


def dask(bench: Bench) -> Iterator[tuple[str, float, float]]:
    params = bench.params(n_iter=40)
    with cluster(bench.fresh()) as address:
        here, there = [], []
        for _ in range(REPEATS):
            here.append(bench.search(params, LOKY_MAX_CPU_COUNT="2"))
            there.append(bench.search(params, DASK_SCHEDULER_ADDRESS=address))
    ratio = statistics.median(there) / statistics.median(here)
    yield "40 candidates on Dask with 2 workers, against 2 local processes", ratio, 1.15


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


ROWS = {row.__name__: row for row in (cold, repeat, more, killed, halving, dask)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[[], *ROWS], help="all of them by default")
    record.add_busy(parser)
    args, whole = record.arguments(parser)
    if not args.busy:
        machine.wait_until_idle()
    environment.make()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name in args.rows or ROWS:
            for what, ratio, most in ROWS[name](Bench(Path(tempfile.mkdtemp(dir=folder)))):
                say(f"{what}: {ratio:.3g} (at most {most:g})")
                rows.append([what, f"{ratio:.3g}", f"{most:g}"])
    table = Table(["what", "ratio", "at most"], rows)
    record.publish(Record("search", "The search", COMPARES, [table]), keep=whole)


if __name__ == "__main__":
    main()
