"""Find the arguments of a network on which the score of a search depends."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import t as student_t
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.model_selection import KFold

FEWEST = 10  # candidates that a surrogate needs
FOLDS, TREES, REPEATS = 5, 50, 20


def of_arguments(table: pd.DataFrame, names: Sequence[str]) -> dict[str, Any] | None:
    """Return how much of the score's variance each argument explains.

    A forest of trees learns the score from the arguments of four fifths of the candidates, and
    predicts it for the others. An argument is as important as this prediction gets worse when its
    values are shuffled among them.

    Parameters
    ----------
    table : DataFrame
        See `mlp.search.trials.trials`. Only its first rung counts, in which all candidates are
        trained for equally many epochs.
    names : sequence of str
        The arguments that were searched.

    Returns
    -------
    dict or None
        r2, the share of the variance among unseen candidates that the forest explains (0 or less if
        none); and arguments, by name: share, the mean over the five parts, standard_error, of that
        mean, and p_value, of Student's t test that the share is not above 0, with Holm's correction
        for the number of arguments. None with fewer than FEWEST candidates, or if all have the same
        score.

    Notes
    -----
    https://scikit-learn.org/stable/modules/permutation_importance.html
    """
    scored = table[(table["rung"] == 1) & table["mean_score"].notna()]
    score = scored["mean_score"].to_numpy(np.float64)
    if len(score) < FEWEST or score.var() == 0:
        return None
    inputs = np.column_stack([codes(scored[name]) for name in sorted(names)])
    residuals, shares = np.empty_like(score), []
    for others, part in KFold(FOLDS, shuffle=True, random_state=0).split(inputs):
        forest = ExtraTreesRegressor(TREES, random_state=0).fit(inputs[others], score[others])
        residuals[part] = score[part] - forest.predict(inputs[part])
        shuffled = _shuffled(inputs[part])
        predicted = forest.predict(shuffled.reshape(-1, len(names))).reshape(shuffled.shape[:-1])
        error = np.mean((score[part] - predicted) ** 2, axis=(1, 2))
        shares.append((error - np.mean(residuals[part] ** 2)) / score.var())
    mean = np.mean(shares, axis=0)
    standard_error = np.std(shares, axis=0, ddof=1) / np.sqrt(FOLDS)
    p_values = _p_values(mean, standard_error)
    order = sorted(range(len(names)), key=lambda i: (-mean[i], i))
    return {
        "r2": float(1 - np.mean(residuals**2) / score.var()),
        "arguments": {
            sorted(names)[i]: {
                "share": float(mean[i]),
                "standard_error": float(standard_error[i]),
                "p_value": p_values[i],
            }
            for i in order
        },
    }


def _p_values(
    mean: npt.NDArray[np.float64], standard_error: npt.NDArray[np.float64]
) -> list[float]:
    """Return the one-sided p value of each mean over FOLDS parts, with Holm's correction.

    The correction is written out, because `mlp.evaluate`, which has it, would be a dependency of
    the search.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.nan_to_num(mean / standard_error, nan=0.0)  # 0 / 0: never used
    p_values = student_t.sf(statistic, FOLDS - 1)
    order = np.argsort(p_values, kind="stable")
    raised = np.maximum.accumulate(p_values[order] * np.arange(len(order), 0, -1))
    corrected = dict(zip(order.tolist(), np.minimum(raised, 1.0).tolist(), strict=True))
    return [corrected[i] for i in range(len(order))]


def _shuffled(inputs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the rows with each argument shuffled, shape (arguments, REPEATS, rows, arguments).

    All are predicted at once, because the time of a forest depends on calls more than on rows.
    """
    rows, arguments = inputs.shape
    generator = np.random.default_rng(0)
    shuffled = np.broadcast_to(inputs, (arguments, REPEATS, rows, arguments)).copy()
    for argument in range(arguments):
        for repeat in range(REPEATS):
            shuffled[argument, repeat, :, argument] = generator.permutation(inputs[:, argument])
    return shuffled


def codes(values: pd.Series) -> npt.NDArray[np.float64]:
    """Return the values of an argument as numbers; a text becomes its position in sorted order."""
    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy(np.float64)
    texts = values.astype(str)
    order = sorted(set(texts), key=lambda text: (len(text), text))
    positions = {text: i for i, text in enumerate(order)}
    return np.array([positions[text] for text in texts], dtype=np.float64)
