"""Weigh training rows by their class, so that errors on a rare class cost more."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from sklearn.utils.class_weight import compute_sample_weight

from mlp.core.errors import InputError
from mlp.core.files import Floats, Target

KEY, NONE, BALANCED = "class_weight", "none", "balanced"


def given(section: Mapping[str, Any]) -> Any:
    """Return the class weights of a params section, None if it has none."""
    weights = section.get(KEY, NONE)
    return None if weights == NONE else weights


def of_rows(weights: str | Mapping[str, float] | None, labels: Target) -> Floats | None:
    """Return the weight of each row, shape (rows,); None without class weights.

    Parameters
    ----------
    weights : str, mapping or None
        ``balanced`` weighs a row by rows / (classes * rows of its class), of these rows; a mapping
        by the weight of its label, or 1 for a label without one.
    labels : ndarray of str objects, shape (rows,)

    Notes
    -----
    https://scikit-learn.org/stable/modules/generated/sklearn.utils.class_weight.compute_sample_weight.html
    """
    if weights is None:
        return None
    if isinstance(weights, str):
        balanced: Floats = compute_sample_weight(weights, labels)
        return balanced
    return np.array([weights.get(label, 1.0) for label in labels], dtype=np.float64)


def check(section: Mapping[str, Any], labels: Target, prefix: str) -> None:
    """Raise InputError if a weight is for a label that the train split lacks.

    Parameters
    ----------
    section : mapping
        The arguments of a network, or of several: a list of class weights is a choice.
    labels : ndarray of str objects, shape (rows,)
        The target of the whole train split: a fold may lack a rare class.
    prefix : str
        The name of the section.
    """
    value = section.get(KEY)
    known = sorted(set(labels))
    for weights in value if isinstance(value, list) else [value]:
        unknown = set(weights) - set(known) if isinstance(weights, Mapping) else ()
        for label in sorted(unknown)[:1]:
            raise InputError(
                f"{prefix}.{KEY} has a weight for {label}, a label that no training row has; "
                f"their labels are {', '.join(known)}."
            )


def sentences(weights: str | Mapping[str, float] | None, labels: Target) -> Iterator[str]:
    """Yield a sentence if a mapping leaves out labels of the training rows; they weigh 1."""
    without = sorted(set(labels) - set(weights)) if isinstance(weights, Mapping) else []
    if without:
        yield f"{KEY} has no weight for {', '.join(without)}: such a row weighs 1."
