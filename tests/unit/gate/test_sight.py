"""The losses that the tests on repeated training would see, in words."""

from typing import Any

import numpy as np

from mlp.compare.sides import Sides
from mlp.core.files import Labels
from mlp.evaluate.statistics import wording
from mlp.evidence import averages
from mlp.evidence.averages import Averages
from mlp.evidence.run import Run
from mlp.gate import sight
from mlp.gate.params import Gate

ACTUAL: Labels = np.array(list("a" * 100 + "b" * 60 + "c" * 40), dtype=object)


def trainings(seed: int) -> Averages:
    """Return five trainings that have one row of eight wrong."""
    rng = np.random.default_rng(seed)
    runs = [
        Run(
            np.where(rng.random(len(ACTUAL)) < 1 / 8, "d", ACTUAL).astype(object),
            {name: rng.random(len(ACTUAL)) for name in ("log_loss", "brier_score")},
            3,
            converged=True,
        )
        for _ in range(5)
    ]
    return averages.of(runs, np.arange(len(ACTUAL)), ACTUAL, None)


SIDES = Sides(trainings(0), trainings(1))


def told(**rest: Any) -> list[str]:
    asked = {"model": "mlp", "evidence": "test", "question": "configuration", "repeats": 5}
    return list(sight.notes(Gate.model_validate(asked | rest), SIDES, "main", 1))


def drop(label: str, level: float) -> str:
    return f"{wording.points(SIDES.of_class(label).detectable(level) or np.nan)} of class {label}"


def test_a_rule_without_a_test_sees_nothing() -> None:
    accuracy = wording.points(SIDES.of_metric("accuracy").detectable(0.01) or np.nan)
    said = (
        "With 5 + 5 trainings since main these losses would be seen (80 % power): accuracy by "
        f"{accuracy} (at level 0.01)."
    )
    assert told(significance=0.01) == [said]
    assert told(significance=0.01, classes={"min_support": 20, "min_recall": 0.5}) == [said]
    assert told(beats=["linear"]) == []


def test_the_least_and_the_largest_loss_of_a_class() -> None:
    """Three classes share the level, which is 0.01 each; of one it is the whole."""
    drops = sorted((SIDES.of_class(label).detectable(0.01), label) for label in "abc")
    least, _, most = (label for _, label in drops)
    (said,) = told(classes={"min_support": 40, "significance": 0.03})
    assert said.endswith(
        f": recall by {drop(least, 0.01)} to {drop(most, 0.01)} (at level 0.01 each)."
    )
    (said,) = told(classes={"min_support": 100, "significance": 0.03})
    assert said.endswith(f": recall by {drop('a', 0.03)} (at level 0.03 each).")
    assert told(classes={"min_support": 101, "significance": 0.03}) == []
