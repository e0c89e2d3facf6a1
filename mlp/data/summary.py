"""Summarise the data as metrics: what the stages load and split report of them."""

from collections.abc import Mapping
from typing import Any

GIVEN = ("source", "target", "image_shape", "dtype", "impute")  # parameters that the page repeats
DECLARED = ("max_categories", "order", "dates", "date_formats")  # the same, where they are set
TARGET = ("labels", "target_values")  # whichever the task has


def summary(
    schema: Mapping[str, Any], split: Mapping[str, Any], params: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the content of metrics/data.json, where `dvc metrics diff` shows a drift.

    Parameters
    ----------
    schema : mapping
        The content of data/schema.json.
    split : mapping
        See `mlp.data.splits.splitting.report`.
    params : mapping
        The section split of params.yaml.
    """
    columns = {**schema["numbers"], **schema["texts"]}
    gaps = {name: column["missing"] for name, column in columns.items() if column["missing"]}
    return {
        **{name: schema[name] for name in GIVEN},
        **({"missing_texts": schema["missing_texts"]} if "missing_texts" in schema else {}),
        **{name: schema[name] for name in DECLARED if name in schema},
        "split": dict(params),
        "rows": schema["rows"],
        "train_rows": split["train_rows"],
        "test_rows": split["test_rows"],
        "numbers": len(schema["numbers"]),
        "texts": len(schema["texts"]),
        "dropped": len(schema["dropped"]),
        "duplicate_rows": schema["duplicate_rows"],
        "contradicting_rows": schema["contradicting_rows"],
        "duplicates_across": split["duplicates_across"],
        **{name: schema[name] for name in TARGET if name in schema},
        "missing": gaps,
        "means": {name: column["mean"] for name, column in schema["numbers"].items()},
        "warnings": {**schema["warnings"], **split["warnings"]},
    }
