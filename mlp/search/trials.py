"""The trials of a search as a table, and the winner's margin over the runner-up."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mlp.search.candidates import Candidates
from mlp.search.scoring import Outcome
from mlp.search.strategies import plain
from mlp.search.t_test import corrected_t_test


def trials(
    results: Mapping[str, Any], candidates: Candidates, fixed: Mapping[str, Any]
) -> pd.DataFrame:
    """Return one row per candidate and rung, in the order in which they were scored.

    Parameters
    ----------
    results : mapping
        ``cv_results_`` of a search.
    candidates : Candidates
    fixed : mapping
        The arguments that all candidates share.

    Returns
    -------
    DataFrame
        The columns are candidate (from 1, as drawn), rung (from 1; a random search has one), rank
        (1 is best; NaN if a later rung scored the candidate again), mean_score and sd_score over
        the folds (NaN if a fold failed), fold_1, fold_2 and so on, n_iter (the largest of the
        folds), converged (in all folds), failed (the number of folds), why (the first failure), and
        one column per argument that was searched.
    """
    rungs = np.asarray(results.get("iter", np.zeros(len(results["params"]), int))) + 1
    drawn = [plain(arguments) for arguments in results["params"]]
    rows = [_row(candidates.outcomes({**fixed, **arguments})) for arguments in drawn]
    scores = {
        "candidate": _numbers(drawn, rungs),
        "rung": rungs,
        "mean_score": results["mean_test_score"],
        "sd_score": results["std_test_score"],
    }
    table = pd.DataFrame(scores).join(pd.DataFrame(rows))
    table.insert(2, "rank", _ranks(table))
    arguments = pd.DataFrame(drawn).map(
        lambda v: json.dumps(v) if isinstance(v, list | dict) else v
    )
    return table.join(arguments)


def runner_up(table: pd.DataFrame, ratio: float) -> dict[str, Any] | None:
    """Return the winner's margin over the second, or None if the last rung has no second.

    Parameters
    ----------
    table : DataFrame
        See `trials`.
    ratio : float
        Rows of a fold divided by its training rows.

    Returns
    -------
    dict
        candidate, its mean_score, difference (the winner's score minus its own) and p_value: see
        `mlp.search.t_test.corrected_t_test`.
    """
    last = table[(table["rung"] == table["rung"].max()) & table["mean_score"].notna()]
    if len(last) < 2:  # noqa: PLR2004 - a winner and a second
        return None
    first, second = last.sort_values(["rank", "candidate"]).head(2).index
    folds = [name for name in table.columns if name.startswith("fold_")]
    differences = (table.loc[first, folds] - table.loc[second, folds]).astype(float)
    return {
        "candidate": int(table.loc[second, "candidate"]),
        "mean_score": float(table.loc[second, "mean_score"]),
        "difference": float(differences.mean()),
        "p_value": corrected_t_test(differences.tolist(), ratio),
    }


def _row(outcomes: list[Outcome]) -> dict[str, Any]:
    failures = [outcome.failure for outcome in outcomes if outcome.failure]
    return {
        **{f"fold_{fold + 1}": outcome.score for fold, outcome in enumerate(outcomes)},
        "n_iter": max(outcome.fit.n_iter for outcome in outcomes),
        "converged": all(outcome.fit.converged for outcome in outcomes),
        "failed": len(failures),
        "why": failures[0] if failures else "",
    }


def _numbers(drawn: list[dict[str, Any]], rungs: Any) -> list[int]:
    """Return the number of each candidate: its place in the first rung."""
    names = [json.dumps({**arguments, "max_iter": 0}, sort_keys=True) for arguments in drawn]
    if rungs.max() == 1:
        return list(range(1, len(drawn) + 1))
    first = [name for name, rung in zip(names, rungs, strict=True) if rung == 1]
    return [
        i + 1 if rung == 1 else first.index(name) + 1
        for i, (name, rung) in enumerate(zip(names, rungs, strict=True))
    ]


def _ranks(table: pd.DataFrame) -> pd.Series:
    """Rank candidates by the last rung that scored each, and within a rung by score."""
    last = table[~table["candidate"].duplicated(keep="last")]
    ranks = last.groupby("rung")["mean_score"].rank(
        ascending=False, method="min", na_option="bottom"
    )
    ahead = [int((last["rung"] > rung).sum()) for rung in last["rung"]]
    return (ranks + ahead).reindex(table.index).astype("Int64")
