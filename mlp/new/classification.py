"""The keys of params.yaml for labels to predict."""

from typing import Any

from mlp.new.table import Table

FEW = 0.5  # of an equal share of the rows: below it the rarest class makes the classes unequal


def outputs(table: Table) -> int:
    """Return how many numbers a network gives for a row, as its weights count."""
    return len(table.schema["labels"])


def described(table: Table) -> str:
    """Return the task in words."""
    return f"classification, {len(table.schema['labels'])} classes"


def keys(table: Table) -> dict[str, Any]:
    """Return the keys that differ from the committed ones; those of the gate suit any table."""
    unequal = {
        "search.scoring": "balanced_accuracy",
        "gate.metrics.brier_score.significance": 0.02,
        "gate.metrics.balanced_accuracy": {"direction": "higher", "significance": 0.01},
    }
    return {
        "gate.metrics.accuracy.min": {"linear": -0.02},
        "gate.beats": ["majority"],
        **(unequal if _are_unequal(table) else {}),
    }


def removed() -> list[str]:
    """Return the keys to leave out: bounds of another table."""
    return ["gate.classes.min_recall"]


def _are_unequal(table: Table) -> bool:
    counts = table.schema["labels"].values()
    return bool(min(counts) < FEW * table.rows / len(counts))
