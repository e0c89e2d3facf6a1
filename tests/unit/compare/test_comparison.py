"""Comparisons of predictions small enough to count."""

import math

import numpy as np
import pandas as pd
import pytest

from mlp.compare import comparison, narrative


def predictions(actual: str, predicted: str, loss: float = 0.5) -> pd.DataFrame:
    """Return predictions of one letter a row, less confident from row to row."""
    rows = len(actual)
    return pd.DataFrame(
        {
            "row": range(10, 10 + rows),
            "actual": list(actual),
            "predicted": list(predicted),
            "confidence": np.linspace(0.9, 0.6, rows),
            "log_loss": [loss] * rows,
            "brier_score": [loss] * rows,
        }
    )


def test_fixed_and_broken_rows() -> None:
    #         row 10 right in both, 11 broken, 12 fixed, 13 wrong in both, 14 broken
    old = predictions("aaabb", "aabab")
    new = predictions("aaabb", "abaaa")
    found = comparison.compare(old, new)
    assert found.broken["row"].tolist() == [11, 14]
    assert found.fixed["row"].tolist() == [12]
    assert found.fixed.to_dict("records") == [
        {"row": 12, "actual": "a", "old": "b", "old_confidence": 0.75, "new": "a", "new_confidence": 0.75}
    ]  # fmt: skip
    assert found.p_value == 1  # 2 of 3 broken: 2 x (3 + 1) / 8
    assert found.verdict == "not shown"
    assert found.confusion_old.tolist() == [[2, 1], [1, 1]]
    assert found.confusion_new.tolist() == [[2, 1], [2, 0]]


def test_the_most_confident_rows_come_first() -> None:
    old, new = predictions("aaa", "bbb"), predictions("aaa", "aaa")
    new["confidence"] = [0.6, 0.9, 0.9]
    assert comparison.compare(old, new).fixed["row"].tolist() == [11, 12, 10]


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [("b" * 6, "a" * 6, "better"), ("a" * 6, "b" * 6, "worse"), ("a" * 5, "b" * 5, "not shown")],
)
def test_verdict(old: str, new: str, verdict: str) -> None:
    """6 of 6 discordant rows: p = 2/64 = 0.031; 5 of 5: 2/32 = 0.0625."""
    actual = "a" * len(old) + "ab"
    found = comparison.compare(predictions(actual, old + "ab"), predictions(actual, new + "ab"))
    assert found.verdict == verdict
    assert found.metrics[0].verdict == verdict


def test_an_unchanged_network_is_said_to_be() -> None:
    table = predictions("abab", "abba")
    found = comparison.compare(table, table)
    assert found.verdict == "unchanged"
    assert all((m.low, m.high, m.verdict) == (0, 0, "not shown") for m in found.metrics)


def test_same_labels_with_other_confidence_show_in_the_losses() -> None:
    rng = np.random.default_rng(0)
    actual = "ab" * 100
    old, new = predictions(actual, actual), predictions(actual, actual)
    old["brier_score"] = rng.random(200)
    new["brier_score"] = old["brier_score"] + 0.1
    found = {metric.metric: metric for metric in comparison.compare(old, new).metrics}
    assert found["brier_score"].verdict == "worse"
    # Two rows more, by 1 and by -1: 20/202 less 1.972 x sqrt(2)/202, about.
    assert found["brier_score"].low == pytest.approx(0.0990 - 0.0138, abs=0.0002)
    assert found["accuracy"].verdict == "not shown"


def test_a_loss_that_is_not_finite_is_not_comparable() -> None:
    old, new = predictions("ab", "ab"), predictions("ab", "ab", math.nan)
    found = {metric.metric: metric for metric in comparison.compare(old, new).metrics}
    assert found["log_loss"].verdict == "not comparable"
    assert math.isnan(found["log_loss"].low)


def test_an_old_table_may_lack_the_losses() -> None:
    old = predictions("ab", "ab").drop(columns=["log_loss", "brier_score"])
    found = comparison.compare(old, predictions("ab", "ab"))
    assert [metric.metric for metric in found.metrics] == ["accuracy", "macro_f1"]


def test_recall_by_class_with_holms_correction() -> None:
    # Class a: 12 rows, 8 broken, p = 2 / 2^8 = 0.0078. Class b: 1 of 4, of which no p value is small,
    # so a is the only test.
    actual = "a" * 12 + "b" * 4
    old = predictions(actual, "a" * 12 + "baaa")
    new = predictions(actual, "b" * 8 + "a" * 4 + "bbaa")
    found = comparison.compare(old, new).classes.set_index("class")
    assert found.index.tolist() == ["a", "b"]  # the largest loss first
    assert found.loc["a", ["support", "broken", "fixed"]].tolist() == [12, 8, 0]
    assert found.loc["a", "change"] == pytest.approx(-8 / 12)
    assert found.loc["a", "p_value"] == pytest.approx(2 / 2**8)
    assert found["verdict"].tolist() == ["worse", "not shown"]
    assert found.loc["b", ["old", "new"]].tolist() == [0.25, 0.5]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"row": [10, 11, 99]}, "the rows differ (3 before, 3 now, 2 in common)"),
        ({"actual": ["a", "b", "b"]}, "1 of the 3 rows have another label now"),
        ({"predicted": ["b", "b", "b"]}, None),
    ],
)
def test_why_not_comparable(change: dict[str, list[object]], why: str | None) -> None:
    old = predictions("aba", "aba")
    assert comparison.why_not_comparable(old, old.assign(**change)) == why


def test_fewer_rows_are_not_comparable() -> None:
    why = comparison.why_not_comparable(predictions("aba", "aba"), predictions("ab", "ab"))
    assert why == "the rows differ (3 before, 2 now, 2 in common)"


def test_a_table_that_extends_another_has_rows_in_common() -> None:
    why = comparison.why_not_comparable(predictions("abab", "abab"), predictions("ababb", "ababb"))
    assert why == "the rows differ (4 before, 5 now, 4 in common)"
    some = predictions("ababb", "ababb").assign(actual=list("abaab"))
    why = comparison.why_not_comparable(predictions("abab", "abab"), some)
    assert why == (
        "the rows differ (4 before, 5 now, 4 in common), and 1 of those have another label"
    )


def test_unrelated_tables_are_other_data() -> None:
    """Row numbers in common mean nothing where labels agree by chance, as those of digits do."""
    digits, penguins = predictions("0123" * 10, "0123" * 10), predictions("AGAC" * 7, "AGAC" * 7)
    words = "the data are others: 40 rows of 0, 1, 2 and 1 more before, 28 rows of A, C, G now"
    assert comparison.why_not_comparable(digits, penguins) == words
    shifted = predictions("abbaab" * 9, "abbaab" * 9).assign(actual=list("bbaaba" * 9))
    why = comparison.why_not_comparable(predictions("abbaab" * 9, "abbaab" * 9), shifted)
    assert why is not None
    assert why.startswith("the data are others: 54 rows of a, b before")


def test_the_sentence_says_what_could_have_been_seen() -> None:
    """By the test of the verdict: 6 of 6 broken rows, 2/64 <= 0.05, in 80 % of samples of 450."""
    actual = "ab" * 225
    found = comparison.compare(predictions(actual, actual), predictions(actual, actual))
    test = "would be seen by McNemar's test at level 0.05, two-sided (80 % power)."
    assert narrative.sentence(found, "test") == (
        f"unchanged: every prediction is as before. With 450 test rows a drop of 1.8 points {test}"
    )
    few = comparison.compare(predictions("ab", "ab"), predictions("ab", "aa"))
    assert narrative.sentence(few, "oof").endswith(f"With 2 out-of-fold rows no drop {test}")


def test_after_a_large_change_nothing_is_said_of_the_next() -> None:
    found = comparison.compare(predictions("a" * 40, "b" * 40), predictions("a" * 40, "a" * 40))
    assert (found.verdict, found.detectable_drop) == ("better", None)
    sentence = narrative.sentence(found, "test")
    assert sentence == "better: 40 rows fixed, 0 broken (McNemar p < 0.0001)."


def test_rows_of_groups_are_compared_by_groups() -> None:
    """16 of 80 rows broke, all of 2 groups of 8 rows: p = 2/4, and the interval is that of groups."""
    actual = "a" * 80
    old, new = predictions(actual, actual), predictions(actual, "b" * 16 + "a" * 64)
    alone = comparison.compare(old, new)
    grouped = new.assign(group=np.repeat(np.arange(10), 8).astype(str))
    found = comparison.compare(old, grouped)  # an earlier table may have no groups
    assert (alone.verdict, found.verdict) == ("worse", "not shown")
    assert (found.p_value, found.groups) == (0.5, 10)
    assert found.metrics[0].low < alone.metrics[0].low < -0.2 < alone.metrics[0].high
    assert found.metrics[0].high > alone.metrics[0].high
    assert "With 80 test rows in 10 groups " in narrative.sentence(found, "test")
    same = comparison.compare(old, old.assign(group=grouped["group"]))
    assert all((metric.low, metric.high) == (0, 0) for metric in same.metrics)
