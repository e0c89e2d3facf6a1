"""Train many networks of a configuration, and of the same with worse data, to try a gate on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mlp.core import task
from mlp.evidence import runs
from mlp.evidence.plan import Plan
from mlp.evidence.run import Run
from mlp.fits.memory import FitMemory
from mlp.training.folds import Part

NOISE = 0.2  # share of labels or numbers that are replaced
LOSSES = ("half", "noise")


@dataclass(frozen=True)
class Pool:
    """Runs of a configuration.

    Attributes
    ----------
    whole : list of Run
        Nothing but the seed differs.
    worse : dict of list of list of Run
        By a name of `LOSSES`: blocks of runs, each block with its own loss.
    """

    whole: list[Run]
    worse: dict[str, list[list[Run]]]


def words(task_name: str) -> dict[str, str]:
    """Return what each of `LOSSES` does to the rows to learn from, classification or regression."""
    return {
        "half": "a random half of the rows to learn from is lost",
        "noise": f"{NOISE:.0%} {task.part('mlp.evidence', task_name).NOISE}",
    }


def train(
    section: Mapping[str, Any], plan: Plan, sizes: tuple[int, int, int], memory: FitMemory
) -> Pool:
    """Train the networks of a pool, except for those that are remembered.

    Parameters
    ----------
    section : mapping
        See `mlp.training.params.Network`; ``random_state`` is replaced.
    plan : Plan
    sizes : int, int, int
        Networks that differ by the seed alone, blocks of a loss, and networks in a block.
    memory : FitMemory

    Raises
    ------
    InputError
        If a network cannot be trained.
    """
    networks, blocks, block = sizes
    of = f"of {1 + len(LOSSES) * blocks}"
    whole = runs.train(section, plan, range(networks), memory, f"part 1 {of}, as it is: ")
    worse = {
        name: [
            runs.train(
                section,
                spoilt(plan, name, number),
                range(number * block, (number + 1) * block),
                memory,
                f"part {2 + place * blocks + number} {of}, {name}: ",
            )
            for number in range(blocks)
        ]
        for place, name in enumerate(LOSSES)
    }
    return Pool(whole, worse)


def spoilt(plan: Plan, loss: str, seed: int) -> Plan:
    """Return the plan of networks that learn from worse data, and are judged by the same rows.

    Parameters
    ----------
    plan : Plan
    loss : str
        A name of `LOSSES`.
    seed : int
        Decides which rows are lost, or which labels or numbers are replaced.
    """
    rng = np.random.default_rng(seed)
    rows = len(plan.actual)
    if loss == "noise":
        drawn = rng.choice(np.unique(plan.actual), rows)
        target = np.where(rng.random(rows) < NOISE, drawn, plan.actual)
        return replace(plan, dataset=replace(plan.dataset, target=target))
    kept = rng.random(rows) < 1 / 2

    def parts(run: int) -> list[Part]:
        return [(others[kept[others]], fold) for others, fold in plan.parts(run)]

    return replace(plan, parts=parts)
