"""The keys of params.yaml for numbers to predict."""

from typing import Any

from mlp.new.table import Table


def outputs(_table: Table) -> int:
    """Return how many numbers a network gives for a row, as its weights count."""
    return 1


def described(table: Table) -> str:
    """Return the task in words."""
    values = table.schema["target_values"]
    return f"regression, {values['low']:g} to {values['high']:g}"


def keys(_table: Table) -> dict[str, Any]:
    """Return the keys that differ from the committed ones; those of the gate suit any table."""
    return {
        "mlp.scale_target": "standard",
        "mlp.alpha": 1.0,
        "linear.scale_target": "standard",
        "search.fixed.scale_target": "standard",
        "search.scoring": "r2",
        "search.space.alpha": {"loguniform": [0.001, 100.0]},
        "gate.metrics": {
            "rmse": {"direction": "lower", "significance": 0.03},
            "mae": {"direction": "lower", "significance": 0.02},
            "r2": {"direction": "higher", "min": {"linear": -0.05}},
        },
        "gate.beats": ["mean"],
    }


def removed(_table: Table) -> list[str]:
    """Return the keys to leave out, which judge labels."""
    return ["gate.significance", "gate.classes"]
