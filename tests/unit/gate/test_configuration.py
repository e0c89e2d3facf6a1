"""A configuration is judged by its repeated trainings, and never silently by something else."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlp.compare.sides import Sides
from mlp.core.files import Floats, Labels
from mlp.evidence import averages
from mlp.evidence.averages import Averages
from mlp.evidence.run import Run
from mlp.gate import configuration, levels, rules, sight
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.gate.thresholds import FAIL, PASS, SKIP, UNSURE, Verdict

ROWS = 200
ACTUAL: Labels = np.array(["a", "b"] * (ROWS // 2), dtype=object)


def gate(**rest: Any) -> Gate:
    asked = {"model": "mlp", "evidence": "test", "question": "configuration", "repeats": 5}
    return Gate.model_validate(asked | rest)


def trainings(
    seed: int,
    wrong: float = 0.1,
    brier: float = 0.1,
    actual: Labels = ACTUAL,
    groups: Labels | None = None,
) -> Averages:
    """Return five trainings with a share of wrong rows and a mean Brier score."""
    rng = np.random.default_rng(seed)
    other = {"a": "b", "b": "a"}
    runs = []
    for _ in range(5):
        missed = rng.random(len(actual)) < wrong
        said = np.array(
            [other[label] if miss else label for label, miss in zip(actual, missed, strict=True)],
            dtype=object,
        )
        losses: Floats = np.abs(rng.normal(brier, 0.02, len(actual)))
        runs.append(Run(said, {"log_loss": losses, "brier_score": losses}, 3, converged=True))
    return averages.of(runs, np.arange(len(actual)), actual, groups)


def network(repeats: Averages | str) -> Network:
    return Network({"accuracy": 0.9, "brier_score": 0.1}, pd.DataFrame(), repeats)


def judged(asked: Gate, old: Averages | str, new: Averages | str, number: int = 1) -> list[Verdict]:
    return list(rules.against(asked, network(new), network(old), "main", number))


TESTS = {
    "metrics": {"brier_score": {"direction": "lower", "significance": 0.03}},
    "significance": 0.01,
    "classes": {"min_support": 20, "significance": 0.01},
}


def test_a_change_of_nothing_passes_and_a_loss_fails() -> None:
    asked = gate(**TESTS)
    assert [v.outcome for v in judged(asked, trainings(0), trainings(1))] == [PASS] * 3
    found = judged(asked, trainings(0), trainings(1, wrong=0.4, brier=0.3))
    assert [v.rule for v in found] == [
        "brier_score significance",
        "significance",
        "classes significance",
    ]
    assert [v.outcome for v in found] == [FAIL] * 3
    assert "recall fell since main of class" in found[2].reason
    # For the better, nothing fails.
    better = judged(asked, trainings(1, wrong=0.4, brier=0.3), trainings(0))
    assert [v.outcome for v in better] == [PASS] * 3


def test_p_values_are_those_of_the_verdicts() -> None:
    asked = gate(**TESTS)
    for seed, wrong in enumerate([0.1, 0.13, 0.16, 0.2, 0.4]):
        old, new = trainings(seed), trainings(seed + 100, wrong=wrong, brier=0.1 + wrong / 30)
        found = configuration.p_values(asked, Sides(old, new))
        outcomes = {verdict.rule: verdict.outcome for verdict in judged(asked, old, new)}
        expected = {
            title: FAIL if found[title] <= level else PASS
            for title, level in levels.of_tests(asked).items()
        }
        assert outcomes == expected


@pytest.mark.parametrize(
    "rules_of",
    [
        lambda level: {"metrics": {"brier_score": {"direction": "lower", "significance": level}}},
        lambda level: {"significance": level},
        lambda level: {"classes": {"min_support": 20, "significance": level}},
    ],
)
def test_a_p_value_at_the_level_fails_and_two_baselines_share_it(
    rules_of: Callable[[float], dict[str, Any]],
) -> None:
    old, new = trainings(0), trainings(1, wrong=0.2, brier=0.102)
    (level,) = configuration.p_values(gate(**rules_of(0.01)), Sides(old, new)).values()
    (failed,) = judged(gate(**rules_of(level)), old, new)
    assert failed.outcome == FAIL
    (passed,) = judged(gate(**rules_of(level)), old, new, 2)
    assert passed.outcome == PASS
    assert passed.reason.endswith(f" > {level / 2:g}")
    if not failed.rule.startswith("classes"):
        assert failed.reason.endswith(f" <= {level:g}")


@pytest.mark.parametrize("missing", ["old", "new"])
def test_missing_trainings_cannot_be_judged_and_the_command_is_said(missing: str) -> None:
    asked = gate(**TESTS)
    here, gone = trainings(0), "gate/repeats/mlp.json of abc is missing"
    old, new = (gone, here) if missing == "old" else (here, gone)
    assert {v.outcome for v in judged(asked, old, new)} == {UNSURE}
    (note,) = rules.notes(asked, network(new), network(old), "main", 1)
    assert gone in note
    assert "`make gate`" in note
    assert "`mlp gate --question file main`" in note


def test_trainings_of_other_rows_cannot_be_judged() -> None:
    other = trainings(1, actual=ACTUAL[::-1])
    assert {v.outcome for v in judged(gate(**TESTS), trainings(0), other)} == {UNSURE}
    fewer = trainings(1, actual=ACTUAL[:100])
    assert {v.outcome for v in judged(gate(**TESTS), trainings(0), fewer)} == {UNSURE}


@pytest.mark.parametrize(("side", "outcome"), [("old", UNSURE), ("new", FAIL)])
def test_a_score_that_is_no_number(side: str, outcome: str) -> None:
    sides = {"old": trainings(0), "new": trainings(1)}
    scores = {**sides[side].scores, "brier_score": np.array([0.1, np.nan, 0.1, 0.1, 0.1])}
    sides[side] = replace(sides[side], scores=scores)
    found = judged(gate(metrics=TESTS["metrics"]), sides["old"], sides["new"])
    assert [v.outcome for v in found] == [outcome]


def test_one_group_tells_nothing_of_others() -> None:
    """No rule is judged, however large the loss; of the classes, those of several groups are."""
    one = np.array(["g"] * ROWS, dtype=object)
    rule = {"direction": "lower", "significance": 0.03, "not_worse_than": 0.1, "confidence": 0.9}
    asked = gate(**TESTS | {"metrics": {"brier_score": rule}})
    found = judged(asked, trainings(0, groups=one), trainings(1, wrong=0.9, brier=0.9, groups=one))
    assert [verdict.outcome for verdict in found] == [UNSURE] * 3 + [SKIP]
    assert {verdict.reason.partition(": ")[2] for verdict in found[:3]} == {
        "rows of one group tell nothing of others"
    }
    # Rows of class a are of ten groups, those of b of one.
    some = np.array([f"g{i % 20}" if i % 2 == 0 else "g" for i in range(ROWS)], dtype=object)
    for wrong, outcome in ((0.1, PASS), (0.9, FAIL)):
        *_, classes = judged(asked, trainings(0, groups=some), trainings(1, wrong, groups=some))
        assert classes.outcome == outcome
        assert "class a" in classes.reason
        assert "class b" not in classes.reason


@pytest.mark.parametrize(
    ("margin", "wrong", "outcome", "words"),
    [
        (0.2, 0.1, PASS, "worse by at most"),
        (0.01, 0.1, UNSURE, "too few data to tell; about"),
        (0.1, 0.4, FAIL, "worse by 0."),
    ],
)
def test_not_worse_than(margin: float, wrong: float, outcome: str, words: str) -> None:
    rule = {"direction": "higher", "not_worse_than": margin, "confidence": 0.95}
    asked = gate(metrics={"accuracy": rule})
    (found,) = judged(asked, trainings(0), trainings(1, wrong=wrong))
    assert (found.rule, found.outcome) == ("accuracy not_worse_than", outcome)
    assert words in found.reason


def test_a_margin_that_is_missed_by_half() -> None:
    """The bound is 1.95 times too wide for the margin, which takes 1.95² = 3.8025 times the data."""
    old, new = trainings(0), trainings(1, wrong=0.13)
    change = Sides(old, new).of_metric("accuracy")
    assert change.difference < 0
    rule: dict[str, Any] = {"direction": "higher", "confidence": 0.95}
    rule["not_worse_than"] = change.reach(1 - 0.95) / 1.95 - change.difference
    (found,) = judged(gate(metrics={"accuracy": rule}), old, new)
    assert found.outcome == UNSURE
    # 3.8025 times 5 trainings and 200 rows
    assert found.reason.endswith("about 20 trainings (gate.repeats) judged by 761 rows would do")


def test_two_baselines_share_what_a_margin_may_miss() -> None:
    old, new = trainings(0), trainings(1)
    change = Sides(old, new).of_metric("accuracy")
    rule: dict[str, Any] = {"direction": "higher", "confidence": 0.95}
    rule["not_worse_than"] = (change.reach(0.05) + change.reach(0.025)) / 2 - change.difference
    asked = gate(metrics={"accuracy": rule})
    assert judged(asked, old, new)[0].outcome == PASS
    assert judged(asked, old, new, 2)[0].outcome == UNSURE


def test_not_worse_than_passes_what_is_worse_by_the_margin_as_seldom_as_it_says() -> None:
    rule = {"direction": "lower", "not_worse_than": 0.01, "confidence": 0.9}
    asked = gate(metrics={"brier_score": rule})
    rng = np.random.default_rng(0)
    passed = 0
    for _ in range(400):
        sides = [
            averages.of(
                [
                    Run(ACTUAL, {"log_loss": losses, "brier_score": losses}, 3, converged=True)
                    for losses in rng.normal(mean, 0.05, (5, ROWS)) + rng.normal(0, 0.005, (5, 1))
                ],
                np.arange(ROWS),
                ACTUAL,
                None,
            )
            for mean in (0.3, 0.31)
        ]
        passed += judged(asked, *sides)[0].outcome == PASS
    assert passed / 400 <= 0.1 + 2 * np.sqrt(0.1 * 0.9 / 400)


@pytest.mark.parametrize("rule", [{"not_worse_than": 0.01}, {"confidence": 0.95}])
def test_a_margin_has_a_confidence(rule: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="not_worse_than and confidence together"):
        gate(metrics={"accuracy": {"direction": "higher", **rule}})


def test_a_configuration_is_judged_by_two_trainings_at_least() -> None:
    assert gate(repeats=2).repeats == 2
    with pytest.raises(ValueError, match="greater than or equal to 2"):
        gate(repeats=1)


def test_no_class_with_enough_rows_is_not_judged() -> None:
    asked = gate(classes={"min_support": 1000, "significance": 0.01})
    assert [v.outcome for v in judged(asked, trainings(0), trainings(1))] == [SKIP]
    p_values = configuration.p_values(asked, Sides(trainings(0), trainings(1)))
    assert p_values == {"classes significance": 1.0}


def test_the_joint_level_is_the_sum() -> None:
    assert levels.sentence(gate(**TESTS)) == (
        "Joint level of the tests (brier_score significance, significance, classes significance): "
        "a change of nothing fails one of them with a probability of at most 0.03 + 0.01 + 0.01 = "
        "0.05."
    )
    assert levels.sentence(gate(significance=0.02)) == (
        "Joint level of the tests (significance): a change of nothing fails one of them with a "
        "probability of at most 0.02."
    )
    two = gate(significance=0.02, classes={"min_support": 5, "significance": 0.01})
    assert (levels.sentence(two) or "").endswith("of at most 0.02 + 0.01 = 0.03.")
    assert levels.sentence(gate(beats=["majority"])) is None


def test_what_would_be_seen_is_left_out_after_a_large_change() -> None:
    asked = gate(**TESTS)
    notes = list(sight.notes(asked, Sides(trainings(0), trainings(1)), "main", 1))
    assert "brier_score by 0.00" in notes[0]
    assert "accuracy by" in notes[0]
    points = r"[\d.]+ points"
    recalls = (
        rf"recall by {points} of class (a|b) to {points} of class (a|b) \(at level 0.005 each\)"
    )
    found = re.search(recalls, notes[0])
    assert found is not None
    assert set(found.groups()) == {"a", "b"}
    halved = next(sight.notes(asked, Sides(trainings(0), trainings(1)), "main", 2))
    for level in ("test at level 0.015)", "(at level 0.005)", "(at level 0.0025 each)"):
        assert level in halved  # of two baselines
    large = Sides(trainings(0), trainings(1, wrong=0.4, brier=0.3))
    assert list(sight.notes(asked, large, "main", 1)) == []


def test_trainings_that_did_not_converge_are_said() -> None:
    stopped = replace(trainings(1), converged=[True, True, False, False, True])
    *_, last = sight.notes(gate(**TESTS), Sides(trainings(0), stopped), "main", 1)
    assert last == "2 of 5 trainings of mlp stopped before they converged."


def test_of_a_file_the_level_says_nothing_of_seeds() -> None:
    told = levels.sentence(gate(significance=0.02, question="file")) or ""
    assert (
        "a file that is worth as much fails one of them with a probability of at most 0.02." in told
    )
    assert told.endswith(
        "A new training of the same configuration may be worth less, and fail more often."
    )
