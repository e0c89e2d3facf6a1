"""Nested values by their dotted keys."""

from mlp.history import values


def test_changed_values_by_dotted_key() -> None:
    old = {"mlp": {"alpha": 0.1, "hidden_layer_sizes": [50], "gone": 1}, "gate": {}}
    new = {"mlp": {"alpha": 0.2, "hidden_layer_sizes": [50]}, "gate": {"model": "mlp"}}
    assert values.changed(old, new) == {
        "mlp.alpha": (0.1, 0.2),
        "mlp.gone": (1, values.MISSING),
        "gate.model": (values.MISSING, "mlp"),
    }


def test_a_number_is_not_a_truth_value_and_1_is_1_0() -> None:
    assert values.changed({"a": 1, "b": 1}, {"a": True, "b": 1.0}) == {"a": (1, True)}


def test_a_value_at_a_dotted_key() -> None:
    content = {"split": {"group": None}, "mlp": 5}
    assert values.value(content, "split.group") is None
    assert values.value(content, "split") == {"group": None}
    assert values.value(content, "mlp.alpha") == values.MISSING
    assert values.value(content, "split.seed") == values.MISSING


def test_values_are_written_as_params_yaml_writes_them() -> None:
    texts = [values.text(value) for value in (None, True, ["year"], "none", 0.1, {"linear": 0.01})]
    assert texts == ["null", "true", '["year"]', "none", "0.1", '{"linear": 0.01}']
