"""The rules that ask whether a change for the worse is more than luck."""

import numpy as np
import pandas as pd
import pytest

from mlp.compare import recalls
from mlp.gate import significance
from mlp.gate.thresholds import FAIL, PASS


def table(actual: str, predicted: str) -> pd.DataFrame:
    columns = {"actual": list(actual), "predicted": list(predicted)}
    return pd.DataFrame(columns).assign(brier_score=0.1)


@pytest.mark.parametrize(
    ("broken", "level", "outcome", "words"),
    [
        (4, 0.05, PASS, "p = 0.0625 > 0.05"),  # 1/16
        (5, 0.05, FAIL, "p = 0.0312 <= 0.05"),  # 1/32
        (4, 0.0625, FAIL, "p = 0.0625 <= 0.0625"),  # at the level itself
    ],
)
def test_broken_rows_are_judged_by_the_exact_test(
    broken: int, level: float, outcome: str, words: str
) -> None:
    was, now = table("a" * 40, "a" * 40), table("a" * 40, "b" * broken + "a" * (40 - broken))
    of_metric = significance.of_metric("accuracy", "higher", level, (was, now), "main")
    of_rows = significance.of_rows(level, of(was), of(now), "main")
    for found in (of_metric, of_rows):
        assert found.outcome == outcome
        assert found.reason.endswith(words)
    classes = recalls.by_label(now["actual"], of(was), of(now), None)
    assert significance.of_classes(classes, level, "main").outcome == outcome


@pytest.mark.parametrize(
    ("rows", "level", "outcome"), [(4, 0.05, FAIL), (4, 0.0625, PASS), (5, 0.05, PASS)]
)
def test_where_no_loss_could_fail_there_are_too_few_rows(
    rows: int, level: float, outcome: str
) -> None:
    """4 rows that are all worse: 1/16 > 0.05, and at a level of 1/16 they could just fail."""
    same = table("a" * rows, "a" * rows)
    found = significance.of_metric("brier_score", "lower", level, (same, same), "main")
    assert (found.outcome, "too few rows" in found.reason) == (outcome, outcome == FAIL)


def test_macro_f1_is_judged_where_more_is_better() -> None:
    was = table("aaab" * 10, "aaab" * 10)
    now = was.assign(predicted=np.where(was["actual"] == "b", "a", was["actual"]))
    found = significance.of_metric("macro_f1", "higher", 0.005, (was, now), "main")
    assert found.outcome == FAIL
    back = significance.of_metric("macro_f1", "higher", 0.005, (now, was), "main")
    assert back.outcome == PASS


def test_by_groups_a_loss_of_two_groups_is_no_proof() -> None:
    """20 of 80 rows broke, all of 2 groups of 10: 1/4, where rows alone would say 2^-20."""
    was, now = table("a" * 80, "a" * 80), table("a" * 80, "b" * 20 + "a" * 60)
    groups = np.repeat(np.arange(8), 10)
    alone = significance.of_rows(0.02, of(was), of(now), "main")
    together = significance.of_rows(0.02, of(was), of(now), "main", groups)
    assert (alone.outcome, together.outcome) == (FAIL, PASS)
    assert together.reason == (
        "20 rows broken and 0 fixed of 80 since main, by 8 groups: p = 0.2500 > 0.02"
    )
    sides = tuple(side.assign(group=groups.astype(str)) for side in (was, now))
    found = significance.of_metric("accuracy", "higher", 0.02, sides, "main")
    assert found.outcome == PASS
    assert "p = 0.2500" in found.reason
    classes = recalls.by_label(now["actual"], of(was), of(now), groups)
    assert significance.of_classes(classes, 0.02, "main").outcome == PASS


def test_so_few_groups_that_no_loss_could_fail_fail() -> None:
    """5 groups that all lose: 1/32 > 0.02."""
    same = table("a" * 50, "a" * 50)
    found = significance.of_rows(0.02, of(same), of(same), "main", np.repeat(np.arange(5), 10))
    assert found.outcome == FAIL
    assert found.reason.endswith("too few groups to judge")


def of(side: pd.DataFrame) -> pd.Series:
    return side["actual"] == side["predicted"]
