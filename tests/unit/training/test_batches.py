"""Predictions of many rows come from batches of them."""

import pytest
from samples import mixed, worded

from mlp.core.dataset import Dataset
from mlp.training import batches
from mlp.training.fit import fit

SECTION = {"hidden_layer_sizes": [8], "scale": "standard", "random_state": 0, "max_iter": 3}


@pytest.mark.parametrize("rows", [mixed(200), worded(900, 600)])
def test_batches_change_nothing(rows: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = fit(SECTION, rows).pipeline
    widest = pipeline["mlp"].n_features_in_
    whole = pipeline.predict_proba(rows.features)
    assert (batches.predict(pipeline, pipeline.predict_proba, rows.features) == whole).all()
    monkeypatch.setattr(batches, "VALUES", 90 * widest)
    sizes: list[int] = []

    def counted(features: object) -> object:
        sizes.append(len(features))  # type: ignore[arg-type]  # features have a length
        return pipeline.predict_proba(features)

    parts = batches.predict(pipeline, counted, rows.features)
    assert parts == pytest.approx(whole, abs=1e-15)
    assert sizes == [90] * (len(whole) // 90) + ([20] if len(whole) % 90 else [])
