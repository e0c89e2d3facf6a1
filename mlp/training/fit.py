"""Fit a network, and collect its loss curve and the warnings of its training."""

import math
import warnings
from collections.abc import Mapping
from typing import Any, TextIO

import numpy as np
import pandas as pd
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline

from mlp.core import numerics, task
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.training import capacity, class_weight, unused_arguments
from mlp.training.build import build
from mlp.training.fitted import Fitted
from mlp.training.watch import EpochLog, watching

CLIPPED = "Got `batch_size` less than 1 or larger than sample size"
NOT_FINITE = "Solver produced non-finite parameter weights"


def fit(
    section: Mapping[str, Any],
    dataset: Dataset,
    *,
    name: str = "network",
    halts: bool = False,
    log: TextIO | None = None,
) -> Fitted:
    """Train the network of a params section.

    Parameters
    ----------
    section : mapping
        See `mlp.training.params.Network`.
    dataset : Dataset
        The training rows.
    name : str
        The section, as a sentence names it.
    halts : bool
        Whether to abandon a network as soon as its loss is not finite.
    log : text file, optional
        Where to print the loss of the first, the last and every twentieth epoch, or of every epoch
        if the section has ``verbose: true``.

    Raises
    ------
    FloatingPointError
        If it is abandoned.
    KeyboardInterrupt
        On Ctrl-C, where scikit-learn warns and keeps the half-trained network.
    InputError
        If scikit-learn refuses the data, for example too few rows for early stopping, or the
        network has too many weights.
    """
    capacity.check(name, section, dataset)
    numerics.keep_memory()
    pipeline = build(section, dataset)
    weights = class_weight.given(section)
    network = pipeline["mlp"]
    epoch_log = EpochLog(log, every_epoch=section.get("verbose", False)) if log else None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with watching(network, halts=halts, log=epoch_log):
            finite = _fit(pipeline, dataset, section)
    history = _history(network)
    return Fitted(
        pipeline,
        history,
        stopped=not any(warning.category is ConvergenceWarning for warning in caught),
        finite=finite and bool(np.isfinite(history["loss"]).all()),
        warned=[*_warnings(network, caught), *class_weight.sentences(weights, dataset.target)],
        rows=dataset,
        scale_target=section.get("scale_target", "none"),
        class_weight=weights,
    )


def _fit(pipeline: Pipeline, dataset: Dataset, section: Mapping[str, Any]) -> bool:
    """Fit in place and return whether all weights are finite; scikit-learn refuses such a model."""
    try:
        task.part("mlp.training", dataset.task).fit(pipeline, dataset, section)
    except ValueError as error:
        if NOT_FINITE not in str(error):
            raise InputError(f"scikit-learn cannot train this network: {error}") from None
        return False
    return True


def _history(network: Any) -> pd.DataFrame:
    losses = getattr(network, "loss_curve_", [network.loss_])
    first = network.n_iter_ - len(losses) + 1
    return pd.DataFrame(
        {
            "iteration": range(first, first + len(losses)),
            "loss": losses,
            "validation_score": getattr(network, "validation_scores_", None) or math.nan,
        }
    )


def _warnings(network: Any, caught: list[warnings.WarningMessage]) -> list[str]:
    """Return a sentence for each argument without effect, and scikit-learn's own warnings."""
    texts = [str(warning.message) for warning in caught if warning.category is UserWarning]
    clipped = (
        f"batch_size is {network.batch_size}, more than the training rows: each step takes all "
        "of them."
    )
    return [
        *unused_arguments.sentences(network),
        *(clipped if text.startswith(CLIPPED) else text for text in texts),
    ]
