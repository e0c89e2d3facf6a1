"""How a comparison is laid out as tables."""

from types import SimpleNamespace

import pytest

from mlp.compare import tables
from mlp.compare.metrics import MetricChange


@pytest.mark.parametrize(
    ("metric", "low", "said", "cell"),
    [
        ("log_loss", 0.1, "worse", "worse"),
        ("log_loss", -0.6, "worse", "worse (by exchange)"),
        ("accuracy", -0.6, "better", "better (by McNemar)"),
        ("log_loss", -0.6, "not shown", "not shown"),
        ("log_loss", float("nan"), "not comparable", "not comparable"),
    ],
)
def test_a_verdict_beside_an_interval_that_does_not_show_it(
    metric: str, low: float, said: str, cell: str
) -> None:
    change = MetricChange(metric, 0.5, 0.75, 0.25, low, 0.5, said)
    (row,) = tables.metrics(SimpleNamespace(metrics=[change])).rows  # type: ignore[arg-type]  # all that it reads
    assert row[-1] == cell
