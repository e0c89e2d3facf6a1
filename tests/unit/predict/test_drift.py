"""How new rows differ from the training rows, in words."""

from collections import Counter
from pathlib import Path

from samples import mixed

from mlp.model import export, saved
from mlp.predict.drift import Drift
from mlp.training.fit import fit

SECTION = {"hidden_layer_sizes": [2], "scale": "none", "random_state": 0, "max_iter": 1}


def test_unknown_texts_count_as_rare_ones_where_there_are_some(tmp_path: Path) -> None:
    """At most three inputs: u has four categories, and v three."""
    rows = mixed(300, max_categories=3)
    rows.features["v"] = rows.features["v"].replace("red", "blue")
    export.export(fit(SECTION, rows), tmp_path / "a.onnx")
    drift = Drift(rows=9, unknown=Counter(u=5, v=1))
    assert list(drift.sentences(saved.load(tmp_path / "a.onnx"))) == [
        "texts that no training row had count as no category: v in 1 row.",
        "texts that no training row had count as rare ones: u in 5 rows.",
    ]
