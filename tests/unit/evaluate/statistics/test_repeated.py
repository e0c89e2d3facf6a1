"""Two configurations are compared by the luck of seeds and of rows together."""

import numpy as np
import pytest
from scipy import stats

from mlp.core.files import Floats, Rows
from mlp.evaluate.statistics import repeated
from mlp.evaluate.statistics.repeated import Change, Sample
from mlp.evidence import row_scores

RUNS = 5


def sample(values: Floats, units: Rows | None = None) -> Sample:
    """Return a sample of row scores, shape (runs, rows)."""
    spread = row_scores.spread(values, units)
    return Sample(values.mean(axis=1), spread, values.mean(axis=0), values.shape[1])


def drawn(rng: np.random.Generator, rows: int, *, rise: float = 0.0) -> tuple[Floats, Floats]:
    """Return row scores of two configurations.

    Rows differ in difficulty by 0.3, which both share, and in what each configuration makes of them
    by 0.05; seeds move all rows by 0.01 and each row by 0.1.
    """
    shared = rng.normal(0.5, 0.3, rows)
    return tuple(  # type: ignore[return-value]  # of two
        shared
        + rng.normal(0, 0.05, rows)
        + rng.normal(0, 0.01, (RUNS, 1))
        + rng.normal(0, 0.1, (RUNS, rows))
        + shift
        for shift in (0.0, rise)
    )


def test_the_parts_of_the_variance_by_hand() -> None:
    # Two runs of two rows a side. Means of runs: 1, 3 and 2, 4.
    old, new = np.array([[0.0, 2.0], [2.0, 4.0]]), np.array([[0.0, 4.0], [2.0, 6.0]])
    # Runs differ by 2 on every row, so what they find in rows is the same: no spread.
    assert row_scores.spread(old, None) == row_scores.spread(new, None) == 0
    change = repeated.change(sample(old), sample(new))
    assert (change.old, change.new, change.difference) == (2.0, 3.0, 1.0)
    # Seeds: variance 2 over 2 runs a side, so 1 + 1. Rows: differences of averages 0 and 2, variance 2
    # over 2 rows, so 1. Altogether 3, with 3² / (1 + 1 + 1) = 3 degrees of freedom.
    assert change.error == pytest.approx(np.sqrt(3))
    assert change.freedom == pytest.approx(3)
    assert change.p_value(1) == pytest.approx(stats.t.sf(1 / np.sqrt(3), 3))
    assert change.p_value(-1) == pytest.approx(1 - change.p_value(1))
    half = stats.t.ppf(0.975, 3) * np.sqrt(3)
    assert change.interval() == pytest.approx((1 - half, 1 + half))


def test_what_seeds_decide_in_rows_is_not_counted_twice() -> None:
    """Work out two runs a side that agree on the mean, with a spread whose square is 0.1.

    The luck of seeds is at least 0.1 / 2 a side. Four rows with differences 0, 2, 0 and 2 vary by
    4 x 4/3 / 4² = 1/3, of which 0.1 is that luck. In groups, whose sums are 2 from the mean, the rows vary
    by 8 x 2 / 4² = 1, and as much where they are half of all rows.
    """

    def changed(values: list[float], rows: int, units: Rows | None) -> Change:
        old, new = np.zeros(4), np.array(values)
        sides = (Sample(np.zeros(2), np.sqrt(0.1), side, rows) for side in (old, new))
        return repeated.change(*sides, units)

    by_rows = changed([0.0, 2.0, 0.0, 2.0], 4, None)
    assert by_rows.error == pytest.approx(np.sqrt(1 / 3))
    rest = 1 / 3 - 0.1
    assert by_rows.freedom == pytest.approx(1 / 9 / (2 * 0.05**2 + rest**2 / 3))
    assert changed([0.0, 2.0, 0.0, 2.0], 8, None).error == pytest.approx(np.sqrt(1 / 6))
    for rows in (4, 8):
        assert changed([0.0, 0.0, 2.0, 2.0], rows, np.array([0, 0, 1, 1])).error == pytest.approx(
            1.0
        )


def test_rows_of_one_group_have_no_error() -> None:
    """They differ by 0 and 2 here, but as one group they are one number, which has no variance."""
    old, new = np.array([[0.0, 2.0], [2.0, 4.0]]), np.array([[0.0, 4.0], [2.0, 6.0]])
    one = np.array([0, 0])
    change = repeated.change(sample(old, one), sample(new, one), one)
    assert change.difference == 1
    assert np.isnan([change.error, change.p_value(1), *change.interval()]).all()
    assert change.detectable(0.05) is None
    assert np.isnan(repeated.change(sample(old[:, :1]), sample(new[:, :1])).error)


def test_the_spread_by_hand() -> None:
    # Two runs, two rows: each run is right about the other row. Means are 0.5; the deviations of each
    # row are ±0.5, with variance 0.5. Twice that, times 2 / (2 - 1), over 2² rows: 0.5.
    crossed = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert row_scores.spread(crossed, None) == pytest.approx(np.sqrt(0.5))
    # As one group, both rows cancel; two groups of one row each are rows.
    assert row_scores.spread(crossed, np.array([0, 1])) == pytest.approx(np.sqrt(0.5))
    assert np.isnan(row_scores.spread(crossed, np.array([0, 0])))
    doubled = np.repeat(crossed, 3, axis=1)
    assert row_scores.spread(doubled, np.array([0, 0, 0, 1, 1, 1])) == pytest.approx(np.sqrt(0.5))


def test_runs_that_agree_by_luck_are_not_without_variance() -> None:
    # Every run has one row wrong, another one each time: the means do not vary at all.
    old = 1 - np.eye(RUNS, 40)
    new = 1 - np.eye(RUNS, 40) - np.eye(RUNS, 40, 7)
    change = repeated.change(sample(old), sample(new))
    assert change.difference == pytest.approx(-1 / 40)
    assert change.error > 0.01


def test_equal_runs_are_no_change() -> None:
    same = sample(np.full((RUNS, 10), 0.25))
    change = repeated.change(same, same)
    assert (change.difference, change.error) == (0.0, 0.0)
    assert change.p_value(1) == change.p_value(-1) == 1.0
    assert change.interval() == (0.0, 0.0)
    assert change.detectable(0.05) is None
    assert Change(0.0, 0.0, 0.0, 8).p_value(1) == 1.0  # a metric that is 0 has no rounding either
    assert Change(0.0, 0.0, 0.0, 8).detectable(0.05) is None
    assert Change(0.0, 1.0, 5e-10, 8).p_value(1) == 0.0  # it is that of the larger one


def test_what_would_be_seen_after_a_change_that_is_not_shown() -> None:
    """Of t at 10 degrees 5 % is above 1.8125, so 1.8 errors are not shown and 1.85 are."""
    for sign in (-1, 1):
        found = Change(0.0, sign * 1.8, 1.0, 10.0).detectable(0.05)
        assert found is not None
        assert stats.nct.sf(1.812461, 10, found) == pytest.approx(0.8)
        assert Change(0.0, sign * 1.85, 1.0, 10.0).detectable(0.05) is None
        assert Change(0.0, sign * 3.6, 2.0, 10.0).detectable(0.05) == pytest.approx(2 * found)
    assert Change(0.0, 0.0, 1.0, 10.0).detectable(0.5) is None  # the p value is the level


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
def test_rounding_is_a_billionth_of_the_metric(unit: float) -> None:
    """An error of half a billionth is none; one of two is, of which a rise of four is t = 2."""
    none = Change(unit, unit * (1 + 4e-9), unit * 5e-10, 10.0)
    assert (none.p_value(1), none.p_value(-1), none.detectable(0.01)) == (0.0, 1.0, None)
    some = Change(unit, unit * (1 + 4e-9), unit * 2e-9, 10.0)
    assert some.p_value(1) == pytest.approx(stats.t.sf(2, 10), rel=1e-4)
    assert some.detectable(0.01) is not None


def of_classes(values: list[float], classes: list[int], labels: int) -> Change:
    """Return the change from zeros of a mean over classes, whose runs are all alike."""
    runs, rows, places = np.zeros(2), len(values), np.array(classes)
    both = [np.zeros(rows), np.array(values)]
    return repeated.change(*(Sample(runs, 0.0, side, rows, places, labels) for side in both))


def test_the_variance_within_classes_by_hand() -> None:
    # Two rows a class, each 1 from the mean of its class: times 2 rows and squared, 4 a row and 8 a
    # class. All within classes are 16 with 4 - 2 degrees, 8. A class has (8 + 8) / 2² / 4² = 1/4.
    # Altogether 1/2, with (1/2)² / (2 (1/4)² / 2) = 4 degrees of freedom.
    found = of_classes([0, 2, 1, 3], [0, 0, 1, 1], 2)
    assert (found.error, found.freedom) == pytest.approx((np.sqrt(1 / 2), 4))
    # One row in the second: 8 within classes with 1 degree. (8 + 8) / 2² / 3² = 4/9, and 8 / 1 / 3² = 8/9.
    found = of_classes([0, 2, 1], [0, 0, 1], 2)
    assert (found.error, found.freedom) == pytest.approx((np.sqrt(4 / 3), 2))
    # A third class without a row counts as half a one: 16 within classes with 1 degree, so it has
    # 16 / 0.5² / 4² = 4, and each of the others (8 + 16) / 2² / 4² = 3/8.
    found = of_classes([0, 2, 1, 3], [0, 0, 1, 1], 3)
    assert found.error == pytest.approx(np.sqrt(4.75))
    assert found.freedom == pytest.approx(4.75**2 / ((3 / 8) ** 2 + 4**2 / 0.5))


def test_a_sample_of_the_rows_stands_for_all() -> None:
    values = np.random.default_rng(0).normal(size=(RUNS, 4000))
    whole = sample(values), sample(values + np.random.default_rng(1).normal(size=4000))
    part = [Sample(s.means, s.spread, s.values[::4], 4000) for s in whole]
    assert repeated.change(*part).error == pytest.approx(repeated.change(*whole).error, rel=0.1)


@pytest.mark.parametrize("rows", [45, 100, 450, 2000])
def test_level_and_coverage(rows: int) -> None:
    rng = np.random.default_rng(rows)
    rise, count = 0.01, 1000
    changes = [
        repeated.change(*(sample(side) for side in drawn(rng, rows, rise=rise)))
        for _ in range(count)
    ]
    alarms = np.mean([_shifted(change, rise).p_value(1) <= 0.03 for change in changes])
    covered = np.mean([low <= rise <= high for low, high in (c.interval() for c in changes)])
    assert alarms <= 0.03 + 2 * np.sqrt(0.03 * 0.97 / count)
    assert covered >= 0.93


def _shifted(change: Change, by: float) -> Change:
    """Return the change as it would be without a rise, for the rate of false alarms."""
    return Change(change.old, change.new - by, change.error, change.freedom)


@pytest.mark.parametrize("size", [1, 20])
def test_level_where_a_sample_of_the_rows_is_stored(size: int) -> None:
    """Also where each group has many rows, of which the sample holds few."""
    rng, rows, stored, count = np.random.default_rng(size), 2000, 200, 600
    units = np.arange(rows) // size
    alarms = []
    for _ in range(count):
        shown = np.sort(rng.choice(rows, stored, replace=False))
        own = [rng.normal(0, 0.1, units[-1] + 1)[units] for _ in range(2)]
        whole = [sample(mean + rng.normal(0, 0.05, (RUNS, rows)), units) for mean in own]
        part = [Sample(s.means, s.spread, s.values[shown], rows) for s in whole]
        known = np.unique(units[shown], return_inverse=True)[1] if size > 1 else None
        alarms.append(repeated.change(*part, known).p_value(1) <= 0.03)
    assert np.mean(alarms) <= 0.03 + 2 * np.sqrt(0.03 * 0.97 / count)


@pytest.mark.parametrize(
    ("rows", "most", "least"), [(45, 0.16, 0.35), (100, 0.16, 0.2), (450, 0.07, 0.07), (2000, 0.06, 0.04)]
)  # fmt: skip
def test_alarms_where_a_less_sure_network_is_worth_as_much(
    rows: int, most: float, least: float
) -> None:
    """It is a little worse in most rows, much better in the few that are wrong, and equal in the mean.

    Few rows hold too few of the wrong ones to tell, which is a limit of a t test that docs/gate.md
    says. It is far wider for the log loss, so the committed gate does not ask for that.
    """
    assert _alarms_of_sureness("brier_score", rows) <= most
    assert _alarms_of_sureness("log_loss", rows) >= least


MOST = {"brier_score": 1.82, "log_loss": 1.77}  # how much more sure the earlier network is


def _alarms_of_sureness(name: str, rows: int) -> float:
    """Return how often the test at 2 % fails networks of which 2.3 % of the rows are wrong."""
    rng = np.random.default_rng(rows)
    found = []
    for _ in range(400):
        margin = rng.normal(6, 3, rows) + rng.normal(0, 0.3, (2 * RUNS, rows))
        losses = [np.logaddexp(0, -margin[:RUNS] * MOST[name]), np.logaddexp(0, -margin[RUNS:])]
        if name == "brier_score":
            losses = [2 * (1 - np.exp(-loss)) ** 2 for loss in losses]
        found.append(repeated.change(*map(sample, losses)).p_value(1) <= 0.02)
    return float(np.mean(found))


@pytest.mark.parametrize("groups", [15, 45])
def test_level_by_groups(groups: int) -> None:
    rng = np.random.default_rng(groups)
    units = np.repeat(np.arange(groups), 10)
    by_group, by_row = [], []
    for _ in range(600):
        own = [rng.normal(0, 0.1, groups)[units] for _ in range(2)]
        runs = [mean + rng.normal(0, 0.05, (RUNS, len(units))) for mean in own]
        change = repeated.change(*(sample(side, units) for side in runs), units)
        by_group.append(change.p_value(1) <= 0.03)
        by_row.append(repeated.change(*(sample(side) for side in runs)).p_value(1) <= 0.03)
    assert np.mean(by_group) <= 0.05
    assert np.mean(by_row) > 0.15  # the negative control: rows of a group are not independent


@pytest.mark.parametrize("rows", [45, 450])
def test_stated_power(rows: int) -> None:
    rng = np.random.default_rng(rows)
    stated = np.median(
        [
            least
            for _ in range(300)
            if (least := repeated.change(*map(sample, drawn(rng, rows))).detectable(0.03))
        ]
    )
    seen = [
        repeated.change(*map(sample, drawn(rng, rows, rise=float(stated)))).p_value(1) <= 0.03
        for _ in range(600)
    ]
    assert 0.75 <= np.mean(seen) <= 0.85


def test_no_detectable_difference_beside_a_significant_one() -> None:
    assert Change(0.5, 0.6, 0.01, 8).detectable(0.03) is None
    assert Change(0.6, 0.5, 0.01, 8).detectable(0.03) is None
    assert Change(0.5, 0.501, 0.01, 8).detectable(0.03) is not None
