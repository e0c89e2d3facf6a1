"""Functions that the stages and the commands share, one package a concern; and load_model."""

from importlib import import_module
from typing import Any

__all__ = ["load_model"]


def load_model(name: str | None = None, *, unchecked: bool = False) -> Any:
    """Return a network that predicts the rows of a pandas DataFrame.

    It has ``predict``, ``feature_names_in_`` and ``n_features_in_`` and, if it predicts labels,
    ``predict_proba`` and ``classes_``, with the meaning that they have in scikit-learn, which it
    does without. A DataFrame has the raw columns of the training, matched by name: gaps are filled,
    texts encoded and numbers scaled by the network itself.

    Parameters
    ----------
    name : str, optional
        A network of the project that the working directory is in, such as ``tuned``, or a file that
        ends in .onnx. Without it, the network of gate.model.
    unchecked : bool
        Take the file even if it is not the one that dvc.lock records.

    Raises
    ------
    mlp.core.errors.InputError
        If there is no such network, or its file is not one that the pipeline wrote.
    """
    return import_module("mlp.predict.loaded").load(name, unchecked=unchecked)
