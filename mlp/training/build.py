"""Build the untrained network of a params section: prepared inputs, then the network."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MinMaxScaler,
    OneHotEncoder,
    StandardScaler,
)

from mlp.core import task
from mlp.core.dataset import Columns, Dataset
from mlp.training import sparse

SCALERS: dict[str, type] = {
    "none": FunctionTransformer,  # the identity
    "minmax": MinMaxScaler,
    "standard": StandardScaler,
}
OWN = {"class_weight", "scale", "scale_target", "verbose"}  # not arguments of scikit-learn


def build(section: Mapping[str, Any], dataset: Dataset) -> Pipeline:
    """Return the untrained network of a params section, for the columns of a dataset.

    The last step is ``mlp``. The step ``impute`` fills gaps in numbers, unless `Columns.impute` is
    none, and the step ``scale`` scales them. If there are columns of text, the step ``columns``
    holds both, beside a one-hot encoder. A text that the training rows lack counts as one of a
    column's infrequent texts, and is encoded as zeros if there are none.

    Parameters
    ----------
    section : mapping
        See `mlp.training.params.Network`. Its ``verbose`` is not passed on: `mlp.training.watch`
        prints the epochs.
    dataset : Dataset
    """
    arguments = {name: value for name, value in section.items() if name not in OWN}
    columns = dataset.columns
    steps = _steps_of_numbers(section["scale"], columns)
    if columns.texts:
        steps = [("columns", _by_kind(Pipeline(steps), dataset))]
        if not columns.numbers:
            # Without numbers skl2onnx declares float32 outputs, unless a step says otherwise.
            from skl2onnx.sklapi import CastTransformer  # noqa: PLC0415 - slow, and rarely needed

            steps.append(("double", CastTransformer(dtype=np.float64)))
    estimator = task.part("mlp.training", dataset.task).ESTIMATOR
    return Pipeline([*steps, ("mlp", estimator(**arguments))])


def _steps_of_numbers(scale: str, columns: Columns) -> list[tuple[str, Any]]:
    scaler = ("scale", SCALERS[scale]())
    if columns.impute == "none":
        return [scaler]
    # A column that is empty in a fold becomes zeros, so that every fold has the same inputs.
    imputer = SimpleImputer(strategy=columns.impute, keep_empty_features=True)
    return [("impute", imputer), scaler]


def _by_kind(numbers: Pipeline, dataset: Dataset) -> ColumnTransformer:
    columns = dataset.columns
    count = len(columns.numbers)
    is_sparse = sparse.is_sparse(dataset)
    encoder = OneHotEncoder(
        max_categories=columns.max_categories,
        handle_unknown="infrequent_if_exist",
        sparse_output=is_sparse,
        dtype=dataset.dtype,
    )
    kinds = [
        ("numbers", numbers, list(range(count))),
        ("texts", encoder, list(range(count, count + len(columns.texts)))),
    ]
    # Whether the result is sparse is decided above, not by the rows at hand.
    threshold = 1.0 if is_sparse else 0.0
    return ColumnTransformer([kind for kind in kinds if kind[2]], sparse_threshold=threshold)
