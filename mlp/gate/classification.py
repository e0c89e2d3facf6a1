"""Judge networks that predict labels: rules, and sentences on what a test could see."""

from collections.abc import Iterator

import pandas as pd

from mlp.core.files import Target
from mlp.core.json_file import rounded
from mlp.evaluate.statistics import balanced, exact
from mlp.gate import detectable, rows
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.gate.thresholds import Verdict

NAIVE, PAIRED = "must not drop", "McNemar at 0.05"  # tests of single model files
LEVEL = 0.05


def computed(predictions: pd.DataFrame) -> dict[str, float]:
    """Return the scores that are not stored of every table: balanced accuracy."""
    return {balanced.NAME: rounded(balanced.of_table(predictions))}


def beats(floor: str, network: Network, linear: Network) -> Verdict:
    """Judge whether a network is better than a floor: see `mlp.gate.rows.beats`."""
    return rows.beats(floor, network, linear)


def seen(
    gate: Gate, network: Network, earlier: Network, name: str, baselines: int
) -> Iterator[str]:
    """Yield what the tests on rows would have seen: see `mlp.gate.detectable.sentences`."""
    return detectable.sentences(gate, network, earlier, name, baselines)


def is_worse(actual: Target, was: Target, now: Target) -> dict[str, bool]:
    """Return whether the later of two files fails two tests of single files, by their titles."""
    before, after = was == actual, now == actual
    broken, fixed = int((before & ~after).sum()), int((after & ~before).sum())
    return {
        NAIVE: broken > fixed,
        PAIRED: exact.mcnemar(broken, fixed, one_sided=True) <= LEVEL,
    }
