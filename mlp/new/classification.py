"""The keys of params.yaml for labels to predict."""

from typing import Any

from mlp.new.table import Table

FEW = 0.5  # of an equal share of the rows: below it the rarest class makes the classes unequal
MARGIN = -0.02  # least that a network may differ from linear


def outputs(table: Table) -> int:
    """Return how many numbers a network gives for a row, as its weights count."""
    return len(table.schema["labels"])


def described(table: Table) -> str:
    """Return the task in words."""
    return f"classification, {len(table.schema['labels'])} classes"


def keys(table: Table) -> dict[str, Any]:
    """Return the keys that differ from the committed ones; those of the gate suit any table."""
    beats = {"gate.beats": ["majority"]}
    if not _are_unequal(table):
        return {"gate.metrics.accuracy.min": {"linear": MARGIN}, **beats}
    return {
        "search.scoring": "balanced_accuracy",
        "search.space.class_weight": ["none", "balanced"],
        "gate.metrics.brier_score.significance": 0.02,
        "gate.metrics.balanced_accuracy": {
            "direction": "higher",
            "min": {"linear": MARGIN},
            "significance": 0.01,
        },
        **beats,
    }


def removed(table: Table) -> list[str]:
    """Return the keys to leave out: bounds of another table, and of accuracy if that misleads.

    Of unequal classes, a network that finds the rare ones may have fewer rows right than the
    commonest class.
    """
    recall = ["gate.classes.min_recall"]
    return [*recall, "gate.metrics.accuracy"] if _are_unequal(table) else recall


def _are_unequal(table: Table) -> bool:
    counts = table.schema["labels"].values()
    return bool(min(counts) < FEW * sum(counts) / len(counts))
