"""Datasets made in a test."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mlp.core.dataset import Columns, Dataset
from mlp.core.files import Labels, Rows
from mlp.data.params import Load


def numeric(
    features: npt.NDArray[Any], labels: Labels, rows: Rows | None = None, impute: str = "none"
) -> Dataset:
    """Return a dataset of the columns x0, x1 and so on."""
    names = [f"x{i}" for i in range(features.shape[1])]
    columns = Columns("label", names, [], impute)
    numbered = np.arange(len(labels)) if rows is None else rows
    return Dataset(features, labels, numbered, None, columns)


def mixed(
    rows: int,
    dtype: Any = np.float64,
    impute: str = "median",
    max_categories: int | None = None,
) -> Dataset:
    """Return a dataset of three numbers and two texts, with gaps, whose labels follow from them."""
    rng = np.random.default_rng(0)
    numbers = rng.normal(size=(rows, 3)).astype(dtype)
    words = rng.choice(["red", "grün", "blue", ""], size=(rows, 2)).astype(object)
    labels = np.where(numbers[:, 0] + (words[:, 0] == "red") > 0, "yes", "no").astype(object)
    if impute == "none":
        words[words == ""] = "blue"
    else:
        numbers[rng.random((rows, 3)) < 0.1] = np.nan
    frame = pd.DataFrame(numbers, columns=["a", "b", "c"]).assign(u=words[:, 0], v=words[:, 1])
    frame = frame.astype({"u": object, "v": object})
    columns = Columns("label", ["a", "b", "c"], ["u", "v"], impute, max_categories)
    return Dataset(frame, labels, np.arange(rows), None, columns)


def worded(rows: int, words: int, max_categories: int | None = None) -> Dataset:
    """Return a dataset of a number and a text with so many categories, whose label follows it."""
    rng = np.random.default_rng(0)
    codes = rng.permutation(np.arange(rows) % words)
    labels = np.where(rng.normal(size=words)[codes] > 0, "yes", "no").astype(object)
    texts = np.array([f"word {code}" for code in codes], dtype=object)
    frame = pd.DataFrame({"a": rng.normal(size=rows), "u": pd.Series(texts, dtype=object)})
    columns = Columns("label", ["a"], ["u"], "none", max_categories)
    return Dataset(frame, labels, np.arange(rows), None, columns)


def load(**changes: Any) -> Load:
    """Return the section load of params.yaml."""
    section = {
        "source": "data.csv", "task": "classification", "target": "kind", "drop": [], "categories": "none", "impute": "none",
        "dtype": "float64", "delimiter": ",", "decimal": ".", "encoding": "utf-8",
    }  # fmt: skip
    return Load.model_validate(section | changes)
