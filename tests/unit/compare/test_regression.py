"""Comparisons of predicted numbers."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from mlp.compare import changes, comparison, configurations, narrative, tables
from mlp.compare.regression import NumberComparison, detectable
from mlp.compare.sides import Sides
from mlp.compare.words import regression as words
from mlp.core import residuals
from mlp.core.errors import InputError
from mlp.core.files import Floats
from mlp.evaluate.statistics import differences
from mlp.evidence import averages
from mlp.evidence.run import Run
from mlp.history.results import Results

SAMPLES = 300
MARGIN = 3 * math.sqrt(0.95 * 0.05 / SAMPLES)  # of such a simulation


def predictions(actual: list[float] | Floats, predicted: list[float] | Floats) -> pd.DataFrame:
    numbers = (np.asarray(actual, dtype=np.float64), np.asarray(predicted, dtype=np.float64))
    return pd.DataFrame(residuals.predictions(np.arange(10, 10 + len(numbers[0])), *numbers))


def compare(old: pd.DataFrame, new: pd.DataFrame) -> NumberComparison:
    found = comparison.compare(old, new)
    assert isinstance(found, NumberComparison)
    return found


def test_rows_improved_and_worsened() -> None:
    #   errors before 1, 2, 3, 4 and now 1, 5, 1, 0
    old, new = predictions([0] * 4, [1, 2, 3, 4]), predictions([0] * 4, [-1, 5, 1, 0])
    found = compare(old, new)
    assert found.improved["row"].tolist() == [13, 12]  # by 4 and by 2
    assert found.worsened.to_dict("records") == [
        {"row": 11, "actual": 0, "old": 2, "old_error": 2, "new": 5, "new_error": 5, "change": 3}
    ]
    values = {metric.metric: (metric.old, metric.new) for metric in found.metrics}
    assert values["mae"] == (2.5, 1.75)
    assert values["rmse"] == pytest.approx((math.sqrt(7.5), math.sqrt(6.75)))
    assert found.verdict == "not shown"
    sentence = narrative.sentence(found, "test")
    assert sentence.startswith(
        "not shown: 2 rows improved by at most 4.000000, 1 row worsened by at most 3.000000 "
    )
    assert "With 4 test rows a rise of the RMSE by" in sentence


def test_better_and_worse_and_unchanged() -> None:
    rng = np.random.default_rng(0)
    actual = rng.normal(size=200)
    good, bad = (predictions(actual, actual + rng.normal(0, sd, 200)) for sd in (0.5, 1))
    for old, new, verdict in ((bad, good, "better"), (good, bad, "worse")):
        found = compare(old, new)
        assert found.verdict == verdict
        assert {metric.verdict for metric in found.metrics} == {verdict}
        assert found.detectable_rise is None
    same = compare(good, good)
    assert (same.verdict, same.p_value, same.p_absolute) == ("unchanged", 1.0, 1.0)
    assert {(m.low, m.high, m.verdict) for m in same.metrics} == {(0.0, 0.0, "not shown")}
    assert narrative.sentence(same, "oof") == "unchanged: every prediction is as before."


def test_a_diverged_network_is_not_comparable() -> None:
    actual = np.arange(5.0)
    for broken in (math.nan, 1e300):
        found = compare(predictions(actual, actual), predictions(actual, np.full(5, broken)))
        assert found.verdict == "not comparable"
        assert found.metrics[0].verdict == "not comparable"
        assert narrative.sentence(found, "test") == (
            "not comparable: a prediction is not a number."
        )


def test_the_rows_and_the_task_must_be_the_same() -> None:
    old = predictions([1.5, 2.5, 3.5], [1, 2, 3])
    other = predictions([1.5, 2.5, 4.5], [1, 2, 3])
    why = comparison.why_not_comparable(old, other)
    assert why == "1 of the 3 rows have another target now"
    far = predictions(np.arange(3.0) * 7 + 100, [1, 2, 3])
    assert comparison.why_not_comparable(old, far) == (
        "the data are others: 3 rows with a target from 1.5 to 3.5 before, 3 rows with a target "
        "from 100 to 114 now"
    )
    labels = old.assign(actual="a", predicted="a").drop(columns="residual")
    assert comparison.why_not_comparable(labels, old) == (
        "the task is another: classification before, regression now"
    )


def test_a_page_has_tables_and_no_matrix() -> None:
    old, new = predictions([0] * 4, [1, 2, 3, 4]), predictions([0] * 4, [-1, 5, 1, 0])
    metrics, rows = words.laid_out(compare(old, new), rows=1)
    assert [row[0] for row in metrics.rows] == list(residuals.METRICS)
    assert [(row[0], row[-1]) for row in rows.rows] == [("13", "improved"), ("11", "worsened")]
    assert tables.number(1.23456789e-9) == "1.23457e-09"


def drawn(rng: np.random.Generator, rows: int, shift: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return two networks' predictions with skewed errors, of which half is shared."""
    actual = rng.normal(size=rows)
    shared = rng.exponential(size=rows) - 1
    sides = [
        predictions(actual, actual + (shared + rng.exponential(size=rows) - 1) * size / 2)
        for size in (1, 1 + shift)
    ]
    return sides[0], sides[1]


@pytest.mark.slow
@pytest.mark.parametrize("rows", [45, 450])
@pytest.mark.parametrize("shift", [0.0, 0.2])
def test_the_intervals_of_differences_cover_the_truth(rows: int, shift: float) -> None:
    rng = np.random.default_rng(0)
    truth = {
        name: found.new - found.old
        for name, found in differences.of(*drawn(rng, 1_000_000, shift)).items()
    }
    inside = dict.fromkeys(truth, 0)
    for _ in range(SAMPLES):
        for name, found in differences.of(*drawn(rng, rows, shift)).items():
            low, high = found.estimate.interval()
            inside[name] += low <= truth[name] <= high
    for name, number in inside.items():
        assert number / SAMPLES >= 0.93 - MARGIN, name


def test_rows_of_a_group_count_as_one() -> None:
    """Ten copies of every row, a group each, tell no more than the rows alone."""
    rng = np.random.default_rng(0)
    old, new = drawn(rng, 40, 0.2)
    copies = [
        pd.concat([side] * 10).assign(group=np.tile([f"g{i}" for i in range(40)], 10))
        for side in (old, new)
    ]
    alone, grouped = differences.of(old, new), differences.of(*copies)
    for name in ("rmse", "mae", "r2"):
        assert grouped[name].estimate.interval() == pytest.approx(
            alone[name].estimate.interval()
        ), name
    assert grouped["mae"].p_value() == pytest.approx(alone["mae"].p_value(), abs=0.02)
    assert (
        differences.of(*(side.drop(columns="group") for side in copies))["mae"].p_value()
        < alone["mae"].p_value() / 2
    )
    found = compare(*copies)
    assert found.groups == 40
    assert " in 40 groups " in narrative.sentence(found, "test") or found.verdict != "not shown"


@pytest.mark.slow
def test_the_tests_keep_their_level_and_see_what_they_say() -> None:
    rng = np.random.default_rng(0)
    found = [differences.of(*drawn(rng, 100, 0.0)) for _ in range(SAMPLES)]
    for name in residuals.METRICS:
        false = np.mean([sides[name].p_value(one_sided=True) <= 0.05 for sides in found])
        assert false <= 0.05 + MARGIN, name
    rise = np.median([detectable(sides["rmse"], 0.95) or 0 for sides in found])
    scale = float(rise) / np.mean([sides["rmse"].old for sides in found])
    seen = np.mean(
        [
            differences.of(*drawn(rng, 100, scale))["rmse"].p_value(one_sided=True) <= 0.05
            for _ in range(SAMPLES)
        ]
    )
    assert 0.65 <= seen <= 0.95


def sides(rng: np.random.Generator, shift: float) -> Sides:
    """Return two configurations of five trainings each, judged by 100 rows."""
    actual = rng.normal(size=100)
    both = []
    for size in (1, 1 + shift):
        runs = [Run(actual + rng.normal(0, size, 100), {}, 3, converged=True) for _ in range(5)]
        both.append(averages.of(runs, np.arange(100), actual, None))
    return Sides(*both)


def test_configurations() -> None:
    rng = np.random.default_rng(0)
    both = sides(rng, 1)
    found = configurations.compare(both, "mlp", "main")
    assert {row["metric"]: row["verdict"] for row in found.metrics} == dict.fromkeys(
        residuals.METRICS, "worse"
    )
    alike = configurations.compare(sides(rng, 0), "mlp", "main")
    assert alike.detectable is not None
    # Of rows of one group, nothing is shown.
    one = [
        replace(side, table=side.table | {"group": np.array(["g"] * 100, dtype=object)})
        for side in (both.old, both.new)
    ]
    unknown = configurations.compare(Sides(*one), "mlp", "main")
    assert {row["verdict"] for row in unknown.metrics} == {"not shown"}
    assert unknown.detectable is None
    assert "A rise of the RMSE by 0." in configurations.sentence(alike)


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_the_unit_of_the_target_does_not_matter(unit: float) -> None:
    rng = np.random.default_rng(0)
    both = sides(rng, 0.2)
    scaled = [
        averages.of(
            [Run(side.table["actual"] * unit + np.full(100, unit * run), {}, 3, converged=True)
             for run in (0.9, 1.0, 1.1 + extra)],
            np.arange(100), side.table["actual"] * unit, None,
        )
        for side, extra in ((both.old, 0.0), (both.new, 0.1))
    ]  # fmt: skip
    # Means 1 and 1.0333 units with standard errors 0.0577 and 0.0882: t = 0.316.
    change = Sides(*scaled).of_metric("mae")
    assert change.difference / unit == pytest.approx(0.0333, abs=1e-3)
    assert change.p_value(1) == pytest.approx(0.385, abs=0.01)


def side(name: str, params: str) -> Results:
    return Results(name, lambda _: params.encode())


def test_a_revision_of_the_other_task_is_refused() -> None:
    old, new = side("main", "load: {source: a.py}\n"), side("here", "load: {task: regression}\n")
    assert (old.task, new.task) == ("classification", "regression")
    with pytest.raises(InputError) as raised:
        changes.refuse_other_task(old, new)
    assert str(raised.value) == (
        "main has another task: load.task is classification there and regression here, so there "
        "is nothing to compare."
    )
    changes.refuse_other_task(new, new)
    assert side("odd", "load: 3\n").task == "classification"
