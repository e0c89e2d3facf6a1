"""Sum up a search: its winner as metrics, its trials as a plot."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mlp.tables import rounded

SCORES = ["candidate", "rank", "mean_score", "sd_score"]


def summary(trials: pd.DataFrame, best: Mapping[str, Any]) -> dict[str, Any]:
    """Return the winner's cross-validated score and its arguments.

    Parameters
    ----------
    trials : DataFrame
        One row a candidate: candidate, rank, mean_score, sd_score and more.
    best : mapping
        The winner's params section. Its numbers keep 6 significant digits.
    """
    winner = trials.sort_values("rank").iloc[0]
    return {
        "cv_score": rounded(float(winner["mean_score"])),
        "cv_score_sd": rounded(float(winner["sd_score"])),
        "candidate": int(winner["candidate"]),
        "candidates": len(trials),
        "failed": int(trials["mean_score"].isna().sum()),
        "best": {name: _shortened(value) for name, value in best.items()},
    }


def progress(trials: pd.DataFrame) -> pd.DataFrame:
    """Return the candidates in the order drawn with the best score so far."""
    return trials[SCORES].assign(best_so_far=trials["mean_score"].cummax())


def _shortened(value: Any) -> Any:
    return float(f"{value:.6g}") if isinstance(value, float) else value
