"""Say how large a drop the rules on rows would have seen."""

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from mlp.compare import comparison, power, recalls, verdicts
from mlp.evaluate.statistics import exact, wording
from mlp.gate.network import Network
from mlp.gate.params import Gate

DRAWS = 200  # of the rows of other classes


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
    broken, fixed = int((was & ~now).sum()), int((now & ~was).sum())
    if exact.mcnemar(broken, fixed) <= verdicts.LEVEL:
        return
    if level := _of_accuracy(gate):
        drop = power.detectable_drop(len(now), broken + fixed, level / baselines, one_sided=True)
        test = wording.mcnemar(level / baselines, one_sided=True)
        rows = f"{len(now)} {comparison.ROWS[gate.evidence]}"
        yield f"With {rows} {wording.seen(drop, f'since {name}', test)}."
    if gate.classes and gate.classes.significance:
        table = recalls.changes(network.predictions["actual"], was, now)
        table = table[table["support"] >= gate.classes.min_support]
        yield from _of_recall(table, gate.classes.significance / baselines, name)


def _of_accuracy(gate: Gate) -> float | None:
    """Return the level of the rule on rows, None if there is none."""
    accuracy = gate.metrics.accuracy if gate.metrics else None
    return gate.significance or (accuracy.significance if accuracy else None)


def _of_recall(table: pd.DataFrame, level: float, name: str) -> Iterator[str]:
    """Yield the class in which the least drop of recall would be seen."""
    test = f"{wording.mcnemar(level, one_sided=True)}, with Holm's correction"
    drops = {i: drop for i in range(len(table)) if (drop := _drop(table, i, {level: 1.0}))}
    best = min(drops, key=lambda i: drops[i], default=None)
    drop = None if best is None else of_class(table, best, level)
    if best is None or drop is None:
        yield f"In no class a drop of recall since {name} would be seen by {test}."
        return
    row = table.iloc[best]
    seen = wording.seen(drop, f"of recall since {name}", test)
    others = ", and in other classes only a larger one" if len(table) > 1 else ""
    yield f"In class {row['class']}, of {row['support']} rows, {seen}{others}."


def of_class(table: pd.DataFrame, position: int, level: float) -> float | None:
    """Return the drop of the recall of one class that would be seen if only it were to drop.

    Parameters
    ----------
    table : DataFrame
        See `mlp.compare.recalls.changes`.
    position : int
        Of the class.
    level : float
        Of all classes together. How many of them it is shared with depends on how many rows of the
        others turn, which is drawn at random.
    """
    support = table["support"].to_numpy()
    share = (table["broken"] + table["fixed"]).to_numpy() / support
    drawn = np.random.default_rng(0).binomial(support, share, (DRAWS, len(support)))
    least = 0.5**drawn
    least[:, position] = 0.0
    numbers = Counter(sum(exact.comparisons(list(row), level)) for row in least)
    return _drop(table, position, {level / k: times / DRAWS for k, times in numbers.items()})


def _drop(table: pd.DataFrame, position: int, levels: Mapping[float, float]) -> float | None:
    row = table.iloc[position]
    discordant = int(row["broken"]) + int(row["fixed"])
    return power.detectable_drop(int(row["support"]), discordant, levels, one_sided=True)
