"""The measurements behind the figures that the documents state.

``python -m benchmarks.NAME`` runs one of them, prints its tables and writes results/NAME.json;
``make bench`` runs all, and docs/benchmarks.md is written from what they wrote.
"""

NAMES = (
    "loop", "own_tables", "first_report", "search", "commands", "large_table", "scale", "float32",
    "gate", "gate_numbers", "notebook",
)  # fmt: skip
