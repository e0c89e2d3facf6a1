"""Every rule of the gate at, above and below its bound; and the semantics of others' thresholds."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.gate import rules
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.gate.thresholds import FAIL, PASS, SKIP, UNSURE, Verdict


def network(actual: str, predicted: str, **metrics: Any) -> Network:
    table = pd.DataFrame(
        {
            "row": range(len(actual)),
            "actual": list(actual),
            "predicted": list(predicted),
            "confidence": 0.9,
            "brier_score": np.linspace(0, 0.1, len(actual)),
        }
    )
    return Network(metrics, table)


def gate(**rest: Any) -> Gate:
    asked = {"model": "mlp", "evidence": "test", "question": "file", "repeats": 5}
    return Gate.model_validate(asked | rest)


def one(verdicts: Any) -> Verdict:
    (found,) = list(verdicts)
    assert isinstance(found, Verdict)
    return found


def of_metric(rule: dict[str, Any], new: Any, old: Any = 0.5) -> list[str]:
    """Return the outcomes of the rules on one metric, absolute ones first."""
    name = "accuracy" if rule["direction"] == "higher" else "log_loss"
    asked = gate(metrics={name: rule})
    table = "ab"
    now, was = (network(table, table, **{name: value}) for value in (new, old))
    found = [*rules.absolute(asked, now, now), *rules.against(asked, now, was, "main")]
    return [verdict.outcome for verdict in found]


HIGHER, LOWER = {"direction": "higher"}, {"direction": "lower"}


@pytest.mark.parametrize(
    ("rule", "new", "old", "outcome"),
    [
        # Bounds are inclusive.
        (HIGHER | {"min": 0.9}, 0.9, 0.5, PASS),
        (HIGHER | {"min": 0.9}, 0.899999, 0.5, FAIL),
        (LOWER | {"max": 0.3}, 0.3, 0.5, PASS),
        (LOWER | {"max": 0.3}, 0.300001, 0.5, FAIL),
        # "May drop by at most 0.5 points", also where 0.95 - 0.945 is 0.00500000000000000444 in binary.
        (HIGHER | {"max_drop": 0.005}, 0.945, 0.95, PASS),
        (HIGHER | {"max_drop": 0.005}, 0.944999, 0.95, FAIL),
        (HIGHER | {"max_drop": 0.0}, 0.95, 0.95, PASS),
        (LOWER | {"max_drop": 0.01}, 0.51, 0.5, PASS),
        (LOWER | {"max_drop": 0.01}, 0.511, 0.5, FAIL),
        # Below 0: the least that it must improve.
        (HIGHER | {"max_drop": -0.01}, 0.96, 0.95, PASS),
        (HIGHER | {"max_drop": -0.01}, 0.959, 0.95, FAIL),
        # Relative to the baseline's size: 5 % of 0.8 is 0.04.
        (HIGHER | {"max_drop_relative": 0.05}, 0.76, 0.8, PASS),
        (HIGHER | {"max_drop_relative": 0.05}, 0.759, 0.8, FAIL),
        (LOWER | {"max_drop_relative": 0.05}, 0.84, 0.8, PASS),
        (LOWER | {"max_drop_relative": 0.05}, 0.841, 0.8, FAIL),
        # A baseline of 0 has no share; only what is no worse passes.
        (LOWER | {"max_drop_relative": 0.5}, 0.0, 0.0, PASS),
        (LOWER | {"max_drop_relative": 0.5}, 0.001, 0.0, FAIL),
        # A negative baseline: -0.5 to -0.4 is better.
        (HIGHER | {"max_drop_relative": 0.05}, -0.4, -0.5, PASS),
        (HIGHER | {"max_drop_relative": 0.05}, -0.53, -0.5, FAIL),
        # It fails closed.
        (HIGHER | {"min": 0.0}, None, 0.5, FAIL),
        (HIGHER | {"min": 0.0}, math.nan, 0.5, FAIL),
        (HIGHER | {"min": 0.0}, True, 0.5, FAIL),
        (HIGHER | {"max_drop": 1.0}, math.nan, 0.5, FAIL),
        (HIGHER | {"max_drop": 1.0}, None, 0.5, FAIL),
        (HIGHER | {"max_drop_relative": 1.0}, math.inf, 0.5, FAIL),
        # A baseline without the number cannot judge.
        (HIGHER | {"max_drop": 1.0}, 0.5, None, UNSURE),
        (HIGHER | {"max_drop_relative": 1.0}, 0.5, math.nan, UNSURE),
    ],
)
def test_metric(rule: dict[str, Any], new: Any, old: Any, outcome: str) -> None:
    assert of_metric(rule, new, old) == [outcome]


@pytest.mark.parametrize(
    ("most", "new", "words"),
    [
        (0.02, 0.49, "worse by 0.010000 <= 0.020000"),
        (0.02, 0.48, "worse by 0.020000 <= 0.020000"),
        (0.02, 0.47, "worse by 0.030000 > 0.020000"),
        (0.02, 0.51, "better by 0.010000"),
        (0, 0.5, "no change"),
        (-0.02, 0.5, "no change, and at least 0.020000 better is asked"),
        (-0.02, 0.51, "better by 0.010000, and at least 0.020000 better is asked"),
        (-0.02, 0.49, "worse by 0.010000, and at least 0.020000 better is asked"),
    ],
)
def test_words_of_a_drop(most: float, new: float, words: str) -> None:
    asked = gate(metrics={"accuracy": HIGHER | {"max_drop": most}})
    now, was = (network("ab", "ab", accuracy=value) for value in (new, 0.5))
    reason = one(rules.against(asked, now, was, "main")).reason
    assert reason == f"0.500000 to {new:.6f} since main: {words}"


def test_a_metric_that_is_not_there_fails() -> None:
    asked = gate(metrics={"log_loss": {"direction": "lower", "max": 1.0}})
    found = one(rules.absolute(asked, network("ab", "ab"), network("ab", "ab")))
    assert found == Verdict("log_loss max", FAIL, "log_loss is missing, not a number")


@pytest.mark.parametrize(
    ("name", "rule", "new", "outcome", "reason"),
    [
        ("accuracy", {"min": {"majority": 0.05}}, 0.55, PASS, "0.550000 >= 0.550000 (majority 0.500000 + 0.05)"),
        ("accuracy", {"min": {"majority": 0.05}}, 0.549, FAIL, "0.549000 < 0.550000 (majority 0.500000 + 0.05)"),
        ("accuracy", {"min": {"linear": 0.01}}, 0.81, PASS, "0.810000 >= 0.810000 (linear 0.800000 + 0.01)"),
        ("accuracy", {"min": {"linear": -0.01}}, 0.789, FAIL, "0.789000 < 0.790000 (linear 0.800000 - 0.01)"),
        ("macro_f1", {"min": {"linear": 0.0}}, 0.7, PASS, "0.700000 >= 0.700000 (linear 0.700000 + 0)"),
        ("log_loss", {"max": {"linear": 0.1}}, 0.6, PASS, "0.600000 <= 0.600000 (linear 0.500000 + 0.1)"),
        ("brier_score", {"max": {"linear": -0.1}}, 0.3, FAIL, "the brier_score of linear is missing, not a number"),
    ],
)  # fmt: skip
def test_bounds_relative_to_the_table(
    name: str, rule: dict[str, Any], new: float, outcome: str, reason: str
) -> None:
    direction = "higher" if "min" in rule else "lower"
    asked = gate(metrics={name: {"direction": direction, **rule}})
    now = network("ab", "ab", majority_accuracy=0.5, **{name: new})
    linear = network("ab", "ab", accuracy=0.8, macro_f1=0.7, log_loss=0.5)
    found = one(rules.absolute(asked, now, linear))
    assert (found.outcome, found.reason) == (outcome, reason)


def test_a_bound_over_a_majority_that_is_unknown_fails() -> None:
    asked = gate(metrics={"accuracy": HIGHER | {"min": {"majority": 0.1}}})
    found = one(rules.absolute(asked, network("ab", "ab", accuracy=1.0), network("ab", "ab")))
    assert found == Verdict(
        "accuracy min", FAIL, "the accuracy of majority is missing, not a number"
    )


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ({"accuracy": HIGHER | {"min": {"majorty": 0.1}}}, "did you mean majority?"),
        ({"accuracy": HIGHER | {"min": {"majority": 0.1, "linear": 0.1}}}, "should have one of linear, majority."),
        ({"accuracy": HIGHER | {"min": {"linear": 2}}}, "min.linear is 2; it should be less than or equal to 1."),
        ({"macro_f1": HIGHER | {"min": {"linear": -1.01}}}, "min.linear is -1.01; it should be greater than or equal to -1."),
        ({"accuracy": HIGHER | {"min": {"majority": 1.01}}}, "min.majority is 1.01; it should be less than or equal to 1."),
        ({"accuracy": HIGHER | {"min": {"majority": -1.01}}}, "min.majority is -1.01; it should be greater than or equal to -1."),
        ({"macro_f1": HIGHER | {"min": {"majority": 0.1}}}, "gate.metrics.macro_f1.min.majority is not a known key"),
        ({"log_loss": LOWER | {"min": {"linear": 0.1}}}, "gate.metrics.log_loss.min: should be a number; max can be relative to the table."),
    ],
)  # fmt: skip
def test_a_wrong_margin_is_refused(section: dict[str, Any], sentence: str) -> None:
    content = {"model": "mlp", "evidence": "test", "metrics": section}
    with pytest.raises(InputError) as error:
        params_file.validated("params.yaml", ("gate",), content, Gate)
    assert sentence in str(error.value)


def test_linear_is_not_judged_by_a_margin_over_itself() -> None:
    section = {"accuracy": HIGHER | {"min": {"linear": 0.0}}}
    with pytest.raises(ValueError, match="accuracy should not be relative to linear, the model"):
        gate(model="linear", metrics=section)


def mlflow(  # noqa: PLR0913 - as MLflow has it
    new: float,
    old: float,
    *,
    greater: bool,
    threshold: Any = None,
    absolute: Any = None,
    relative: Any = None,
) -> bool:
    """Return what MLflow's validation of a MetricThreshold says (mlflow/models/evaluation)."""
    sign = 1 if greater else -1
    if threshold is not None and sign * new < sign * threshold:
        return False
    if absolute is not None and not sign * new >= sign * (old + sign * absolute):
        return False
    if relative is not None:
        if old == 0:
            return sign * new >= sign * (old + sign * 1e-10)
        if sign * (new - old) / old < relative:
            return False
    return True


@pytest.mark.parametrize("greater", [True, False])
@pytest.mark.parametrize("new", [0.25, 0.4375, 0.5, 0.5625, 0.75])
@pytest.mark.parametrize("limits", [(0.5, None, None), (None, 0.0625, None), (None, None, 0.125)])
def test_mlflows_metric_threshold(*, greater: bool, new: float, limits: tuple[Any, ...]) -> None:
    threshold, absolute, relative = limits
    rule: dict[str, Any] = HIGHER.copy() if greater else LOWER.copy()
    if threshold is not None:
        rule["min" if greater else "max"] = threshold
    if absolute is not None:
        rule["max_drop"] = -absolute
    if relative is not None:
        rule["max_drop_relative"] = -relative
    expected = mlflow(
        new, 0.5, greater=greater, threshold=threshold, absolute=absolute, relative=relative
    )
    assert of_metric(rule, new, 0.5) == [PASS if expected else FAIL]


def test_what_mlflow_gets_wrong() -> None:
    """NaN passes its relative rule, and a loss that fell by just 10 % fails it, by a rounding error."""
    assert mlflow(math.nan, 0.5, greater=True, relative=0.1)
    assert of_metric(HIGHER | {"max_drop_relative": -0.1}, math.nan, 0.5) == [FAIL]
    assert not mlflow(0.45, 0.5, greater=False, relative=0.1)
    assert of_metric(LOWER | {"max_drop_relative": -0.1}, 0.45, 0.5) == [PASS]


def tfma(new: float, old: float, *, higher: bool, absolute: Any, relative: Any) -> bool:
    """Return what TFMA's GenericChangeThreshold says (metrics_validator.py)."""
    diff = new - old
    ratio = math.nan if math.isclose(old, 0.0) else diff / old
    open_end = -math.inf if higher else math.inf
    bounds = (open_end if limit is None else limit for limit in (absolute, relative))
    pairs = zip((diff, ratio), bounds, strict=True)
    return all(value >= bound if higher else value <= bound for value, bound in pairs)


@pytest.mark.parametrize("higher", [True, False])
@pytest.mark.parametrize("new", [0.25, 0.4375, 0.5, 0.5625, 0.75])
@pytest.mark.parametrize("limits", [(-0.0625, None), (0.0625, None), (None, -0.125), (None, 0.125)])
def test_tfmas_change_threshold(*, higher: bool, new: float, limits: tuple[Any, Any]) -> None:
    """Change is candidate less baseline, relative is that over the baseline, bounds are inclusive."""
    absolute, relative = limits
    sign = -1 if higher else 1
    rule: dict[str, Any] = HIGHER.copy() if higher else LOWER.copy()
    if absolute is not None:
        rule["max_drop"] = sign * absolute
    if relative is not None:
        rule["max_drop_relative"] = sign * relative
    expected = tfma(new, 0.5, higher=higher, absolute=absolute, relative=relative)
    assert of_metric(rule, new, 0.5) == [PASS if expected else FAIL]


@pytest.mark.parametrize("value", [0.5, 0.9, 0.3])
def test_tfmas_value_threshold(value: float) -> None:
    """lower_bound <= value <= upper_bound."""
    found = of_metric(HIGHER | {"min": 0.5, "max": 0.9}, value)
    assert found == [PASS if value >= 0.5 else FAIL, PASS if value <= 0.9 else FAIL]


def test_what_tfma_gets_wrong() -> None:
    """At a baseline of 0 it fails what did not change; below 0, relative changes turn round."""
    assert not tfma(0.0, 0.0, higher=False, absolute=0.1, relative=None)
    assert of_metric(LOWER | {"max_drop": 0.1}, 0.0, 0.0) == [PASS]
    assert not tfma(-0.4, -0.5, higher=True, absolute=None, relative=-0.05)
    assert of_metric(HIGHER | {"max_drop_relative": 0.05}, -0.4, -0.5) == [PASS]


@pytest.mark.parametrize(("broken", "outcome"), [(4, PASS), (5, FAIL)])
def test_significance(broken: int, outcome: str) -> None:
    """4 of 4 broken rows: p = 1/16 = 0.0625; 5 of 5: 1/32 = 0.03125."""
    actual = "a" * 20
    was, now = network(actual, actual), network(actual, "b" * broken + "a" * (20 - broken))
    found = one(rules.against(gate(significance=0.05), now, was, "main"))
    assert found.outcome == outcome
    assert found.reason.startswith(f"{broken} rows broken and 0 fixed of 20 since main: p = 0.0")
    assert one(rules.against(gate(significance=0.05), was, now, "main")).outcome == PASS


@pytest.mark.parametrize(
    "rule",
    [
        {"significance": 0.05},
        {"metrics": {"accuracy": HIGHER | {"significance": 0.05}}},
        {"classes": {"min_support": 20, "significance": 0.05}},
    ],
)
def test_two_baselines_share_the_level(rule: dict[str, Any]) -> None:
    """5 of 5 broken rows: 1/32 is below 0.05, and above 0.025."""
    was, now = network("a" * 20, "a" * 20), network("a" * 20, "b" * 5 + "a" * 15)
    assert one(rules.against(gate(**rule), now, was, "main")).outcome == FAIL
    shared = one(rules.against(gate(**rule), now, was, "main", 2))
    assert shared.outcome == PASS
    assert shared.reason.endswith(" > 0.025")


@pytest.mark.parametrize(
    ("direction", "more", "outcome"),
    [("lower", 0.01, FAIL), ("lower", 0.0, PASS), ("lower", -0.01, PASS)],
)
def test_significance_of_a_metric(direction: str, more: float, outcome: str) -> None:
    was = network("a" * 30, "a" * 30)
    now = Network({}, was.predictions.assign(brier_score=was.predictions["brier_score"] + more))
    asked = gate(metrics={"brier_score": {"direction": direction, "significance": 0.01}})
    assert one(rules.against(asked, now, was, "main")).outcome == outcome


@pytest.mark.parametrize(("broken", "outcome"), [(0, PASS), (10, FAIL)])
def test_significance_of_a_metric_of_which_more_is_better(broken: int, outcome: str) -> None:
    was, now = network("a" * 30, "a" * 30), network("a" * 30, "b" * broken + "a" * (30 - broken))
    asked = gate(metrics={"accuracy": HIGHER | {"significance": 0.01}})
    assert one(rules.against(asked, now, was, "main")).outcome == outcome
    assert one(rules.against(asked, was, now, "main")).outcome == PASS


def test_a_difference_that_few_rows_make_is_not_significant() -> None:
    was = network("a" * 30, "a" * 30)
    scores = was.predictions["brier_score"].copy()
    scores[7] += 0.3  # the mean rises by 0.01, as above, but most resamples of 1 % lack the row
    now = Network({}, was.predictions.assign(brier_score=scores))
    asked = gate(metrics={"brier_score": {"direction": "lower", "significance": 0.01}})
    assert one(rules.against(asked, now, was, "main")).outcome == PASS


@pytest.mark.parametrize("test", [{"significance": 0.01}, {"not_worse_than": 1, "confidence": 0.9}])
def test_an_earlier_table_without_the_metric_cannot_judge(test: dict[str, float]) -> None:
    now = network("ab", "ab")
    was = Network({}, now.predictions.drop(columns="brier_score"))
    asked = gate(metrics={"brier_score": LOWER | test})
    assert one(rules.against(asked, now, was, "main")).outcome == UNSURE
    broken = Network({}, now.predictions.assign(brier_score=math.nan))
    assert one(rules.against(asked, broken, now, "main")).outcome == FAIL


def test_beats() -> None:
    now = network("aabb", "aabb", majority_accuracy=0.5)
    worse = network("aabb", "aaba", majority_accuracy=0.5)
    asked = gate(beats=["linear", "majority"])
    assert [v.outcome for v in rules.absolute(asked, now, worse)] == [PASS, PASS]
    assert [v.outcome for v in rules.absolute(asked, worse, now)] == [FAIL, PASS]
    # To be as good is not to beat.
    assert [v.outcome for v in rules.absolute(asked, worse, worse)] == [FAIL, PASS]
    guess = network("aabb", "aaaa", majority_accuracy=0.5)
    assert [v.outcome for v in rules.absolute(asked, guess, worse)] == [FAIL, FAIL]
    nothing = network("aabb", "aabb")
    assert [v.outcome for v in rules.absolute(asked, nothing, worse)] == [PASS, FAIL]
    others = network("ab", "ba")
    assert [v.outcome for v in rules.absolute(asked, now, others)] == [FAIL, PASS]


@pytest.mark.parametrize(
    ("predicted", "outcome", "balanced"),
    [
        # Fewer right answers than the commonest class has, 7 of 10 and 8; recall 6/8 and 1/2.
        ("aaaaaabbab", PASS, 0.625),
        ("aaaaaaaaaa", FAIL, 0.5),  # as good as a guess is not better
        ("bbaaaaaaaa", FAIL, 0.375),
    ],
)
def test_of_unequal_classes_a_guess_is_beaten_by_balanced_accuracy(
    predicted: str, outcome: str, balanced: float
) -> None:
    now = network("aaaaaaaabb", predicted, majority_accuracy=0.8, balanced_accuracy=balanced)
    found = one(rules.absolute(gate(beats=["majority"]), now, now))
    reason = f"balanced accuracy {balanced:.6f}, and 0.500000 with the commonest class"
    assert found == Verdict("beats majority", outcome, reason)
    nothing = network("aaaaaaaabb", predicted, majority_accuracy=0.8)
    found = one(rules.absolute(gate(beats=["majority"]), nothing, nothing))
    assert found == Verdict("beats majority", FAIL, "balanced_accuracy is missing, not a number")


@pytest.mark.parametrize(
    ("predicted", "scores", "why"),
    [
        ("aaba", {"diverged": True, "converged": False}, "its training diverged"),
        ("aaaa", {"converged": True}, "it has no more rows right than the commonest class"),
        ("aaba", {"converged": False}, "its training stopped before it converged"),
        ("aaba", {"converged": True}, None),
    ],
)
def test_to_beat_a_poor_linear_proves_little(
    predicted: str, scores: dict[str, Any], why: str | None
) -> None:
    now = network("aabb", "aabb")
    linear = network("aabb", predicted, majority_accuracy=0.5, **scores)
    found = one(rules.absolute(gate(beats=["linear"]), now, linear))
    assert found.outcome == PASS
    end = f"; that proves little, since linear is poor: {why}"
    assert found.reason.endswith(end if why else "(p = 1.0000)")
    lost = one(rules.absolute(gate(beats=["linear"]), linear, now))
    assert (lost.outcome, "proves little" in lost.reason) == (FAIL, False)


def test_floors_of_classes() -> None:
    # a: 3 of 4, b: 1 of 2, c: 0 of 1.
    now = network("aaaabbc", "aaabbaa")
    for floor, support, outcome in [
        (0.75, 4, PASS),
        (0.76, 4, FAIL),
        (0.5, 2, PASS),
        (0.1, 1, FAIL),
    ]:
        asked = gate(classes={"min_support": support, "min_recall": floor})
        assert one(rules.absolute(asked, now, now)).outcome == outcome, floor
    for floor, support, reason in [
        (0.6, 2, "class b 0.500000 < 0.6; 1 of 3 classes have fewer than 2 rows"),
        (0.5, 2, "class b 0.500000 >= 0.5; 1 of 3 classes have fewer than 2 rows"),
        (0.6, 1, "class c 0.000000, class b 0.500000 < 0.6"),
    ]:
        asked = gate(classes={"min_support": support, "min_recall": floor})
        assert one(rules.absolute(asked, now, now)).reason == reason
    none = one(rules.absolute(gate(classes={"min_support": 5, "min_recall": 0.1}), now, now))
    assert none == Verdict("classes min_recall", FAIL, "no class has 5 rows or more")


def test_significance_of_classes_is_corrected() -> None:
    """5 of 5 broken rows of one class: p = 0.031, which two classes raise to 0.0625.

    In b, 3 of 6 rows are broken: it says nothing, but it could have.
    """
    actual = "a" * 9 + "b" * 9
    was = network(actual, "a" * 9 + "aaabbbbbb")
    for broken, support, outcome in [(5, 9, PASS), (6, 9, FAIL)]:
        now = network(actual, "b" * broken + "a" * (9 - broken) + "bbbaaabbb")
        asked = gate(classes={"min_support": support, "significance": 0.05})
        assert one(rules.against(asked, now, was, "main")).outcome == outcome
    alone = network("a" * 9 + "b", "b" * 5 + "a" * 4 + "b")
    before = network("a" * 9 + "b", "a" * 9 + "b")
    asked = gate(classes={"min_support": 2, "significance": 0.05})
    found = one(rules.against(asked, alone, before, "main"))  # b has too few rows to count
    assert found.outcome == FAIL
    assert "class a (5 broken, 0 fixed, p = 0.0312)" in found.reason
    asked = gate(classes={"min_support": 20, "significance": 0.05})
    assert one(rules.against(asked, alone, before, "main")).outcome == FAIL


@pytest.mark.parametrize(("most", "outcome"), [(650, PASS), (649, FAIL)])
def test_budget(most: int, outcome: str) -> None:
    now = network("ab", "ab", parameters=650, model_bytes=6138)
    assert one(rules.absolute(gate(budget={"parameters": most}), now, now)).outcome == outcome
    found = one(rules.absolute(gate(budget={"model_bytes": 1}), now, now))
    assert found == Verdict("budget model_bytes", FAIL, "6138 > 1")
    unknown = network("ab", "ab")
    assert one(rules.absolute(gate(budget={"parameters": 9}), unknown, now)).outcome == FAIL


def test_rules_on_a_change_are_skipped_where_there_is_none() -> None:
    asked = gate(
        metrics={"accuracy": HIGHER | {"min": 0.5, "max_drop": 0.1, "significance": 0.01}},
        significance=0.05,
        classes={"min_support": 1, "min_recall": 0.1, "significance": 0.05},
    )
    found = list(rules.skipped(asked, "nothing earlier"))
    names = ["accuracy max_drop", "accuracy significance", "significance", "classes significance"]
    assert found == [Verdict(name, SKIP, "nothing earlier") for name in names]
    # They are just the rules that look back.
    table = network("ab", "ab", accuracy=1.0)
    assert [v.rule for v in rules.against(asked, table, table, "main")] == names


@pytest.mark.parametrize("rest", [{}, {"metrics": {}}, {"budget": {}}, {"baseline": "tag"}])
def test_an_empty_gate_is_empty(rest: dict[str, Any]) -> None:
    assert rules.is_empty(gate(**rest))


@pytest.mark.parametrize(
    "rest",
    [
        {"significance": 0.05},
        {"beats": ["linear"]},
        {"metrics": {"accuracy": HIGHER | {"min": 0.5}}},
        {"classes": {"min_support": 1, "min_recall": 0.5}},
        {"budget": {"parameters": 5}},
    ],
)
def test_a_gate_with_one_rule_is_not_empty(rest: dict[str, Any]) -> None:
    assert not rules.is_empty(gate(**rest))


def test_not_worse_than_of_a_file() -> None:
    """Of 200 rows two broke and two were fixed: (2 + 1) / 202 each, so an error of 0.01213."""
    was, now = network("a" * 200, "b" * 2 + "a" * 198), network("a" * 200, "a" * 198 + "b" * 2)

    def judged(margin: float, baselines: int = 1) -> Verdict:
        rule = HIGHER | {"not_worse_than": margin, "confidence": 0.95}
        return one(rules.against(gate(metrics={"accuracy": rule}), now, was, "main", baselines))

    # The bound is 1.644854 times 0.012126: 0.019946.
    assert judged(0.02).outcome == PASS
    # Two baselines ask for a confidence of 0.975: 1.959964 times as much, 0.023767.
    assert (judged(0.023, 2).outcome, judged(0.024, 2).outcome) == (UNSURE, PASS)
    found = judged(0.01)
    assert found.outcome == UNSURE
    assert found.reason == (
        "0.990000 to 0.990000 since main: worse by at most 0.019946 > 0.01: too few data to tell; "
        "about 796 rows would do"  # 200 * 1.9946²
    )
    # Two broke: (3 - 1) / 202 = 0.009901, with an error of √(3 + 1 - 2² / 202) / 202 = 0.009876.
    now = network("a" * 200, "b" * 4 + "a" * 196)
    assert "worse by at most 0.026146" in judged(0.035).reason
    worse = network("a" * 200, "b" * 40 + "a" * 160)
    rule = HIGHER | {"not_worse_than": 0.01, "confidence": 0.95}
    failed = one(rules.against(gate(metrics={"accuracy": rule}), worse, now, "main"))
    assert failed.outcome == FAIL
    loss = LOWER | {"not_worse_than": 0.5, "confidence": 0.95}
    assert one(rules.against(gate(metrics={"brier_score": loss}), now, was, "main")).outcome == PASS
