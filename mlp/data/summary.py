"""Sum up as metrics what the stages load and split found in the data."""

from collections.abc import Mapping, Sequence
from typing import Any


def summary(
    schema: Mapping[str, Any], split: Mapping[str, Any], trained: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Return the content of metrics/data.json, in which `dvc metrics diff` shows a drift.

    Parameters
    ----------
    schema, split : mapping
        The contents of data/schema.json and data/split.json.
    trained : mapping of str to sequence of str
        What was odd about the training of each network.
    """
    described = {**schema["numbers"], **schema["texts"]}
    missing = {name: found["missing"] for name, found in described.items() if found["missing"]}
    said = {f"train_{name}": " ".join(sentences) for name, sentences in trained.items()}
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
        "missing": missing,
        "means": {name: found["mean"] for name, found in schema["numbers"].items()},
        "warnings": {
            **schema["warnings"],
            **split["warnings"],
            **{key: text for key, text in said.items() if text},
        },
    }
