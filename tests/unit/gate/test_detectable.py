"""The drops that the gate says it would have seen, by hand and by simulation."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlp.compare import power
from mlp.evaluate.statistics import exact
from mlp.gate import detectable
from mlp.gate.network import Network
from mlp.gate.params import Gate


def network(actual: str, predicted: str) -> Network:
    return Network({}, pd.DataFrame({"actual": list(actual), "predicted": list(predicted)}))


def told(table: Network, earlier: Network, baselines: int = 1, **rest: Any) -> list[str]:
    gate = Gate.model_validate(
        {"model": "mlp", "evidence": "test", "question": "file", "repeats": 5} | rest
    )
    return list(detectable.sentences(gate, table, earlier, "main", baselines))


@pytest.mark.parametrize(
    ("baselines", "words", "level"), [(1, "1.5 points", "0.05"), (2, "1.8 points", "0.025")]
)
def test_the_drop_of_accuracy(baselines: int, words: str, level: str) -> None:
    """Of 450 rows that agree, 5 broken ones are seen at level 0.05, and 6 at 0.025."""
    table = network("ab" * 225, "ab" * 225)
    found = told(table, table, baselines, significance=0.05)
    test = f"McNemar's test at level {level}, one-sided (80 % power)"
    assert found == [f"With 450 test rows a drop of {words} since main would be seen by {test}."]


def test_without_a_rule_nothing_would_be_seen() -> None:
    table = network("ab", "ab")
    assert told(table, table) == []


def test_after_a_large_change_nothing_is_said_of_the_next() -> None:
    now, was = network("a" * 40, "a" * 40), network("a" * 40, "b" * 40)
    assert told(now, was, significance=0.05) == []


def test_the_class_with_the_least_drop_is_named() -> None:
    """30 and 60 rows that agree, level 0.05: were one to drop, only it would count; 5 broken rows."""
    table = network("a" * 30 + "b" * 60, "a" * 30 + "b" * 60)
    drop = power.detectable_drop(60, 0, 0.05, one_sided=True)
    assert drop is not None
    (found,) = told(table, table, classes={"min_support": 20, "significance": 0.05})
    assert found == (
        f"In class b, of 60 rows, a drop of {100 * drop:.1f} points of recall since main would be seen "
        "by McNemar's test at level 0.05, one-sided, with Holm's correction (80 % power), and in "
        "other classes only a larger one."
    )
    few = told(network("aaab", "aaab"), network("aaab", "aaab"), classes={"min_support": 1, "significance": 0.05})  # fmt: skip
    assert few[0].startswith("In no class a drop of recall since main would be seen")


def test_rows_of_groups_are_worth_less() -> None:
    """60 rows that agree, in 30 groups, are worth 30."""
    table = network("ab" * 30, "ab" * 30)
    grouped = Network({}, table.predictions.assign(group=np.repeat(np.arange(30), 2).astype(str)))
    drop = power.detectable_drop(30, 0, 0.05, one_sided=True)
    assert drop is not None
    (found,) = told(grouped, grouped, significance=0.05)
    assert found.startswith(f"With 60 test rows in 30 groups a drop of {100 * drop:.1f} points ")


def test_the_counts_of_classes_by_groups() -> None:
    """Of class a the two rows of one of four groups broke: 2 of 8 rows, that are worth 3.

    The mean change is -1/4. Rows alone vary by 3/16, so their mean by 3/128; the sums of the groups
    by (1.5² + 3 · 0.5²) / 3 = 1, so the mean by 4/64. 8 · (3/128) / (4/64) = 3 rows, of which 3/4
    turned. Class b did not change, and is worth its two groups.
    """
    actual = pd.Series(list("aaaaaaaabbbb"))
    was, now = pd.Series([True] * 12), pd.Series([False] * 2 + [True] * 10)
    groups = np.array([0, 0, 1, 1, 2, 2, 3, 3, 0, 0, 1, 1])
    assert detectable.counts(actual, was, now, groups) == [
        detectable.Counts("a", support=8, rows=3, discordant=1),
        detectable.Counts("b", support=4, rows=2, discordant=0),
    ]
    assert detectable.counts(actual, was, now, None)[0] == detectable.Counts("a", 8, 8, 2)


def test_a_single_class_of_just_enough_rows() -> None:
    """All 5 rows must break, 1/32 < 0.05; they do in 0.8 of cases if each does in 0.8 ** 0.2."""
    table, rule = network("aaaaa", "aaaaa"), {"min_support": 5, "significance": 0.05}
    (alone,) = told(table, table, classes=rule)
    assert alone == (
        "In class a, of 5 rows, a drop of 95.6 points of recall since main would be seen by "
        "McNemar's test at level 0.05, one-sided, with Holm's correction (80 % power)."
    )
    (shared,) = told(table, table, baselines=2, classes=rule)  # 1/32 > 0.025
    assert shared == (
        "In no class a drop of recall since main would be seen by McNemar's test at level 0.025, "
        "one-sided, with Holm's correction."
    )


def test_a_drop_that_would_be_seen_only_without_the_correction() -> None:
    """All rows of b turn, which hides any drop of b, and makes the level of a 0.025 < 1/32."""
    was, now = "a" * 5 + "b" * 20 + "a" * 20, "a" * 25 + "b" * 20
    actual = "a" * 5 + "b" * 40
    rule = {"min_support": 5, "significance": 0.05}
    (found,) = told(network(actual, now), network(actual, was), classes=rule)
    assert found.startswith("In no class a drop of recall since main would be seen")


@pytest.mark.parametrize("rows", [45, 100, 450])
@pytest.mark.parametrize("churn", [0.02, 0.1])
def test_the_drop_of_recall_is_seen_four_times_of_five(rows: int, churn: float) -> None:
    """One of five classes drops, and the rows of the others turn as often as before."""
    rng, level = np.random.default_rng(0), 0.05
    half = round(rows * churn / 2) / rows
    present = [detectable.Counts(label, rows, rows, 2 * round(rows * half)) for label in "abcde"]
    drop = detectable.of_class(present, 0, level)
    assert drop is not None
    seen = []
    for _ in range(1500):
        counts = rng.multinomial(rows, [half, half, 1 - 2 * half], 5)
        counts[0] = rng.multinomial(rows, [half + drop, half, 1 - 2 * half - drop])
        tests = [exact.mcnemar(int(b), int(f), one_sided=True) for b, f, _ in counts]
        counted = exact.comparisons([0.5 ** int(b + f) for b, f, _ in counts], level)
        seen.append(exact.holm(tests, counted)[0] <= level)
    assert np.mean(seen) == pytest.approx(0.8, abs=0.05)
