"""State how the results came about: the data, the split, the parameters."""

import json
from collections.abc import Mapping
from typing import Any

from mlp.core import task
from mlp.core.errors import counted

OWN = ("scale", "scale_target", "class_weight")  # arguments that are not scikit-learn's
COLUMNS = 20  # most columns whose means are shown


def inputs(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the data that the networks were trained and judged on, as names and values.

    Parameters
    ----------
    data : mapping
        metrics/data.json.
    """
    part = task.part("mlp.report", task_of(data))
    return [
        ("data", data["source"]),
        (part.TARGET, data["target"]),
        ("rows", f"{data['rows']}: {data['train_rows']} to train on, {data['test_rows']} to test"),
        part.inputs(data),
        ("features", _features(data)),
        ("split", _split(data["split"])),
    ]


def task_of(data: Mapping[str, Any]) -> str:
    """Return the task of metrics/data.json: a classification counts its labels."""
    return task.CLASSIFICATION if "labels" in data else task.REGRESSION


def _features(data: Mapping[str, Any]) -> str:
    parts = [f"{counted(data['numbers'], 'number')}, {data['dtype']}"]
    if data["texts"]:
        parts.append(f"{counted(data['texts'], 'text')}, one-hot encoded")
    if most := data.get("max_categories"):
        parts.append(f"at most {most} inputs of a text")
    if data["impute"] != "none":
        parts.append(f"gaps filled by {data['impute']}")
    if shape := data["image_shape"]:
        parts.append(f"pictures of {shape[0]} by {shape[1]} pixels")
    return "; ".join(parts)


def _split(split: Mapping[str, Any]) -> str:
    ways = [f"{name} {split[name]}" for name in ("group", "time") if split[name]]
    if split["stratify"]:
        ways.append("stratified")
    how = ", ".join(ways) or f"at random, seed {split['seed']}"
    return f"{split['test_size']} of the rows held back for the test, {how}"


def arguments(trained: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, list[str], str]]:
    """Return the arguments that differ from scikit-learn's defaults, of any network.

    Parameters
    ----------
    trained : mapping
        `mlp.model.metadata.summary` of each network, by its name.

    Returns
    -------
    list of (str, list of str, str)
        The argument, its value for each network, and scikit-learn's default, or none of one
        that is not scikit-learn's: see `OWN`.
    """
    defaults: dict[str, Any] = {}
    for training in trained.values():
        defaults |= training["defaults"]
    for own in OWN:
        if any(training["arguments"].get(own, "none") != "none" for training in trained.values()):
            defaults[own] = "none"
    return [
        (
            name,
            [_value(training["arguments"].get(name, default)) for training in trained.values()],
            _value(default),
        )
        for name, default in sorted(defaults.items())
    ]


def profile(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the profile of the data, as lists for tables.

    Parameters
    ----------
    data : mapping
        metrics/data.json.
    """
    part = task.part("mlp.report", task_of(data))
    counts = [
        ("rows", data["rows"]),
        ("columns that are no features", data["dropped"]),
        ("rows that repeat an earlier one", data["duplicate_rows"]),
        (
            f"rows that have the features of another and another {part.TARGET}",
            data["contradicting_rows"],
        ),
        ("test rows that equal a train row", data["duplicates_across"]),
    ]
    names = [*data["means"], *(name for name in data["missing"] if name not in data["means"])]
    names.sort(key=lambda name: -data["missing"].get(name, 0))  # stable: gaps first
    return {
        "counts": counts,
        "target": part.target(data),
        "columns": [
            (name, _mean(data["means"].get(name)), data["missing"].get(name, 0))
            for name in names[:COLUMNS]
        ],
        "more_columns": max(0, len(names) - COLUMNS),
        "warnings": list(data["warnings"].items()),
    }


def _mean(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value).replace("null", "none")
