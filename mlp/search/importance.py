"""Which arguments of a network the score of a search depends on."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.model_selection import KFold

FEWEST = 10  # candidates from which a surrogate is fitted
FOLDS, TREES, REPEATS = 5, 50, 20


def of_arguments(table: pd.DataFrame, names: Sequence[str]) -> dict[str, Any] | None:
    """Return how much of the score's variance each argument explains.

    A forest of trees learns the score from the arguments on four fifths of the candidates, and
    predicts it for the others; an argument matters as far as that gets worse when its values are
    shuffled among these.

    Parameters
    ----------
    table : DataFrame
        See `trials.trials`. The first rung counts, where all candidates had equal epochs.
    names : sequence of str
        The arguments that were searched.

    Returns
    -------
    dict or None
        r2, the share of the variance that the forest explains of candidates that it has not seen (0
        or less if none); and arguments, by name: share, the mean over the five parts, and
        standard_error, by which the parts differ. None with fewer than FEWEST candidates, or where
        all score alike.

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
        guesses = forest.predict(shuffled.reshape(-1, len(names))).reshape(shuffled.shape[:-1])
        worse = score[part] - guesses
        loss = np.mean(worse**2, axis=(1, 2)) - np.mean(residuals[part] ** 2)
        shares.append(loss / score.var())
    mean, error = np.mean(shares, axis=0), np.std(shares, axis=0, ddof=1) / np.sqrt(FOLDS)
    order = sorted(range(len(names)), key=lambda i: (-mean[i], i))
    return {
        "r2": float(1 - np.mean(residuals**2) / score.var()),
        "arguments": {
            sorted(names)[i]: {"share": float(mean[i]), "standard_error": float(error[i])}
            for i in order
        },
    }


def _shuffled(inputs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the rows with each argument shuffled, of shape (arguments, REPEATS, rows, arguments).

    All of them at once, since a forest takes its time a call and not a row.
    """
    rows, arguments = inputs.shape
    generator = np.random.default_rng(0)
    shuffled = np.broadcast_to(inputs, (arguments, REPEATS, rows, arguments)).copy()
    for argument in range(arguments):
        for repeat in range(REPEATS):
            shuffled[argument, repeat, :, argument] = generator.permutation(inputs[:, argument])
    return shuffled


def codes(values: pd.Series) -> npt.NDArray[np.float64]:
    """Return the values of an argument as numbers: what is no number by its place in order."""
    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy(np.float64)
    texts = values.astype(str)
    places = {text: i for i, text in enumerate(sorted(set(texts), key=lambda t: (len(t), t)))}
    return np.array([places[text] for text in texts], dtype=np.float64)
