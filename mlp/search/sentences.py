"""Say in words what a search found, and how sure it is."""

import json
from collections.abc import Mapping
from typing import Any

NOISE = 0.05  # p value from which a difference may be chance


def sentences(search: Mapping[str, Any], names: list[str] | None = None) -> list[str]:
    """Return what metrics/search.json says.

    Parameters
    ----------
    search : mapping
        See `mlp.search.summary.summary`.
    names : list of str, optional
        The arguments of the winner to tell; all of them without it.
    """
    best = search["best"]
    told = ", ".join(f"{name} {json.dumps(best[name])}" for name in names or best)
    winner = (
        f"Candidate {search['candidate']} of {search['candidates']} is the best combination: "
        f"{search['scoring']} {search['cv_score']:.4f} in cross-validation (standard deviation "
        f"over the folds {search['cv_score_sd']:.4f}), with {told}."
    )
    return [
        winner,
        _runner_up(search["runner_up"]),
        *_importance(search["importance"]),
        *_failed(search),
    ]


def _runner_up(second: Mapping[str, Any] | None) -> str:
    if second is None:
        return "No other candidate was judged alike, so how far it is ahead is not known."
    ahead = (
        f"It is {second['difference']:.4f} ahead of the runner-up, candidate {second['candidate']}"
    )
    if second["p_value"] is None:
        return f"{ahead}, by as much in every fold, which no test can tell from chance."
    test = f"(corrected resampled t test, p = {second['p_value']:.2g})"
    if second["p_value"] < NOISE:
        return f"{ahead}, more than the folds differ by chance {test}."
    return f"{ahead}, no more than the folds differ by chance {test}: the two cannot be told apart."


def _importance(importance: Mapping[str, Any] | None) -> list[str]:
    if importance is None:
        return []
    if importance["r2"] <= 0:
        return ["The candidates are too few to tell which of the arguments matter."]
    clear = [
        f"{name} ({found['share']:.2f} ± {found['standard_error']:.2f})"
        for name, found in importance["arguments"].items()
        if found["share"] > 2 * found["standard_error"]
    ]
    if not clear:
        return ["No argument stands out by its effect on the score."]
    most = (
        f"The score depends most on {', '.join(clear)}: by how much, in shares of its variance, "
        f"a forest of trees predicts it worse with that argument shuffled; it explains "
        f"{importance['r2']:.2f} with none shuffled."
    )
    return [most]


def _failed(search: Mapping[str, Any]) -> list[str]:
    if not search["failed"]:
        return []
    return [f"{search['failed']} candidates could not be trained; the trials say why."]
