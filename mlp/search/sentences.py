"""Describe the result of a search, and how certain it is, in sentences."""

import json
from collections.abc import Mapping
from typing import Any

LEVEL = 0.05  # a difference with a larger p value may be chance


def sentences(search: Mapping[str, Any], names: list[str] | None = None) -> list[str]:
    """Return the sentences that metrics/search.json comes to.

    Parameters
    ----------
    search : mapping
        See `mlp.search.summary.summary`.
    names : list of str, optional
        The arguments of the winner to name; all by default.
    """
    best = search["best"]
    arguments = ", ".join(f"{name} {json.dumps(best[name])}" for name in names or best)
    winner = (
        f"Candidate {search['candidate']} of {search['candidates']} is the best combination: "
        f"{search['scoring']} {search['cv_score']:.4f} in cross-validation (standard deviation "
        f"over the folds {search['cv_score_sd']:.4f}), with {arguments}."
    )
    return [
        winner,
        _runner_up(search["runner_up"]),
        *_importance(search["importance"]),
        *_failed(search),
    ]


def _runner_up(second: Mapping[str, Any] | None) -> str:
    if second is None:
        return "No other candidate was trained to the end, so its margin is not known."
    margin = (
        f"It is {second['difference']:.4f} ahead of the runner-up, candidate {second['candidate']}"
    )
    if second["p_value"] is None:
        return f"{margin}, by the same in every fold, which no test can tell from chance."
    test = f"(corrected resampled t test, p = {second['p_value']:.2g})"
    if second["p_value"] < LEVEL:
        return f"{margin}, more than the folds differ by chance {test}."
    return (
        f"{margin}, no more than the folds differ by chance {test}: the two cannot be told apart."
    )


def _importance(importance: Mapping[str, Any] | None) -> list[str]:
    if importance is None:
        return []
    if importance["r2"] <= 0:
        return ["There are too few candidates to tell which arguments matter."]
    clear = [
        f"{name} ({argument['share']:.2f} ± {argument['standard_error']:.2f})"
        for name, argument in importance["arguments"].items()
        if argument["p_value"] < LEVEL
    ]
    if not clear:
        return ["No argument has a clear effect on the score."]
    most = (
        f"The score depends most on {', '.join(clear)}: the share of its variance that a forest of "
        "trees explains less once the argument is shuffled. With none shuffled it explains "
        f"{importance['r2']:.2f}."
    )
    return [most]


def _failed(search: Mapping[str, Any]) -> list[str]:
    if not search["failed"]:
        return []
    return [f"{search['failed']} candidates could not be trained; the trials say why."]
