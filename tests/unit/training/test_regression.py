"""A regression is scikit-learn's, with the target's scale folded into the output layer."""

from typing import Any

import numpy as np
import pytest
from samples import numeric
from sklearn.compose import TransformedTargetRegressor
from sklearn.datasets import load_diabetes, make_friedman1
from sklearn.metrics import r2_score
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlp.core.dataset import Dataset
from mlp.core.files import Floats
from mlp.training.fit import fit
from mlp.training.folds import folded

TABLES = {
    "diabetes": load_diabetes(return_X_y=True),
    "friedman": make_friedman1(2000, noise=1.0, random_state=0),
}
SECTION = {"hidden_layer_sizes": [20], "scale": "standard", "random_state": 0, "max_iter": 40}


def rows(features: Floats, target: Floats) -> Dataset:
    return numeric(features, np.asarray(target, dtype=np.float64))  # type: ignore[arg-type]  # numbers


@pytest.mark.parametrize("layers", [[20], []])
@pytest.mark.parametrize("scaled", ["none", "standard"])
@pytest.mark.parametrize("table", TABLES)
def test_predictions_are_those_of_scikit_learn(table: str, scaled: str, layers: list[int]) -> None:
    """By hand: a pipeline, in TransformedTargetRegressor where the target is scaled."""
    features, target = TABLES[table]
    train = np.arange(len(target)) % 4 > 0
    section = SECTION | {"hidden_layer_sizes": layers, "scale_target": scaled}
    fitted = fit(section, rows(features[train], target[train]))
    network = MLPRegressor(hidden_layer_sizes=layers, random_state=0, max_iter=40)
    by_hand: Any = make_pipeline(StandardScaler(), network)
    if scaled == "standard":
        by_hand = TransformedTargetRegressor(by_hand, transformer=StandardScaler())
    with np.errstate(all="ignore"), pytest.warns(match="Maximum iterations"):
        by_hand.fit(features[train], target[train])
    expected = by_hand.predict(features[~train])
    predicted = fitted.pipeline.predict(features[~train])
    assert predicted == pytest.approx(expected, rel=1e-12)
    known = target[~train]
    assert r2_score(known, predicted) == pytest.approx(r2_score(known, expected), abs=1e-9)


def test_the_unit_of_the_target_does_not_matter_once_it_is_scaled() -> None:
    features, target = TABLES["diabetes"]
    section = SECTION | {"scale_target": "standard"}
    of_unit = [fit(section, rows(features, unit * target)) for unit in (1.0, 1e-6, 1e6)]
    first, *others = [fitted.pipeline.predict(features) for fitted in of_unit]
    assert others[0] * 1e6 == pytest.approx(first, rel=1e-6)
    assert others[1] / 1e6 == pytest.approx(first, rel=1e-6)


def test_poisson_predicts_counts_above_0() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(300, 3))
    counts = rng.poisson(np.exp(features[:, 0])).astype(float)
    fitted = fit(SECTION | {"loss": "poisson"}, rows(features, counts))
    assert fitted.pipeline.predict(features).min() > 0


def test_a_regression_diverges_above_twice_the_error_of_predicting_0() -> None:
    """Targets 3 and 4 in turn: predicting 0 costs (9 + 16) / 2 = 12.5, so the limit is 25."""
    target = np.array([3.0, 4.0] * 50)
    features = np.random.default_rng(0).normal(size=(100, 2))
    fitted = fit(SECTION | {"max_iter": 1}, rows(features, target))
    limit = fitted._task.largest_loss(fitted.pipeline, target)  # noqa: SLF001 - the limit alone
    assert limit == 25
    assert not fitted.diverged
    wild = SECTION | {"solver": "sgd", "learning_rate_init": 1e3, "scale": "none"}
    assert fit(wild, rows(features * 100, target)).diverged


@pytest.mark.parametrize("grouped", [False, True])
def test_folds_are_shuffled_and_keep_groups_whole(grouped: bool) -> None:  # noqa: FBT001 - a case
    features, target = TABLES["diabetes"]
    groups = np.array([str(i // 5) for i in range(len(target))], dtype=object)
    whole = rows(features, target)
    dataset = Dataset(
        whole.features, target, whole.rows, groups if grouped else None, whole.columns
    )
    parts = folded(dataset, 5, 0)
    assert sorted(np.concatenate([fold for _, fold in parts])) == list(range(len(target)))
    assert all(set(others).isdisjoint(fold) for others, fold in parts)
    if grouped:
        assert all(set(groups[others]).isdisjoint(groups[fold]) for others, fold in parts)
    assert not np.array_equal(parts[0][1], folded(dataset, 5, 1)[0][1])  # another seed, other folds
