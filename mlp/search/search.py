"""Search a network's arguments by cross-validation, and say how certain the winner is."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mlp.core import disk, json_file, params_file, task
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.stage import warn
from mlp.fits.memory import FitMemory
from mlp.search import strategies
from mlp.search.candidates import Candidates
from mlp.search.params import Search
from mlp.search.scoring import Scorer
from mlp.search.trials import runner_up, trials
from mlp.training import class_weight
from mlp.training.folds import repeated


@dataclass(frozen=True)
class SearchResult:
    """The winner of a search, its trials, and how certain it is.

    Attributes
    ----------
    best : dict
        The winner's params section: the fixed arguments and the drawn ones.
    trials : DataFrame
        See `mlp.search.trials.trials`.
    answer : dict
        How far the winner is ahead, and which arguments matter: data/search/answer.json.
    """

    best: dict[str, Any]
    trials: pd.DataFrame
    answer: dict[str, Any]

    def write(self, folder: Path, names: Sequence[str]) -> None:
        """Write best.yaml, with the winner as the section of each name, trials.csv, answer.json."""
        params_file.write(folder / "best.yaml", dict.fromkeys(names, self.best))
        with disk.named(folder / "trials.csv"):
            self.trials.to_csv(folder / "trials.csv", index=False, lineterminator="\n")
        json_file.write_json(json_file.rounded(self.answer), folder / "answer.json")


def search(params: Search, dataset: Dataset, memory: FitMemory | None = None) -> SearchResult:
    """Draw candidates, cross-validate each, and choose the best.

    Parameters
    ----------
    params : Search
    dataset : Dataset
        The train split. With groups, the rows of each group are in one fold.
    memory : FitMemory, optional
        The store of remembered fits.

    Raises
    ------
    InputError
        If a class has fewer rows, or there are fewer groups, than folds, the score does not work
        for the target, or no candidate could be trained.
    """
    _check(params, dataset)
    parts = repeated(dataset, params.cv, params.repeats, params.seed)
    candidates = Candidates(dataset, parts, params.scoring, memory)
    with warnings.catch_warnings():
        # The trials name every failure, with its reason.
        warnings.filterwarnings("ignore", message="One or more of the test scores are non-finite")
        warnings.filterwarnings("ignore", message="The total space of parameters")
        results = strategies.results(params, dataset, parts, candidates)
    fixed = params.fixed.model_dump(exclude_unset=True)
    table = trials(results, candidates, fixed)
    _report_failures(table)
    winner = int(table["rank"].argmin(skipna=True))
    best = fixed | strategies.plain(results["params"][winner]) | _all_epochs(params)
    ratio = float(np.mean([len(fold) / len(others) for others, fold in parts]))
    return SearchResult(best, table, _answer(params, table, ratio))


def _answer(params: Search, table: pd.DataFrame, ratio: float) -> dict[str, Any]:
    from mlp.search import importance  # noqa: PLC0415 - forests, not to delay the first fit

    return {
        "strategy": params.strategy,
        "scoring": params.scoring,
        "runner_up": runner_up(table, ratio),
        "importance": importance.of_arguments(table, list(params.space.model_fields_set)),
    }


def _all_epochs(params: Search) -> dict[str, Any]:
    """Return the max_iter of a halving search, whose last rung can have fewer epochs."""
    return {"max_iter": params.fixed.max_iter} if params.strategy == "halving" else {}


def _check(params: Search, dataset: Dataset) -> None:
    task.part("mlp.core.fold_limits", dataset.task).check_search(dataset.target, params.cv)
    Scorer(params.scoring, dataset.task).check(dataset)
    for name in ("fixed", "space"):
        section = getattr(params, name).model_dump(exclude_unset=True)
        class_weight.check(section, dataset.target, f"search.{name}")


def _report_failures(table: pd.DataFrame) -> None:
    """Warn of candidates that failed; raise InputError if none is left."""
    failed = table[table["mean_score"].isna()]
    if failed.empty:
        return
    reason = failed["why"].iloc[0]
    if len(failed) == len(table):
        raise InputError(f"search: no candidate could be trained: the first, {reason}.")
    warn([f"{len(failed)} of {len(table)} candidates failed; the first, {reason}."])
