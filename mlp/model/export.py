"""Write a trained network as an ONNX file."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from onnx.helper import set_model_props
from skl2onnx import to_onnx
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, StringTensorType

from mlp.core.dataset import Dataset, split_kinds
from mlp.core.predictions import commonest
from mlp.model import imputer
from mlp.model import metadata as training
from mlp.training.network import Fitted


def export(fitted: Fitted, dataset: Dataset, path: Path) -> None:
    """Write a network, with what its evaluation and its users must know of its training.

    The file's inputs are ``features`` (float64, or float32 where the network was trained so, shape
    (rows, numbers); a gap is NaN) and ``texts`` (text, shape (rows, texts); a gap is the empty
    text), each only where there are such columns. Its outputs are ``label`` (text, shape (rows,))
    and ``probabilities`` (shape (rows, classes), classes sorted as text). Both equal
    scikit-learn's, the probabilities to 1e-12 in float64. Its metadata are ``classes`` (a JSON
    list), ``columns`` (see `describe`), ``majority`` (the commonest training label, of equals the
    first as text), ``parameters`` (how many weights and biases), ``converged`` and ``diverged``
    (true or false), ``training`` (JSON: see `mlp.model.metadata.summary`), and ``warnings`` (a JSON
    list).

    Parameters
    ----------
    fitted : Fitted
    dataset : Dataset
        The rows that it was trained on.
    path : Path
    """
    imputer.register()
    classifier = fitted.pipeline["mlp"]
    numbers, texts = split_kinds(dataset.features, len(dataset.columns.numbers))
    tensor = DoubleTensorType if dataset.dtype == np.float64 else FloatTensorType
    inputs = [
        ("features", tensor([None, numbers.shape[1]])),
        ("texts", StringTensorType([None, texts.shape[1]])),
    ]
    model = to_onnx(
        fitted.pipeline,
        initial_types=[(name, kind) for name, kind in inputs if kind.shape[1]],
        options={"zipmap": False},
    )
    metadata = {
        "classes": json.dumps(list(classifier.classes_), ensure_ascii=False),
        "columns": json.dumps(describe(dataset), ensure_ascii=False),
        "converged": json.dumps(fitted.converged),
        "diverged": json.dumps(fitted.diverged),
        "majority": commonest(dataset.labels)[0],
        "parameters": str(sum(array.size for array in classifier.coefs_ + classifier.intercepts_)),
        "training": json.dumps(training.summary(fitted.pipeline, dataset)),
        "warnings": json.dumps(fitted.warned, ensure_ascii=False),
    }
    set_model_props(model, metadata)
    model.opset_import.sort(key=lambda opset: opset.domain)  # skl2onnx takes them from a set
    path.write_bytes(model.SerializeToString(deterministic=True))


def describe(dataset: Dataset) -> dict[str, Any]:
    """Return the columns that a network takes, as its training rows had them.

    The keys are target; numbers, with the range [low, high] by the name of the column; texts, with
    the sorted list of categories by name; and impute, none or how gaps in numbers are filled.
    """
    columns = dataset.columns
    numbers, texts = split_kinds(dataset.features, len(columns.numbers))
    return {
        "target": columns.target,
        "impute": columns.impute,
        "numbers": {name: _range(numbers[:, i]) for i, name in enumerate(columns.numbers)},
        "texts": {name: sorted(set(texts[:, i])) for i, name in enumerate(columns.texts)},
    }


def _range(values: Any) -> list[float] | None:
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    return [float(known.min()), float(known.max())]
