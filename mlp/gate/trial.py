"""Try the tests of a gate on a pool of networks: false alarms, and real losses that it sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mlp.compare.sides import Sides
from mlp.core import task
from mlp.core.files import Floats, Labels, Rows, Target
from mlp.evidence import averages
from mlp.evidence.averages import Averages
from mlp.evidence.run import Run
from mlp.gate import configuration
from mlp.gate.params import Gate

DRAWS = 1000
SEED = "seed"  # nothing else differs


@dataclass(frozen=True)
class Judged:
    """The rows that networks are judged by: their numbers, target and groups."""

    rows: Rows
    target: Target
    groups: Labels | None


class Scored:
    """The scores of runs, from which any of them are summarised."""

    def __init__(self, runs: Sequence[Run], judged: Judged) -> None:
        self._runs = runs
        self._judged = judged
        part = task.part("mlp.evidence", task.of(judged.target))
        self._values: dict[str, Floats] = part.by_row(runs, judged.target)

    def __len__(self) -> int:
        return len(self._runs)

    def averages(self, chosen: Sequence[int]) -> Averages:
        """Summarise the runs at these places."""
        picked = list(chosen)
        runs = [self._runs[place] for place in picked]
        values = {name: scores[picked] for name, scores in self._values.items()}
        ended = ([run.n_iter for run in runs], [run.converged for run in runs])
        judged = self._judged
        return averages.of_values(values, ended, judged.rows, judged.target, judged.groups)

    def predicted(self, place: int) -> Target:
        """Return what a run predicted."""
        return self._runs[place].predicted

    @property
    def target(self) -> Target:
        """The actual values."""
        return self._judged.target


@dataclass(frozen=True)
class Trial:
    """P values of pairs of configurations.

    Attributes
    ----------
    p_values : dict of ndarray of float64, shape (pairs,)
        By the title of the test.
    used : ndarray of bool, shape (pairs, networks)
        Which networks of the pool are in each pair.
    """

    p_values: dict[str, Floats]
    used: npt.NDArray[np.bool_]

    def failed(self, levels: dict[str, float]) -> dict[str, npt.NDArray[np.bool_]]:
        """Return which pairs fail each test at its level; NaN fails, as in the gate."""
        return {title: ~(self.p_values[title] > level) for title, level in levels.items()}


def trials(
    pool: Scored,
    worse: Mapping[str, Sequence[Scored]],
    repeats: int,
    gate: Gate,
    draws: int = DRAWS,
) -> dict[str, Trial]:
    """Judge pairs that differ in the seed alone, and pairs of which the later side is worse.

    A pair of seeds takes ``2 * repeats`` networks of the pool. The first half of them is the
    earlier side of the other pairs too.

    Parameters
    ----------
    pool : Scored
    worse : mapping of sequence of Scored
        By the name of a loss: the trainings of the later side, for each block.
    repeats : int
        Trainings of a side.
    gate : Gate
    draws : int
        Pairs of each kind; the same are drawn at each call.

    Returns
    -------
    dict of Trial
        By SEED, or by the name of a loss.
    """
    rng = np.random.default_rng(0)
    chosen = [rng.permutation(len(pool))[: 2 * repeats].tolist() for _ in range(draws)]
    later = {
        name: [block.averages(range(repeats)) for block in blocks] for name, blocks in worse.items()
    }
    found: dict[str, list[dict[str, float]]] = {name: [] for name in [SEED, *worse]}
    for pair, places in enumerate(chosen):
        earlier = pool.averages(places[:repeats])
        sides = {name: blocks[pair % len(blocks)] for name, blocks in later.items()}
        sides[SEED] = pool.averages(places[repeats:])
        for name, side in sides.items():
            found[name].append(configuration.p_values(gate, Sides(earlier, side)))
    networks = dict.fromkeys(worse, repeats) | {SEED: 2 * repeats}
    return {
        name: Trial(
            {title: np.array([pair[title] for pair in pairs]) for title in pairs[0]},
            used([places[: networks[name]] for places in chosen], len(pool)),
        )
        for name, pairs in found.items()
    }


def used(chosen: Sequence[Sequence[int]], networks: int) -> npt.NDArray[np.bool_]:
    """Return which networks of a pool are in each pair, shape (pairs, networks)."""
    used = np.zeros((len(chosen), networks), dtype=np.bool_)
    for pair, places in enumerate(chosen):
        used[pair, places] = True
    return used


def share(failed: npt.NDArray[np.bool_], used: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Return the share of pairs that fail, and its standard error by a jackknife over networks.

    Pairs share networks, so they are not independent; networks are.

    Notes
    -----
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 11.
    """
    without = np.array([failed[~column].mean() for column in used.T if not column.all()])
    number = len(without)
    error = np.sqrt((number - 1) / number * ((without - without.mean()) ** 2).sum())
    return float(failed.mean()), float(error)
