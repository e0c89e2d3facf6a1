"""The rules that ask whether a change for the worse is more than luck."""

import numpy as np
import pandas as pd
import pytest

from mlp.evaluate.statistics import exact, wording
from mlp.gate import significance
from mlp.gate.thresholds import FAIL, PASS


def table(actual: str, predicted: str) -> pd.DataFrame:
    columns = {"actual": list(actual), "predicted": list(predicted)}
    return pd.DataFrame(columns).assign(brier_score=0.1)


@pytest.mark.parametrize(("broken", "outcome"), [(4, PASS), (5, FAIL)])
def test_the_accuracy_is_judged_by_the_exact_test(broken: int, outcome: str) -> None:
    """4 of 4 broken rows: p = 1/16; 5 of 5: 1/32, to the last digit that is shown."""
    was, now = table("a" * 40, "a" * 40), table("a" * 40, "b" * broken + "a" * (40 - broken))
    found = significance.of_metric("accuracy", "higher", 0.05, (was, now), "main")
    assert found.outcome == outcome
    assert wording.p_value(exact.mcnemar(broken, 0, one_sided=True)) in found.reason


@pytest.mark.parametrize(("rows", "outcome"), [(4, FAIL), (5, PASS)])
def test_where_no_loss_could_fail_there_are_too_few_rows(rows: int, outcome: str) -> None:
    """4 rows that are all worse: 1/16 > 0.05."""
    same = table("a" * rows, "a" * rows)
    found = significance.of_metric("brier_score", "lower", 0.05, (same, same), "main")
    assert (found.outcome, "too few rows" in found.reason) == (outcome, outcome == FAIL)


def test_macro_f1_is_judged_where_more_is_better() -> None:
    was = table("aaab" * 10, "aaab" * 10)
    now = was.assign(predicted=np.where(was["actual"] == "b", "a", was["actual"]))
    found = significance.of_metric("macro_f1", "higher", 0.005, (was, now), "main")
    assert found.outcome == FAIL
    back = significance.of_metric("macro_f1", "higher", 0.005, (now, was), "main")
    assert back.outcome == PASS
