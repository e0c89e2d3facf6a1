"""Evidence of networks that predict numbers: out of fold, repeated, and scored."""

from pathlib import Path

import numpy as np
import pytest
from samples import numeric

from mlp.core import files, json_file, residuals
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.files import Floats
from mlp.evidence import averages, out_of_fold, plan, pools, runs, scores, stored
from mlp.evidence.run import Run
from mlp.fits.memory import FitMemory
from mlp.history import parsing
from stages import evidence

SECTION = {
    "hidden_layer_sizes": [4], "scale": "standard", "scale_target": "standard", "solver": "lbfgs",
    "max_iter": 50, "random_state": 0,
}  # fmt: skip


def dataset(rows: int = 60) -> Dataset:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(rows, 3))
    target = 1000 + 50 * features[:, 0] + rng.normal(size=rows)
    return numeric(features, target, np.arange(1000, 1000 + rows))


@pytest.mark.parametrize("metric", residuals.METRICS)
def test_the_parts_of_a_score_have_it_as_their_mean(metric: str) -> None:
    rng = np.random.default_rng(0)
    actual = rng.normal(size=101)
    predicted = actual + rng.exponential(size=101)
    score = residuals.scores(actual, predicted)[metric]
    assert residuals.parts(actual, predicted)[metric].mean() == pytest.approx(score)


@pytest.mark.parametrize("metric", residuals.METRICS)
def test_the_parts_of_a_score_vary_as_it_does_over_resampled_rows(metric: str) -> None:
    rng = np.random.default_rng(0)
    actual = rng.normal(size=1000)
    predicted = actual + rng.normal(size=1000) / 2
    resampled = [
        residuals.scores(actual[rows], predicted[rows])[metric]
        for rows in rng.integers(0, 1000, (500, 1000))
    ]
    error = residuals.parts(actual, predicted)[metric].std(ddof=1) / np.sqrt(1000)
    assert error == pytest.approx(np.std(resampled), rel=0.15)


def test_the_parts_by_hand() -> None:
    """Work out the errors 1 and 3 of 0 and 4.

    MSE 5 and RMSE 2.236: a square is 4 apart, times 1 / (2 RMSE) = 0.2236. R² is 1 - 5/4, and both
    rows are as far from the mean, so the parts are -0.25 plus and minus 4/4.
    """
    parts = residuals.parts(np.array([0.0, 4.0]), np.array([-1.0, 1.0]))
    assert parts["rmse"].tolist() == pytest.approx([2.236068 - 0.894427, 2.236068 + 0.894427])
    assert parts["mae"].tolist() == [1.0, 3.0]
    assert parts["r2"].tolist() == pytest.approx([0.75, -1.25])


def test_a_perfect_and_a_broken_network_have_parts() -> None:
    numbers = np.arange(5.0)
    perfect = residuals.parts(numbers, numbers)
    assert {name: values.tolist() for name, values in perfect.items()} == {
        "rmse": [0.0] * 5, "mae": [0.0] * 5, "median_absolute_error": [0.0] * 5, "r2": [1.0] * 5,
    }  # fmt: skip
    for broken in (np.full(5, np.nan), np.full(5, 1e300)):
        assert not np.isfinite(residuals.parts(numbers, broken)["rmse"].mean())


def test_every_row_is_predicted_once_with_the_mean_of_the_other_folds() -> None:
    data = dataset()
    table = out_of_fold.predictions(SECTION, data, folds=3, seed=0)
    assert table["row"].tolist() == data.rows.tolist()
    assert table["actual"].tolist() == data.target.tolist()
    assert (table["residual"] == table["actual"] - table["predicted"]).all()
    (mean,) = set(table["mean"][:1])
    others = data.target[(table["mean"] != mean).to_numpy()]
    assert mean == pytest.approx(others.mean())
    assert scores.of(table)["r2"] > 0.9
    assert scores.of(table)["mean_rmse"] > data.target.std()


def test_more_folds_than_rows_are_refused() -> None:
    with pytest.raises(InputError, match=r"crossval.folds is 61, but there are 60 rows"):
        out_of_fold.predictions(SECTION, dataset(), folds=61, seed=0)
    with pytest.raises(InputError, match=r"crossval.folds is 61, but there are 60 rows"):
        plan.of_folds(dataset(), 61, 0)


@pytest.mark.parametrize("unit", [1.0, 1e-9])
def test_the_stage_evidence_keeps_numbers_of_any_unit(tmp_path: Path, unit: float) -> None:
    data = dataset()
    small = numeric(data.features, data.target * unit, data.rows)  # type: ignore[arg-type]  # an array
    table = out_of_fold.predictions(SECTION, small, folds=3, seed=0)
    paths = {name: tmp_path / name for name in ("predictions", "scores", "rows")}
    files.write_csv(table, paths["predictions"], 15)
    evidence.main([*(f"--{name}={path}" for name, path in paths.items()), "--name=mlp"])
    written = json_file.read_json(paths["scores"])["mlp"]
    assert written["rmse"] == pytest.approx(scores.of(table)["rmse"], rel=1e-4)
    kept = parsing.predictions(paths["rows"].read_bytes(), "rows")
    assert "mean" not in kept
    assert kept["predicted"].to_numpy() == pytest.approx(table["predicted"].to_numpy(), rel=1e-4)


def run(actual: Floats, shift: float) -> Run:
    return Run(actual + shift, {}, 3, converged=True)


def test_averages_by_hand() -> None:
    """Two runs that are wrong by 1 and by 3 in every row."""
    actual = np.array([0.0, 10.0, 20.0])
    found = averages.of([run(actual, 1), run(actual, 3)], np.arange(3), actual, None)
    assert found.task == "regression"
    assert found.scores["rmse"].tolist() == pytest.approx([1, 3])
    assert found.scores["mae"].tolist() == [1, 3]
    assert found.table["mae"].tolist() == [2, 2, 2]
    assert found.spread["mae"] == 0
    assert found.classes == {}
    again = stored.from_json(stored.as_json(found, "oof"), found.table)
    assert all(again.scores[name].tolist() == found.scores[name].tolist() for name in found.scores)


def test_a_training_is_judged_by_the_rows_that_it_has_not_seen(tmp_path: Path) -> None:
    data = dataset()
    judged = plan.of_split(data.take(np.arange(40)), data.take(np.arange(40, 60)))
    first, second = runs.train(SECTION, judged, [0, 1], FitMemory(tmp_path, 10**9))
    assert first.predicted.dtype == np.float64
    assert len(first.predicted) == 20
    assert not np.array_equal(first.predicted, second.predicted)
    noise = pools.spoilt(judged, "noise", 0)
    assert noise.target.tolist() == judged.target.tolist()
    changed = noise.dataset.target != data.target
    assert 0.05 <= changed.mean() <= 0.35
    assert set(noise.dataset.target) <= set(data.target)
