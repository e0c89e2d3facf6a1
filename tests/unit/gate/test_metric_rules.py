"""metric_rules: what the schema takes for a bound, and what it refuses, at and beyond each end."""

from typing import Any

import pytest
from pydantic import ValidationError

from mlp.gate.metric_rules import MetricRules

UP, DOWN = {"direction": "higher"}, {"direction": "lower"}
ENDS = [  # the metric, its direction, a key, values that are taken, and ones that are just beyond
    ("accuracy", UP, "min", [0.0, 1.0, {"majority": 0.1}], [-0.001, 1.001, {"mean": 0.1}]),
    ("accuracy", UP, "max", [0.0, 1.0], [-0.001, 1.001]),
    ("accuracy", UP, "max_drop", [-1.0, 1.0], [-1.001, 1.001]),
    ("macro_f1", UP, "min", [0.0, 1.0, {"linear": 0.1}], [-0.001, 1.001, {"majority": 0.1}]),
    ("log_loss", DOWN, "min", [0.0, 7.5], [-0.001]),
    ("log_loss", DOWN, "max", [0.0, 7.5, {"linear": -0.5}], [-0.001, {"mean": 1.0}]),
    ("log_loss", DOWN, "max_drop", [-7.0, 7.0], ["1"]),
    ("rmse", DOWN, "max", [0.0, 75.0, {"mean": -5.0}, {"linear": 1.0}], [-0.001]),
    ("mae", DOWN, "max", [0.0, {"linear": 1.0}], [-0.001, {"mean": -5.0}]),
    ("mae", DOWN, "min", [0.0, 75.0], [-0.001]),
    ("r2", UP, "min", [-3.0, 1.0, {"linear": 0.01}], [1.001]),
    ("r2", UP, "max", [-3.0, 1.0], [1.001, {"linear": 0.01}]),
]


def read(metric: str, rule: dict[str, Any]) -> Any:
    return getattr(MetricRules.model_validate({metric: rule}), metric)


@pytest.mark.parametrize(("metric", "direction", "key", "taken", "refused"), ENDS)
def test_ends_of_a_bound(
    metric: str, direction: dict[str, str], key: str, taken: list[Any], refused: list[Any]
) -> None:
    for value in taken:
        rule = read(metric, direction | {key: value})
        assert rule.model_dump(exclude_unset=True) == direction | {key: value}
    for value in refused:
        with pytest.raises(ValidationError):
            read(metric, direction | {key: value})


def test_every_key_of_a_rule() -> None:
    """Each is kept under its own name, so that none stands in for another."""
    keys = {"min": 1.0, "max": 2.0, "max_drop": 3.0, "max_drop_relative": 4.0}
    keys |= {"significance": 0.05, "not_worse_than": 5.0, "confidence": 0.95}
    rule = read("rmse", DOWN | keys)
    assert {key: getattr(rule, key) for key in keys} == keys


@pytest.mark.parametrize("metric", ["accuracy", "macro_f1", "r2", "rmse", "log_loss"])
def test_the_direction_is_the_metrics(metric: str) -> None:
    right, wrong = (UP, DOWN) if metric in {"accuracy", "macro_f1", "r2"} else (DOWN, UP)
    assert read(metric, right | {"max": 0.5}).direction == right["direction"]
    with pytest.raises(ValidationError):
        read(metric, wrong | {"max": 0.5})


def test_a_rule_that_asks_nothing() -> None:
    with pytest.raises(ValidationError) as error:
        read("accuracy", UP)
    assert error.value.errors()[0]["msg"] == (
        "Value error, should have one of min, max, max_drop, max_drop_relative, significance, "
        "not_worse_than, confidence"
    )


@pytest.mark.parametrize("alone", [{"not_worse_than": 0.01}, {"confidence": 0.95}])
def test_a_margin_has_a_confidence(alone: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="not_worse_than and confidence together"):
        read("accuracy", UP | alone)
    both = {"not_worse_than": 0.01, "confidence": 0.95}
    assert read("accuracy", UP | both).confidence == 0.95
