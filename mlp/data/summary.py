"""Summarise the data as metrics: what the stages load and split report of them."""

from collections.abc import Mapping
from typing import Any


def summary(schema: Mapping[str, Any], split: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of metrics/data.json, where `dvc metrics diff` shows a drift.

    Parameters
    ----------
    schema, split : mapping
        The contents of data/schema.json and data/split.json.
    """
    columns = {**schema["numbers"], **schema["texts"]}
    gaps = {name: column["missing"] for name, column in columns.items() if column["missing"]}
    return {
        "rows": schema["rows"],
        "train_rows": split["train_rows"],
        "test_rows": split["test_rows"],
        "numbers": len(schema["numbers"]),
        "texts": len(schema["texts"]),
        "dropped": len(schema["dropped"]),
        "duplicate_rows": schema["duplicate_rows"],
        "contradicting_rows": schema["contradicting_rows"],
        "duplicates_across": split["duplicates_across"],
        "labels": schema["labels"],
        "missing": gaps,
        "means": {name: column["mean"] for name, column in schema["numbers"].items()},
        "warnings": {**schema["warnings"], **split["warnings"]},
    }
