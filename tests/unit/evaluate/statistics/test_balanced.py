"""Balanced accuracy: by hand, as scikit-learn's, and its intervals and tests in simulations."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.metrics import balanced_accuracy_score

from mlp.compare.sides import Sides
from mlp.core.files import Arrays, Floats, Rows
from mlp.core.predictions import BY_ROW, confusion
from mlp.evaluate.statistics import balanced, differences, paired, repeated, scores
from mlp.evaluate.statistics.balanced import BalancedAccuracy
from mlp.evaluate.statistics.repeated import Change, Sample
from mlp.evidence import averages, recalls
from mlp.evidence.averages import Averages
from mlp.evidence.run import Run

FIVE = [0.5, 0.25, 0.15, 0.07, 0.03]


def table(actual: str, predicted: str) -> Arrays:
    sides = {"actual": actual, "predicted": predicted}
    return {name: np.array(list(text), dtype=object) for name, text in sides.items()}


@pytest.mark.parametrize(
    ("support", "unequal"),
    [
        ([41, 20, 20, 10, 9], True),  # 0.41 > 2 / 5
        ([40, 20, 20, 10, 10], False),  # 0.4 is not above it
        ([67, 33, 0], False),  # two classes have rows
        ([3, 1], False),
        ([76, 24], True),
        ([10], False),
    ],
)
def test_classes_are_unequal_above_twice_an_equal_share(
    support: list[int], *, unequal: bool
) -> None:
    assert balanced.are_unequal(np.array(support)) is unequal


def test_by_hand() -> None:
    # 5 of 6 right of a, 1 of 2 of b, none of one c: (5/6 + 1/2 + 0) / 3 = 4/9
    found = table("aaaaaabbc", "aaaaabbab")
    assert balanced.of_table(found) == pytest.approx(4 / 9)
    counts = confusion(found["actual"], found["predicted"], list("abcd"))
    assert balanced.of_counts(counts) == pytest.approx(4 / 9)
    # 6 of 9 rows are 2/3, which is not above 2/3, so it is not among the metrics; 7 of 10 is.
    assert "balanced_accuracy" not in scores.overall(counts)
    more = counts + np.diag([1, 0, 0, 0])
    assert scores.overall(more)["balanced_accuracy"] == pytest.approx((6 / 7 + 1 / 2) / 3)


def test_it_is_scikit_learns_and_the_mean_of_what_rows_add() -> None:
    rng = np.random.default_rng(0)
    actual, said = (rng.choice(list("abcde"), 200, p=FIVE).astype(object) for _ in range(2))
    expected = balanced_accuracy_score(actual, said)
    found = BalancedAccuracy(
        {"actual": actual, "predicted": said}, {"actual": actual, "predicted": actual}
    )
    assert (found.before, found.after) == (pytest.approx(expected), pytest.approx(1))
    right = (actual == said).astype(np.float64)
    rows = balanced.row_values(right, balanced.codes(actual))
    assert rows.mean() == pytest.approx(expected)


def test_classes_of_one_size_are_as_the_accuracy_of_one_class() -> None:
    # With a single class, 2 / 1 rows are added of either kind: Agresti and Coull's interval.
    found = BalancedAccuracy(*[table("a" * 20, "a" * 15 + "b" * 5)] * 2)
    share, half = 17 / 24, 1.959964 * (17 * 7 / 24**3) ** 0.5
    assert found.interval() == pytest.approx((share - half, share + half))
    # Of two classes 2 / 2, one broken and one fixed row each: Bonett and Price's, for each class.
    old, new = table("aaaaabbbbb", "aaaaabbbba"), table("aaaaabbbbb", "aaabbbbbbb")
    each = [paired.accuracy(2, 0, 5), paired.accuracy(0, 1, 5)]
    estimate = BalancedAccuracy(old, new).difference()
    assert estimate.value == pytest.approx((-2 / 5 + 1 / 5) / 2)
    assert estimate.center == pytest.approx((each[0].center + each[1].center) / 2)
    assert estimate.error == pytest.approx((each[0].error ** 2 + each[1].error ** 2) ** 0.5 / 2)


def test_a_group_a_row_differs_by_student_alone() -> None:
    rng = np.random.default_rng(0)
    actual = rng.choice(list("abc"), 60).astype(object)
    old, new = ({"actual": actual, "predicted": rng.choice(list("abc"), 60)} for _ in range(2))
    both = BalancedAccuracy(old, new)
    rows, groups = both.difference(), both.difference(np.arange(60))
    assert (groups.center, groups.error) == (pytest.approx(rows.center), pytest.approx(rows.error))
    assert (rows.df, groups.df) == (None, 59)
    # Five equal rows a group: the error is that of a fifth of the rows, to what is added.
    five = [{name: np.repeat(column, 5) for name, column in side.items()} for side in (old, new)]
    wide = BalancedAccuracy(*five).difference(np.repeat(np.arange(60), 5))
    assert wide.error == pytest.approx(rows.error)
    alone, grouped = (
        balanced.of_classes(right, codes, (0.0, 1.0), groups)
        for right, codes, groups in (
            (np.array([1.0, 1.0, 0.0, 1.0]), np.array([0, 0, 0, 1]), None),
            (
                np.repeat([1.0, 1.0, 0.0, 1.0], 5),
                np.repeat([0, 0, 0, 1], 5),
                np.repeat(range(4), 5),
            ),
        )
    )
    assert (grouped.center, grouped.error) == pytest.approx((alone.center, alone.error))


def test_exchanged_by_hand() -> None:
    # a: 1 of 2 right, then 2; b: 1 of 1 right, then 0. (1/2 + 1) / 2 to (1 + 0) / 2.
    old, new = table("aab", "abb"), table("aab", "aaa")
    change = differences.of(old, new)["balanced_accuracy"]
    assert (change.old, change.new) == (pytest.approx(0.75), pytest.approx(0.5))
    swaps = np.array([[False] * 3, [True] * 3, [False, False, True], [False, True, False]])
    assert change.exchanged(swaps) == pytest.approx([-0.25, 0.25, 0.75, -0.75])


def drawn(
    rng: np.random.Generator, rows: int, shares: list[float], recall: list[list[float]]
) -> tuple[Arrays, Arrays]:
    """Return predictions of two networks with these recalls, which agree in most rows."""
    codes = np.concatenate(
        [np.arange(len(shares)), rng.choice(len(shares), rows - len(shares), p=shares)]
    )
    labels, luck = codes.astype(str), rng.random(rows)
    own = np.where(rng.random(rows) < 0.7, luck, rng.random(rows))
    right = [u < np.array(each)[codes] for u, each in zip((luck, own), recall, strict=True)]
    old, new = ({"actual": labels, "predicted": np.where(hit, labels, "x")} for hit in right)
    return old, new


KINDS = [
    (FIVE, [[0.95, 0.9, 0.8, 0.6, 0.4], [0.9, 0.88, 0.8, 0.75, 0.7]]),
    (FIVE, [[0.99, 0.97, 0.95, 0.9, 0.9], [0.99, 0.98, 0.96, 0.95, 0.95]]),
    ([0.9, 0.1], [[0.98, 0.5], [0.9, 0.8]]),
    ([0.8, 0.1, 0.1], [[0.98, 0.2, 0.3], [0.9, 0.6, 0.6]]),
]


@pytest.mark.slow
@pytest.mark.parametrize("rows", [60, 150, 500])
@pytest.mark.parametrize(("shares", "recall"), KINDS)
def test_intervals_cover(rows: int, shares: list[float], recall: list[list[float]]) -> None:
    rng, count = np.random.default_rng(rows), 1500
    covered = np.zeros(2)
    truth = np.mean(recall[1]), np.mean(recall[1]) - np.mean(recall[0])
    for _ in range(count):
        both = BalancedAccuracy(*drawn(rng, rows, shares, recall))
        bounds = both.interval(), both.difference().interval()
        covered += [low <= value <= high for value, (low, high) in zip(truth, bounds, strict=True)]
    assert (covered / count >= [0.91, 0.93]).all()


@pytest.mark.slow
def test_exchange_raises_no_false_alarms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlp.evaluate.statistics.exchange.DRAWS", (399, 399))
    rng, count = np.random.default_rng(0), 600
    recall = [[0.95, 0.9, 0.8, 0.6, 0.4]] * 2
    p_values = [
        differences.of(*drawn(rng, 60, FIVE, recall))["balanced_accuracy"].p_value(one_sided=True)
        for _ in range(count)
    ]
    assert np.mean(np.array(p_values) <= 0.05) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / count)


def trained(
    rng: np.random.Generator, codes: Rows, ease: Floats, groups: Rows | None = None
) -> Averages:
    """Return five trainings of a configuration, which is right on rows by their ease and by luck.

    Rows have a luck of the configuration, of 0.5, and trainings one of their own, of 0.5, beside a
    luck of each class, of 0.15.
    """
    labels, luck = codes.astype(str).astype(object), rng.normal(0, 0.5, len(codes))
    runs = []
    for _ in range(5):
        seed = rng.normal(0, 0.15, codes.max() + 1)[codes] + rng.normal(0, 0.5, len(codes))
        said = np.where(ease + luck + seed > 0, labels, "x").astype(object)
        runs.append(Run(said, dict.fromkeys(BY_ROW, np.zeros(len(codes))), 1, converged=True))
    names = None if groups is None else groups.astype(str).astype(object)
    return averages.of(runs, np.arange(len(codes)), labels, names)


def test_repeats_have_the_balanced_accuracy_of_their_recalls() -> None:
    rng = np.random.default_rng(0)
    codes = np.concatenate([np.arange(5), rng.choice(5, 195, p=FIVE)])
    found = trained(rng, codes, rng.normal(0.5, 1, 200))
    sample = recalls.balanced(found)
    for run, mean in enumerate(sample.means):
        each = [found.classes[label]["recall"][run] for label in "01234"]
        assert mean == pytest.approx(np.mean(each))
    assert sample.values.mean() == pytest.approx(sample.means.mean())
    # A group a row changes nothing; where groups have rows of several classes it is at least as much.
    alone, mixed = (trained(np.random.default_rng(0), codes, sample.values, groups)
                    for groups in (np.arange(200), np.arange(200) // 10))  # fmt: skip
    plain = trained(np.random.default_rng(0), codes, sample.values)
    assert recalls.balanced(alone).spread == pytest.approx(recalls.balanced(plain).spread)
    assert recalls.balanced(mixed).spread > recalls.balanced(plain).spread


def test_a_class_of_a_single_row_has_a_spread() -> None:
    codes = np.array([0] * 20 + [1])
    found = trained(np.random.default_rng(3), codes, np.where(codes, 0.0, 1.0))
    assert np.isnan(found.classes["1"]["spread"])
    assert np.isfinite(recalls.balanced(found).spread)
    assert np.isfinite(Sides(found, found).of_metric("balanced_accuracy").p_value(-1))


def test_variance_within_classes_by_hand() -> None:
    """Differences -1, 1 of a class and 0, 0 of another; times 2 rows of a class -2, 2, 0, 0.

    Sums of squares 8 and 0, together 8 / (4 - 2) = 4 a row. With one such row more for each class,
    (8 + 4) / 2 and (0 + 4) / 2 a row, 6 / 2 and 2 / 2 a mean, 3 / 4² and 1 / 4² of the mean of all:
    a variance of 1/4. Degrees (3 + 1)² / (3² / 2 + 1² / 2) = 3.2.
    """
    runs, classes = np.zeros(5), np.array([0, 0, 1, 1])
    old = Sample(runs, 0.0, np.zeros(4), 4, classes)
    change = repeated.change(old, Sample(runs, 0.0, np.array([-1.0, 1.0, 0.0, 0.0]), 4, classes))
    assert (change.error, change.freedom) == (pytest.approx(0.5), pytest.approx(3.2))


@pytest.mark.slow
@pytest.mark.parametrize("rows", [60, 150, 450])
@pytest.mark.parametrize("shift", [0.0, 1.0])
@pytest.mark.parametrize(
    ("shares", "means", "shifts"),
    [
        (FIVE, [2, 1.5, 1, 0.3, -0.3], [-0.4, -0.2, 0, 0.4, 0.8]),
        ([0.9, 0.1], [2, 1], [0.3, -1]),
    ],
)
def test_level_and_coverage_of_repeats(
    rows: int, shift: float, shares: list[float], means: list[float], shifts: list[float]
) -> None:
    """A change of nothing keeps the level; a large change of rare classes covers nearly as often."""
    rng, count = np.random.default_rng(rows), 400
    spread = np.sqrt(1 + 0.5**2 + 0.5**2 + 0.15**2)
    before, after = np.array(means), np.array(means) + shift * np.array(shifts)
    truth = float(np.mean(norm.cdf(after / spread) - norm.cdf(before / spread)))
    alarms, covered = 0, 0
    for _ in range(count):
        drawn = rng.choice(len(shares), rows - len(shares), p=shares)
        codes, ease = np.concatenate([np.arange(len(shares)), drawn]), rng.normal(0, 1, rows)
        sides = Sides(*(trained(rng, codes, ease + side[codes]) for side in (before, after)))
        change = sides.of_metric("balanced_accuracy")
        moved = Change(change.old, change.new - truth, change.error, change.freedom)
        alarms += moved.p_value(-1) <= 0.03
        covered += change.interval()[0] <= truth <= change.interval()[1]
    if shift == 0:
        assert alarms / count <= 0.03 + 2 * np.sqrt(0.03 * 0.97 / count)
    assert covered / count >= (0.87 if rows == 60 else 0.9)


def test_the_level_holds_where_a_sample_of_the_rows_lacks_a_class() -> None:
    rng, rows, stored, count = np.random.default_rng(0), 2000, 100, 200
    codes = np.concatenate(
        [np.arange(5), rng.choice(5, rows - 5, p=[0.55, 0.3, 0.12, 0.025, 0.005])]
    )
    alarms, lacking = [], 0
    for _ in range(count):
        ease = rng.normal(0.5, 1, rows)
        shown = np.sort(rng.choice(rows, stored, replace=False))
        lacking += len(set(codes[shown])) < 5
        sides = [trained(rng, codes, ease) for _ in range(2)]
        part = [
            replace(side, table={name: column[shown] for name, column in side.table.items()})
            for side in sides
        ]
        alarms.append(Sides(*part).of_metric("balanced_accuracy").p_value(-1) <= 0.03)
    assert lacking > count / 3
    assert np.mean(alarms) <= 0.03 + 2 * np.sqrt(0.03 * 0.97 / count)


def test_values_of_rows_by_hand() -> None:
    """Work out recalls 1/2 and 1 of two rows and one, of which a row of each weighs 3/4 and 3/2."""
    right, codes = np.array([1.0, 0.0, 1.0]), np.array([0, 0, 1])
    assert balanced.row_weights(codes).tolist() == [0.75, 0.75, 1.5]
    expected = [0.75 + 0.5 * 0.75, 0.75 - 0.5 * 0.75, 0.75]
    assert balanced.row_values(right, codes).tolist() == expected
    several = np.array([right, [1.0, 1.0, 0.0]])  # recalls 1 and 0
    assert balanced.row_values(several, codes).tolist() == [expected, [0.5, 0.5, 0.5]]


def test_an_interval_ends_at_1_and_at_0() -> None:
    """Work out a right row of each of two classes, with two rows more: 2/3 ± 1.96 sqrt(1/27)."""
    both = balanced.of_classes(np.ones(2), np.array([0, 1]), (0.0, 1.0), None)
    assert both.interval()[1] == pytest.approx(2 / 3 + 1.959964 * (1 / 27) ** 0.5)  # above 1
    right, wrong = (table("ab", predicted) for predicted in ("ab", "ba"))
    assert BalancedAccuracy(wrong, right).interval() == (pytest.approx(0.289471, abs=1e-6), 1.0)
    assert BalancedAccuracy(right, wrong).interval() == (0.0, pytest.approx(0.710529, abs=1e-6))
