"""Populations of rows that two networks predict, to draw samples from in simulations."""

import numpy as np

from mlp.core.files import Arrays

ROWS = 200_000


def table(actual: np.ndarray, predicted: np.ndarray, brier: np.ndarray | float) -> Arrays:
    """Return predictions with a Brier score a row."""
    scores = np.broadcast_to(brier, len(actual))
    return {"actual": actual, "predicted": predicted, "brier_score": scores}


def scores(
    sureness: float, mean: float, spread: float, shift: float
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return the Brier score and the log loss of each row, before and after.

    Rows have a margin; a network sees it with an error of its own and multiplies it by its
    sureness. The later network sees it smaller by the shift.
    """
    rng = np.random.default_rng(0)
    margin = rng.normal(mean, 1, ROWS)
    seen = [sureness * (margin + rng.normal(-by, spread, ROWS)) for by in (0, shift)]
    loss = [np.minimum(np.logaddexp(0, -logit), 36.0) for logit in seen]
    brier = [2 * (1 - np.exp(-row)) ** 2 for row in loss]
    return {"brier_score": (brier[0], brier[1]), "log_loss": (loss[0], loss[1])}


def labels(shares: list[float], discordance: float, effect: float, accuracy: float) -> np.ndarray:
    """Return the chance of each actual, old and new label, shape (labels, labels, labels)."""
    broken, fixed = (discordance + effect) / 2, (discordance - effect) / 2
    both_wrong = 1 - accuracy - broken
    number = len(shares)
    chances = np.zeros((number,) * 3)
    for a, share in enumerate(shares):
        chances[a, a, a] = share * (1 - broken - fixed - both_wrong)
        for other in set(range(number)) - {a}:
            each = share / (number - 1)
            chances[a, a, other] = each * broken
            chances[a, other, a] = each * fixed
            chances[a, other, other] = each * both_wrong
    return chances
