"""The interval of a share that was counted."""

from scipy.stats import binomtest


def wilson(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion; NaN twice when there are no trials.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953, as `scipy.stats` computes it.
    """
    if trials == 0:
        return float("nan"), float("nan")
    interval = binomtest(successes, trials).proportion_ci(confidence, method="wilson")
    return float(interval.low), float(interval.high)
