"""Write a trained network as an ONNX file."""

import json
from collections import Counter
from pathlib import Path

from onnx.helper import set_model_props
from skl2onnx import to_onnx
from skl2onnx.common.data_types import DoubleTensorType

from mlp.network import Fitted
from mlp.tables import Labels


def export(fitted: Fitted, labels: Labels, path: Path) -> None:
    """Write a network in double precision, with what its evaluation must know of its training.

    The file's input is ``features`` (float64, shape (rows, features)); its outputs are ``label``
    (text, shape (rows,)) and ``probabilities`` (float64, shape (rows, classes), classes sorted as
    text). Both equal scikit-learn's, the probabilities to 1e-12. Its metadata are ``classes``
    (a JSON list), ``majority`` (the commonest training label, of equals the first as text),
    ``parameters`` (how many weights and biases), ``converged`` and ``diverged`` (true or false).

    Parameters
    ----------
    fitted : Fitted
    labels : ndarray of str objects, shape (rows,)
        The training labels.
    path : Path
    """
    classifier = fitted.pipeline["mlp"]
    model = to_onnx(
        fitted.pipeline,
        initial_types=[("features", DoubleTensorType([None, classifier.n_features_in_]))],
        options={"zipmap": False},
    )
    counts = Counter(sorted(labels))
    metadata = {
        "classes": json.dumps(list(classifier.classes_), ensure_ascii=False),
        "converged": json.dumps(fitted.converged),
        "diverged": json.dumps(fitted.diverged),
        "majority": counts.most_common(1)[0][0],
        "parameters": str(sum(array.size for array in classifier.coefs_ + classifier.intercepts_)),
    }
    set_model_props(model, metadata)
    model.opset_import.sort(key=lambda opset: opset.domain)  # skl2onnx takes them from a set
    path.write_bytes(model.SerializeToString(deterministic=True))
