"""Summarise a search: its winner as metrics, its trials as a plot."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from mlp.core import params_file
from mlp.core.files import read_csv
from mlp.core.json_file import read_json, rounded

NOTHING = pd.DataFrame(columns=["candidate", "mean_score", "best_so_far"])  # without a search
SCORES = ["candidate", "rung", "rank", "mean_score", "sd_score"]
COURSE = ["n_iter", "converged", "failed", "why"]


def read(folder: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Read what a search wrote; return its trials and their `summary`."""
    best = folder / "best.yaml"
    section = next(iter(params_file.parse(best).values()))
    table = read_csv(folder / "trials.csv")
    return table, summary(table, section, read_json(folder / "answer.json"))


def summary(
    trials: pd.DataFrame, best: Mapping[str, Any], answer: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the winner's cross-validated score and its arguments: metrics/search.json.

    Parameters
    ----------
    trials : DataFrame
        See `mlp.search.trials.trials`.
    best : mapping
        The winner's params section. Its numbers keep 6 significant digits.
    answer : mapping
        See `mlp.search.search.SearchResult`.
    """
    ranked = trials[trials["rank"].notna()].sort_values("rank")
    winner = ranked.iloc[0]
    return {
        "cv_score": rounded(float(winner["mean_score"])),
        "cv_score_sd": rounded(float(winner["sd_score"])),
        "candidate": int(winner["candidate"]),
        "candidates": len(ranked),
        "failed": int(ranked["mean_score"].isna().sum()),
        "unconverged": int((~ranked["converged"]).sum()),
        **answer,
        "best": {name: _shortened(value) for name, value in best.items()},
    }


def progress(trials: pd.DataFrame) -> pd.DataFrame:
    """Return the trials in order, with the best score so far and without the folds.

    Arguments that are numbers become texts of 6 significant digits, because the fixed decimals of a
    score would round a small one to 0.
    """
    first = trials[SCORES].assign(best_so_far=trials["mean_score"].cummax())
    folds = [name for name in trials.columns if name.startswith("fold_")]
    arguments = trials.drop(columns=[*SCORES, *folds, *COURSE])
    return first.join(trials[COURSE]).join(arguments.map(_as_text))


def arguments(table: pd.DataFrame) -> list[str]:
    """Return the arguments that were searched: the remaining columns of `progress`."""
    known = {*SCORES, *COURSE, "best_so_far", "max_iter" if table["rung"].max() > 1 else ""}
    return [name for name in table.columns if name not in known]


def _shortened(value: Any) -> Any:
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _as_text(value: Any) -> Any:
    return f"{value:.6g}" if isinstance(value, float) else value
