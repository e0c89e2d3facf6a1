"""Write a trained network as an ONNX file."""

from pathlib import Path
from typing import Any

import numpy as np
from onnx.helper import set_model_props
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, StringTensorType

from mlp.core import disk, task
from mlp.core.dataset import Dataset
from mlp.model import imputer, metadata, one_hot
from mlp.training.fitted import Fitted


def export(fitted: Fitted, path: Path) -> None:
    """Write a network as ONNX, with the metadata that its evaluation and its users need.

    The inputs are ``features`` (float64, or float32 if the network was trained so, shape (rows,
    numbers); a gap is NaN) and ``texts`` (text, shape (rows, texts); a gap is the empty text), each
    only if there are such columns. The outputs of a classifier are ``label`` (text, shape (rows,))
    and ``probabilities`` (shape (rows, classes), classes sorted as text), that of a regressor is
    ``value`` (shape (rows, 1), in the unit of the target). They equal scikit-learn's, numbers to
    1e-12 in float64. Equal networks give equal bytes.

    Parameters
    ----------
    fitted : Fitted
    path : Path
    """
    imputer.register()
    one_hot.register()
    part = task.part("mlp.model", fitted.rows.task)
    model = part.converted(fitted.pipeline, _inputs(fitted.rows))
    set_model_props(model, metadata.of(fitted))
    model.opset_import.sort(key=lambda opset: opset.domain)  # skl2onnx takes them from a set
    disk.write_bytes(path, model.SerializeToString(deterministic=True))


def _inputs(dataset: Dataset) -> list[tuple[str, Any]]:
    tensor = DoubleTensorType if dataset.dtype == np.float64 else FloatTensorType
    columns = dataset.columns
    inputs = [
        ("features", tensor([None, len(columns.numbers)])),
        ("texts", StringTensorType([None, len(columns.texts)])),
    ]
    return [(name, kind) for name, kind in inputs if kind.shape[1]]
