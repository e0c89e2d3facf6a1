"""Say how large a drop the rules on rows would have seen."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlp.compare import comparison, power, verdicts
from mlp.core.files import Rows
from mlp.evaluate.statistics import differences, exact, turned, wording
from mlp.gate.network import Network
from mlp.gate.params import Gate

DRAWS = 200  # of the rows of other classes


@dataclass(frozen=True)
class Counts:
    """A class, how many independent rows it is worth, and how many of these turned."""

    label: str
    support: int
    rows: int
    discordant: int


def sentences(
    gate: Gate, network: Network, earlier: Network, name: str, baselines: int
) -> Iterator[str]:
    """Yield the drop of accuracy that would be seen, and the least drop of the recall of a class.

    A large change says nothing about how many rows the next one turns, so after a difference that
    is shown there is no sentence.

    Parameters
    ----------
    gate : Gate
    network, earlier : Network
        Of the same rows.
    name : str
        Of the earlier revision.
    baselines : int
        How many revisions share each level.
    """
    was, now = earlier.right, network.right
    groups = differences.groups_of(earlier.predictions, network.predictions)
    if turned.of(was.to_numpy(), now.to_numpy(), groups).p_value() <= verdicts.LEVEL:
        return
    if level := _of_accuracy(gate):
        drop = power.seen(was, now, groups, level / baselines, one_sided=True)
        test = wording.mcnemar(level / baselines, one_sided=True)
        of = "" if groups is None else f" in {int(groups.max()) + 1} groups"
        rows = f"{len(now)} {comparison.ROWS[gate.evidence]}{of}"
        yield f"With {rows} {wording.seen(drop, f'since {name}', test)}."
    if gate.classes and gate.classes.significance:
        table = counts(network.predictions["actual"], was, now, groups)
        table = [one for one in table if one.support >= gate.classes.min_support]
        yield from _of_recall(table, gate.classes.significance / baselines, name)


def _of_accuracy(gate: Gate) -> float | None:
    """Return the level of the rule on rows, None if there is none."""
    accuracy = gate.metrics.accuracy if gate.metrics else None
    return gate.significance or (accuracy.significance if accuracy else None)


def counts(actual: pd.Series, was: pd.Series, now: pd.Series, groups: Rows | None) -> list[Counts]:
    """Return the counts of each class, in the order of the labels.

    Parameters
    ----------
    actual : Series of str, shape (rows,)
    was, now : Series of bool, shape (rows,)
        Whether the row is right, before and now.
    groups : ndarray of int64, shape (rows,), or None
        The number of each row's group.
    """
    labels = actual.to_numpy(dtype=object)
    change = now.to_numpy(dtype=np.float64) - was.to_numpy(dtype=np.float64)
    table = []
    for label in sorted(set(labels)):
        of = np.flatnonzero(labels == label)
        rows, discordant = power.counts(change[of], None if groups is None else groups[of])
        table.append(Counts(str(label), len(of), rows, discordant))
    return table


def _of_recall(table: list[Counts], level: float, name: str) -> Iterator[str]:
    """Yield the class in which the least drop of recall would be seen."""
    test = f"{wording.mcnemar(level, one_sided=True)}, with Holm's correction"
    drops = {
        i: drop
        for i, one in enumerate(table)
        if (drop := power.detectable_drop(one.rows, one.discordant, level, one_sided=True))
    }
    best = min(drops, key=lambda i: drops[i], default=None)
    drop = None if best is None else of_class(table, best, level)
    if best is None or drop is None:
        yield f"In no class a drop of recall since {name} would be seen by {test}."
        return
    seen = wording.seen(drop, f"of recall since {name}", test)
    others = ", and in other classes only a larger one" if len(table) > 1 else ""
    yield f"In class {table[best].label}, of {table[best].support} rows, {seen}{others}."


def of_class(table: list[Counts], position: int, level: float) -> float | None:
    """Return the drop of the recall of one class that would be seen if only it were to drop.

    Parameters
    ----------
    table : list of Counts
    position : int
        Of the class.
    level : float
        Of all classes together. How many of them it is shared with depends on how many rows of the
        others turn, which is drawn at random.
    """
    rows, discordant = np.array([(one.rows, one.discordant) for one in table]).T
    share = discordant / np.maximum(rows, 1)
    least = 0.5 ** np.random.default_rng(0).binomial(rows, share, (DRAWS, len(table)))
    least[:, position] = 0.0
    numbers = Counter(sum(exact.comparisons(list(draw), level)) for draw in least)
    levels = {level / k: times / DRAWS for k, times in numbers.items()}
    one = table[position]
    return power.detectable_drop(one.rows, one.discordant, levels, one_sided=True)
