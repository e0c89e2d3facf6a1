"""Check, describe and split a target of labels."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError, quoted
from mlp.data import duplicates, labels, leaks
from mlp.data.columns import Features

IS_TEXT = True  # a CSV file's column is read as written


def target(name: str, column: pa.ChunkedArray, _decimal: str) -> pa.ChunkedArray:
    """Return labels as text; raise InputError as `mlp.data.labels.as_text` does."""
    return labels.as_text(name, column)


def described(target: pa.ChunkedArray) -> dict[str, Any]:
    """Return how many rows each label has, for data/schema.json."""
    return {"labels": labels.counts(target)}


def warnings(
    name: str, target: pa.ChunkedArray, features: Features, contradicting: int
) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence for each oddity of the labels."""
    yield from labels.warnings(name, target)
    yield from duplicates.warnings(len(target), contradicting)
    yield from leaks.warnings(list(leaks.find(features.columns, target)), name)


def strata(target: pa.ChunkedArray) -> npt.NDArray[Any]:
    """Return the class of every row, of which each part of a split gets its share.

    Raises
    ------
    InputError
        If a class has a single row.
    """
    counts = labels.counts(target)
    label = min(counts, key=lambda label: counts[label])
    if counts[label] == 1:
        raise InputError(
            f"split.stratify is true, but class '{label}' has only one row; each part needs one."
        )
    strata: npt.NDArray[np.object_] = target.to_numpy().astype(object)
    return strata


def check_train(target: pa.ChunkedArray, test_size: float) -> None:
    """Raise InputError if the train split has one class."""
    if len(pc.unique(target)) == 1:
        size = f"split.test_size is {test_size}"
        raise InputError(f"{size}: the train split holds only one class.")


def split_warnings(train: pa.ChunkedArray, test: pa.ChunkedArray) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence if a class is absent from a part."""
    of_train, of_test = labels.counts(train), labels.counts(test)
    if absent := sorted(of_test.keys() - of_train.keys()):
        yield "absent_from_train", _absent(absent, "train", "test")
    if absent := sorted(of_train.keys() - of_test.keys()):
        yield "absent_from_test", _absent(absent, "test", "train")


def _absent(labels: list[str], part: str, other: str) -> str:
    return (
        f"the {part} split has no row of class {quoted(labels)}, and the {other} split has; "
        "split.stratify gives each part its share of every class, where there is no split.time."
    )
