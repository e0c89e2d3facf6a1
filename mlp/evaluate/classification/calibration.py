"""Compare a network's confidence with how often it is right."""

from collections.abc import Mapping, Sequence

import numpy as np

from mlp.core.files import Arrays, Floats
from mlp.core.predictions import group_codes
from mlp.evaluate.statistics import design

BINS = 10


def bins(predictions: Arrays) -> list[dict[str, float]]:
    """Group test rows by confidence, in ten bins of equal width.

    Parameters
    ----------
    predictions : Arrays
        See `mlp.core.predictions.predictions`; rows without a finite confidence are left out.

    Returns
    -------
    list of dict
        For each bin that holds rows: low and high, its bounds; rows; confidence, their mean;
        accuracy, the share of them that is right, with its Wilson 95 % interval, accuracy_low and
        accuracy_high.
    """
    known = np.isfinite(predictions["confidence"])
    confidence = predictions["confidence"][known]
    right = (predictions["actual"] == predictions["predicted"])[known]
    groups = group_codes(predictions)
    groups = None if groups is None else groups[known]
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    found = []
    for number in np.unique(place).tolist():
        rows = np.flatnonzero(place == number)
        hits = int(right[rows].sum())
        low, high = design.interval(
            right[rows].astype(np.float64), None if groups is None else groups[rows]
        )
        found.append(
            {
                "low": number / BINS,
                "high": (number + 1) / BINS,
                "rows": len(rows),
                "confidence": float(confidence[rows].mean()),
                "accuracy": hits / len(rows),
                "accuracy_low": low,
                "accuracy_high": high,
            }
        )
    return found


def means(bins: Sequence[Mapping[str, float]]) -> tuple[float, float]:
    """Return the mean confidence and the accuracy over the rows of all bins; see `bins`."""
    rows, confidence, accuracy = _columns(bins)
    return float(np.average(confidence, weights=rows)), float(np.average(accuracy, weights=rows))


def expected_error(bins: Sequence[Mapping[str, float]]) -> float | None:
    """Return the expected calibration error: how far accuracy is from confidence, a row on average.

    None where there are no rows. Parameters: see `bins`.

    Notes
    -----
    Guo et al. (2017), https://proceedings.mlr.press/v70/guo17a.html, equation 3.
    """
    if not bins:
        return None
    rows, confidence, accuracy = _columns(bins)
    return float(np.average(np.abs(accuracy - confidence), weights=rows))


def _columns(bins: Sequence[Mapping[str, float]]) -> Floats:
    return np.array([[one[key] for one in bins] for key in ("rows", "confidence", "accuracy")])
