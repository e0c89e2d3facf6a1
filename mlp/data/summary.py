"""Sum up as metrics what the stages load and split found in the data."""

from collections.abc import Mapping
from typing import Any

GIVEN = ("source", "target", "image_shape", "dtype", "impute")  # parameters that the page repeats


def summary(
    schema: Mapping[str, Any], split: Mapping[str, Any], how: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the content of metrics/data.json, in which `dvc metrics diff` shows a drift.

    Parameters
    ----------
    schema : mapping
        The content of data/schema.json.
    split : mapping
        See `mlp.data.splitting.report`.
    how : mapping
        The section split of params.yaml.
    """
    described = {**schema["numbers"], **schema["texts"]}
    missing = {name: found["missing"] for name, found in described.items() if found["missing"]}
    return {
        **{name: schema[name] for name in GIVEN},
        "split": dict(how),
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
        "missing": missing,
        "means": {name: found["mean"] for name, found in schema["numbers"].items()},
        "warnings": {
            **schema["warnings"],
            **split["warnings"],
        },
    }
