"""Count how often each test of a gate fails on a table: without a reason, and for real losses."""

import math
from dataclasses import dataclass

import numpy as np

from mlp.core import task
from mlp.evidence.pools import Pool
from mlp.gate import levels, trial
from mlp.gate.params import Gate
from mlp.gate.trial import Judged, Scored, Trial

PROMISE = 0.05  # the most false alarms of all tests together
ALL = "all tests together"


@dataclass(frozen=True)
class Share:
    """The share of pairs that fail, and its standard error by a jackknife over networks."""

    value: float
    error: float


@dataclass(frozen=True)
class Calibration:
    """How often tests fail.

    Attributes
    ----------
    tests : dict of dict of Share
        By the title of a test, or ALL; then by seed (nothing but the seed differs: false alarms),
        or a name of `mlp.evidence.pools.LOSSES`.
    files : dict of Share
        How often a change of the seed alone fails two tests of single model files, by their
        titles: the bare difference, and a paired test at 5 %. See `is_worse` of
        `mlp.gate.classification` and `mlp.gate.regression`.
    proposed : dict of float
        Levels by title, at which all tests together kept `PROMISE` on these pairs; those of the
        gate if they did.
    converged : float
        Share of the networks whose training converged.
    """

    tests: dict[str, dict[str, Share]]
    files: dict[str, Share]
    proposed: dict[str, float]
    converged: float


def calibrate(
    pool: Pool, judged: Judged, repeats: int, gate: Gate, draws: int = trial.DRAWS
) -> Calibration:
    """Judge pairs of configurations whose trainings are drawn from a pool.

    Parameters
    ----------
    pool : Pool
        More than ``2 * repeats`` networks.
    judged : Judged
    repeats : int
        Trainings of a side.
    gate : Gate
        With at least one test.
    draws : int
        Pairs of each kind.
    """
    asked = levels.of_tests(gate)
    whole = Scored(pool.whole, judged)
    worse = {
        name: [Scored(block, judged) for block in blocks] for name, blocks in pool.worse.items()
    }
    trials = trial.trials(whole, worse, repeats, gate, draws)
    tests: dict[str, dict[str, Share]] = {title: {} for title in [*asked, ALL]}
    for kind, one in trials.items():
        failed = one.failed(asked)
        failed[ALL] = np.any(list(failed.values()), axis=0)
        for title, pairs in failed.items():
            tests[title][kind] = Share(*trial.share(pairs, one.used))
    converged = float(np.mean([run.converged for run in pool.whole]))
    return Calibration(tests, _files(whole, draws), propose(trials[trial.SEED], asked), converged)


def propose(seeds: Trial, asked: dict[str, float]) -> dict[str, float]:
    """Return the levels, lowered by one factor until pairs of equal worth keep `PROMISE`.

    >>> seeds = Trial({"brier_score significance": np.arange(1, 101) / 200}, np.ones((100, 1)))
    >>> propose(seeds, {"brier_score significance": 0.03})
    {'brier_score significance': 0.029}
    """
    ratios = np.min([seeds.p_values[title] / level for title, level in asked.items()], axis=0)
    worst = np.sort(np.nan_to_num(ratios, nan=0.0))
    allowed = math.floor(PROMISE * len(worst))
    if (worst <= 1).sum() <= allowed:
        return asked
    # The first pair that must not fail any more has a p value above every level.
    factor = float(worst[allowed])
    return {title: _floored(level * factor) for title, level in asked.items()}


def _floored(level: float) -> float:
    """Return a level below, to two digits; the next smaller where it has no more."""
    if level <= 0:
        return 0.0
    digits = 1 - math.floor(math.log10(level))
    lowered = math.floor(level * 10**digits * (1 - 1e-9)) / 10**digits
    return float(round(lowered, digits))


def _files(pool: Scored, draws: int) -> dict[str, Share]:
    """Return how often a change of the seed alone fails a test of single model files."""
    rng = np.random.default_rng(0)
    chosen = [rng.permutation(len(pool))[:2].tolist() for _ in range(draws)]
    part = task.part("mlp.gate", task.of(pool.target))
    found = [part.is_worse(pool.target, *map(pool.predicted, pair)) for pair in chosen]
    used = trial.used(chosen, len(pool))
    titles = (part.NAIVE, part.PAIRED)
    failed = {title: np.array([pair[title] for pair in found]) for title in titles}
    return {title: Share(*trial.share(pairs, used)) for title, pairs in failed.items()}
