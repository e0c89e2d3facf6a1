"""Compare a network's confidence with how often it is right."""

import numpy as np
import pandas as pd

from mlp.evaluate.statistics.wilson import wilson

BINS = 10


def bins(predictions: pd.DataFrame) -> pd.DataFrame:
    """Group test rows by confidence, in ten bins of equal width.

    Parameters
    ----------
    predictions : DataFrame
        See `mlp.core.predictions.predictions`; rows without a finite confidence are left out.

    Returns
    -------
    DataFrame
        A line for each bin that holds rows: low and high, its bounds; rows; confidence, their mean;
        accuracy, the share of them that is right, with its Wilson 95 % interval, accuracy_low and
        accuracy_high.
    """
    known = predictions[predictions["confidence"].notna()]
    place = np.minimum((known["confidence"] * BINS).astype(int), BINS - 1)
    right = known["actual"] == known["predicted"]
    found = []
    for number in sorted(set(place)):
        rows = known[place == number]
        hits = int(right[rows.index].sum())
        low, high = wilson(hits, len(rows))
        found.append(
            {
                "low": int(number) / BINS,
                "high": (int(number) + 1) / BINS,
                "rows": len(rows),
                "confidence": float(rows["confidence"].mean()),
                "accuracy": hits / len(rows),
                "accuracy_low": low,
                "accuracy_high": high,
            }
        )
    return pd.DataFrame(found)


def expected_error(table: pd.DataFrame) -> float | None:
    """Return the expected calibration error: how far accuracy is from confidence, a row on average.

    None where there are no rows. Parameters: see `bins`.

    Notes
    -----
    Guo et al. (2017), https://proceedings.mlr.press/v70/guo17a.html, equation 3.
    """
    if table.empty:
        return None
    distance = (table["accuracy"] - table["confidence"]).abs()
    return float((distance * table["rows"]).sum() / table["rows"].sum())
