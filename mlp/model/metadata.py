"""The metadata of a model file: its columns, its arguments, and how its training went."""

import json
from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from mlp.core import task
from mlp.core.dataset import Dataset, split_kinds
from mlp.training.build import SCALERS
from mlp.training.fitted import Fitted

WITHOUT_EFFECT = ("verbose", "warm_start")  # arguments that change no result


def of(fitted: Fitted) -> dict[str, str]:
    """Return the metadata of a model file.

    The keys are ``columns`` (JSON: see `columns`), ``converged`` and ``diverged`` (true or false),
    ``parameters`` (the number of weights and biases), ``training`` (JSON: see `summary`),
    ``warnings`` (a JSON list), and those of the task: see `mlp.model.classification.metadata` and
    `mlp.model.regression.metadata`.
    """
    network = fitted.pipeline["mlp"]
    weights = [*network.coefs_, *network.intercepts_]
    found = {
        **_part(fitted).metadata(fitted),
        "columns": json.dumps(columns(fitted.rows), ensure_ascii=False),
        "converged": json.dumps(fitted.converged),
        "diverged": json.dumps(fitted.diverged),
        "parameters": str(sum(array.size for array in weights)),
        "training": json.dumps(summary(fitted)),
        "warnings": json.dumps(fitted.warned, ensure_ascii=False),
    }
    return dict(sorted(found.items()))


def columns(dataset: Dataset) -> dict[str, Any]:
    """Return the columns that a network takes, as they are in its training rows.

    The keys are target; numbers, the range [low, high] by the name of the column, or None for an
    empty one; texts, the sorted list of categories by name; impute, none or the way in which gaps
    in numbers are filled; max_categories, if there is such a limit; derived, how some are made of
    other columns, if any are: see `mlp.core.derived.Derived`; and missing, the texts that mark a
    gap, if there are any.
    """
    names = dataset.columns
    numbers, texts = split_kinds(dataset.features, len(names.numbers))
    most, derived = names.max_categories, names.derived.as_json()
    return {
        "target": names.target,
        "impute": names.impute,
        **({"missing": list(names.missing)} if names.missing else {}),
        "numbers": dict(zip(names.numbers, _ranges(numbers), strict=True)),
        "texts": {name: sorted(set(texts[:, i])) for i, name in enumerate(names.texts)},
        **({} if most is None else {"max_categories": most}),
        **({"derived": derived} if derived else {}),
    }


def summary(fitted: Fitted) -> dict[str, Any]:
    """Return the numbers that a diagnosis of the training needs besides the weights.

    The keys are rows; the scores of the training rows (see `mlp.model.classification.scores` and
    `mlp.model.regression.scores`); arguments, all that had an effect, with those that are not
    scikit-learn's; and defaults, scikit-learn's values of those that differ from them. A number
    that is not finite is None.
    """
    part = _part(fitted)
    arguments, defaults = _arguments(fitted.pipeline["mlp"])
    scale = _scale(fitted.pipeline, fitted.rows)
    return {
        "rows": len(fitted.rows.target),
        **part.scores(fitted),
        "arguments": arguments | {"scale": scale} | part.arguments(fitted),
        "defaults": defaults,
    }


def _part(fitted: Fitted) -> Any:
    return task.part("mlp.model", fitted.rows.task)


def _ranges(numbers: Any) -> list[list[float] | None]:
    """Return the range of each column, or None for one of gaps alone."""
    lowest, highest = np.fmin.reduce(numbers), np.fmax.reduce(numbers)  # which skip NaN
    return [
        None if np.isnan(low) else [float(low), float(high)]
        for low, high in zip(lowest, highest, strict=True)
    ]


def _arguments(network: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return all arguments, and the defaults of those that differ from them."""
    standard = type(network)().get_params()
    given = {n: v for n, v in network.get_params().items() if n not in WITHOUT_EFFECT}
    default = {n: standard[n] for n, v in given.items() if _as_list(v) != _as_list(standard[n])}
    return given, default


def _as_list(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _scale(pipeline: Pipeline, dataset: Dataset) -> str:
    """Return how numbers are scaled: a key of `mlp.training.build.SCALERS`."""
    if not dataset.columns.numbers:
        return "none"
    texts = dataset.columns.texts
    steps = pipeline["columns"].named_transformers_["numbers"] if texts else pipeline
    return next(name for name, kind in SCALERS.items() if isinstance(steps["scale"], kind))
