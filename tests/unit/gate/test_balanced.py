"""The gate and a comparison judge balanced accuracy: of files, and of repeated trainings."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlp.compare import comparison
from mlp.compare.sides import Sides
from mlp.core.files import Labels
from mlp.core.predictions import BY_ROW
from mlp.evidence import averages
from mlp.evidence.averages import Averages
from mlp.evidence.run import Run
from mlp.gate import configuration, rules
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.gate.thresholds import FAIL, PASS

ACTUAL: Labels = np.array(["a"] * 180 + ["b"] * 20, dtype=object)
RULE = {"direction": "higher", "significance": 0.01, "min": 0.7, "max_drop": 0.02}


def gate(question: str, **rule: Any) -> Gate:
    asked = {"model": "mlp", "evidence": "test", "question": question, "repeats": 5}
    return Gate.model_validate(asked | {"metrics": {"balanced_accuracy": rule or RULE}})


def predicted(wrong: int) -> Labels:
    """Return labels of which so many of the 20 rows of b are wrong, and none of a."""
    return np.array(["a"] * (180 + wrong) + ["b"] * (20 - wrong), dtype=object)


def network(wrong: int, repeats: Averages | str = "none") -> Network:
    table = pd.DataFrame({"row": range(200), "actual": ACTUAL, "predicted": predicted(wrong)})
    table = table.assign(confidence=0.9, brier_score=0.1, log_loss=0.1)
    return Network({"balanced_accuracy": 1 - wrong / 40}, table, repeats)


def repeats(wrong: int) -> Averages:
    runs = [
        Run(predicted(wrong + i), dict.fromkeys(BY_ROW, np.zeros(200)), 1, converged=True)
        for i in range(5)
    ]
    return averages.of(runs, np.arange(200), ACTUAL, None)


@pytest.mark.parametrize("question", ["file", "configuration"])
def test_a_loss_of_the_rare_class_fails(question: str) -> None:
    """15 of 20 wrong rows of b are a recall of 1/4 and a balanced accuracy of 0.625."""
    asked = gate(question)
    good, bad = network(0, repeats(0)), network(15, repeats(15))
    for now, was, outcome in ((bad, good, FAIL), (good, bad, PASS), (good, good, PASS)):
        found = [*rules.absolute(asked, now, now), *rules.against(asked, now, was, "main")]
        assert {verdict.rule: verdict.outcome for verdict in found} == {
            "balanced_accuracy min": outcome,
            "balanced_accuracy max_drop": outcome,
            "balanced_accuracy significance": outcome,
        }


def test_it_can_be_shown_not_to_be_worse() -> None:
    asked = gate("configuration", direction="higher", not_worse_than=0.2, confidence=0.95)
    same = network(1, repeats(1))
    (found,) = rules.against(asked, same, same, "main")
    assert found.outcome == PASS


def test_it_is_among_the_p_values_that_a_calibration_counts() -> None:
    sides = Sides(repeats(0), repeats(15))
    assert (
        configuration.p_values(gate("configuration"), sides)["balanced_accuracy significance"]
        < 0.01
    )


def test_a_comparison_has_it_where_classes_are_unequal() -> None:
    old, new = network(0).predictions, network(15).predictions
    found = {metric.metric: metric for metric in comparison.compare(old, new).metrics}
    assert found["balanced_accuracy"].new == pytest.approx(0.625)
    assert found["balanced_accuracy"].verdict == "worse"
    equal = [side.iloc[160:] for side in (old, new)]  # 20 rows of each
    assert "balanced_accuracy" not in {m.metric for m in comparison.compare(*equal).metrics}
    assert Sides(repeats(0), repeats(1)).are_unequal()
    few = replace(repeats(0), classes={name: {"support": 20} for name in "ab"})
    assert not Sides(few, few).are_unequal()
