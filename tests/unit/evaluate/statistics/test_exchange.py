"""The test by exchange: by hand, against its namesake in scipy.stats, and its level."""

import math

import numpy as np
import pytest
from populations import table
from scipy.stats import permutation_test
from sklearn.metrics import f1_score

from mlp.evaluate.statistics import differences, exact, exchange


def of_brier(old: np.ndarray, new: np.ndarray, *, one_sided: bool = True) -> float:
    labels = np.full(len(old), "a", dtype=object)
    change = differences.of(table(labels, labels, old), table(labels, labels, new))["brier_score"]
    return exchange.p_value(change.exchanged, len(old), one_sided=one_sided)


def within(p: float, expected: float) -> bool:
    """Return whether a p value of 9999 draws is within four standard errors of the exact one."""
    return abs(p - expected) < 4 * math.sqrt(expected * (1 - expected) / 9999) + 1e-4


def test_by_hand() -> None:
    # Differences 3, 2, 1 and -1 sum to 5. Of the 16 choices of signs one sums to 7 and two to 5, so
    # p = 3/16, and twice that on both sides.
    new = np.array([3.0, 2.0, 1.0, -1.0])
    assert within(of_brier(np.zeros(4), new), 3 / 16)
    assert within(of_brier(np.zeros(4), new, one_sided=False), 6 / 16)
    assert within(of_brier(new, np.zeros(4)), 15 / 16)  # the sum is -5, and only -7 is less


def test_both_sides_are_asked_for_unless_one_is() -> None:
    """Of the four exchanges of two rows that are worse by 1, two are as far from 0."""

    def sums(swaps: np.ndarray) -> np.ndarray:
        return (1.0 - 2 * swaps).sum(axis=1)

    assert within(exchange.p_value(sums, 2), 1 / 2)
    assert within(exchange.p_value(sums, 2, one_sided=True), 1 / 4)


def test_equal_predictions_differ_by_nothing() -> None:
    assert of_brier(np.ones(30), np.ones(30)) == 1


@pytest.mark.parametrize("value", [0.1, 1e-9, 1e6])
def test_ties_count_whatever_their_rounding(value: float) -> None:
    """10 of 10 rows worse by the same amount: 1/1024, at any scale."""
    assert within(of_brier(np.zeros(10), np.full(10, value)), 1 / 1024)


def test_mean_is_that_of_scipy() -> None:
    rng = np.random.default_rng(0)
    old, new = rng.exponential(size=86), rng.exponential(size=86) + 0.2
    expected = permutation_test(
        (new, old),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        permutation_type="samples", vectorized=True, n_resamples=99_999, alternative="greater", rng=0,
    )  # fmt: skip
    assert within(of_brier(old, new), expected.pvalue)


def test_it_can_reach_a_level_of_half_a_percent_in_a_table_of_any_size() -> None:
    assert 1 / (1 + min(exchange.DRAWS)) < 0.005 / 4  # shared by two baselines


@pytest.mark.parametrize("rows", [3, 4, 4000])
def test_batches_are_of_bounded_size_and_complete(
    rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "BATCH", 9_000)
    monkeypatch.setattr(exchange, "BUDGET", 12_000_000)
    sizes, exchanged = [], np.zeros(rows)

    def statistic(swaps: np.ndarray) -> np.ndarray:
        nonlocal exchanged
        sizes.append(swaps.size)
        exchanged += swaps.sum(axis=0)
        return swaps.mean(axis=1)

    assert exchange.p_value(statistic, rows, one_sided=True) == 1  # 0 is the least
    draws = 1 + (3000 if rows == 4000 else 9999)
    assert sum(sizes) == draws * rows
    assert max(sizes) <= 9_000
    assert np.abs(exchanged / draws - 1 / 2).max() < 4 / 2 / math.sqrt(
        3000
    )  # each row, also the last


def test_exchanged_macro_f1_is_that_of_exchanged_labels() -> None:
    rng = np.random.default_rng(0)
    actual, old, new = (rng.choice(list("abcd"), 50).astype(object) for _ in range(3))
    change = differences.of(table(actual, old, 0.0), table(actual, new, 0.0))["macro_f1"]
    swaps = rng.random((20, 50)) < 0.5
    for swap, found in zip(swaps, change.exchanged(swaps), strict=True):
        sides = np.where(swap, new, old), np.where(swap, old, new)
        before, after = (f1_score(list(actual), list(side), average="macro") for side in sides)
        assert found == pytest.approx(after - before)


def test_groups_are_exchanged_whole() -> None:
    """4 groups of 25 rows that are all worse: 1/16, where rows alone would say 2^-100."""
    groups = np.repeat(np.arange(4), 25)

    def statistic(swaps: np.ndarray) -> np.ndarray:
        assert (swaps.reshape(-1, 4, 25) == swaps.reshape(-1, 4, 25)[:, :, :1]).all()
        return np.asarray((1.0 - 2 * swaps).sum(axis=1))

    assert within(exchange.p_value(statistic, 100, groups, one_sided=True), 1 / 16)


def rejections(p_values: list[float], level: float) -> float:
    return float(np.mean(np.array(p_values) <= level))


@pytest.mark.parametrize("rows", [45, 86])
def test_skewed_scores_raise_no_false_alarms(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scores of which one in ten is a hundred times the others: at most the level, and 3 sigma."""
    monkeypatch.setattr(exchange, "DRAWS", (399, 399))
    rng = np.random.default_rng(0)
    scale = np.where(rng.random((1500, 2, rows)) < 0.1, 1.0, 0.01)
    scores = scale * rng.exponential(size=scale.shape)
    p_values = [of_brier(old, new) for old, new in scores]
    for level in (0.02, 0.05):
        found = rejections(p_values, level)
        assert found <= level + 3 * math.sqrt(level * (1 - level) / len(scores))
        assert found >= level / 2  # and it is not idle


@pytest.mark.parametrize("rows", [45, 86])
def test_macro_f1_of_rare_classes_raises_no_false_alarms(
    rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "DRAWS", (399, 399))
    rng, level, p_values = np.random.default_rng(0), 0.05, []
    for _ in range(800):
        actual = rng.choice(list("abc"), rows, p=[0.85, 0.1, 0.05]).astype(object)
        old, new = (
            np.where(rng.random(rows) < 0.15, rng.choice(list("abc"), rows), actual)
            for _ in range(2)
        )
        change = differences.of(table(actual, old, 0.0), table(actual, new, 0.0))["macro_f1"]
        p_values.append(exchange.p_value(change.exchanged, rows, one_sided=True))
    assert rejections(p_values, level) <= level + 3 * math.sqrt(level * (1 - level) / 800)
    assert rejections(p_values, level) >= level / 2


def test_accuracy_agrees_with_the_exact_test() -> None:
    """8 broken and 2 fixed of 40: sums of the binomial distribution are what exchange draws."""
    actual = np.full(40, "a", dtype=object)
    old, new = actual.copy(), actual.copy()
    new[:8], old[8:10] = "b", "b"
    change = differences.of(table(actual, old, 0.0), table(actual, new, 0.0))["accuracy"]
    p = exchange.p_value(lambda swaps: -change.exchanged(swaps), 40, one_sided=True)
    assert within(p, exact.mcnemar(8, 2, one_sided=True))
