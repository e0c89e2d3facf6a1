"""Search a network's arguments: `RandomizedSearchCV` over the space of params.yaml."""

import json
import sys
import warnings
from collections import Counter
from collections.abc import Mapping
from typing import Any

import joblib
import numpy as np
import pandas as pd
from sklearn.callback import ProgressBar
from sklearn.exceptions import ConvergenceWarning, FitFailedWarning
from sklearn.model_selection import RandomizedSearchCV

from mlp.command import InputError
from mlp.dataset import Columns, Dataset
from mlp.folds import stratified
from mlp.network import SCALERS, build, scale_parameter
from mlp.search_params import Search
from mlp.space import distributions


def search(params: Search, dataset: Dataset) -> tuple[dict[str, Any], pd.DataFrame]:
    """Draw candidates, cross-validate each, and return the winner and all trials.

    Candidates are trained in processes on all cores (``LOKY_MAX_CPU_COUNT`` sets another number);
    how many changes no result. Progress is a bar on a terminal and lines in a log.

    Parameters
    ----------
    params : Search
    dataset : Dataset
        The train split. With groups, the rows of each group are in one fold.

    Returns
    -------
    best : dict
        The winner's section: the fixed arguments and the drawn ones.
    trials : DataFrame
        See `table`.

    Raises
    ------
    InputError
        If a class has fewer rows, or there are fewer groups, than folds, or no candidate could be
        trained.
    """
    _check_folds(dataset, params.cv)
    fixed = params.fixed.model_dump(exclude_unset=True)
    space = distributions(params.space.model_dump(exclude_unset=True))
    finder = RandomizedSearchCV(
        build({"scale": "none", **fixed}, dataset),
        {_to_step(name, dataset.columns): _to_objects(name, v) for name, v in space.items()},
        n_iter=params.n_iter,
        scoring=params.scoring,
        cv=stratified(dataset, params.cv, params.seed),
        random_state=params.seed,
        n_jobs=-1,
        refit=False,
    )
    _fit(finder, dataset)
    drawn = [_to_arguments(c, dataset.columns) for c in finder.cv_results_["params"]]
    return fixed | drawn[finder.best_index_], table(drawn, finder.cv_results_, params.cv)


def table(drawn: list[dict[str, Any]], results: Mapping[str, Any], folds: int) -> pd.DataFrame:
    """Return one row a candidate in the order drawn, without any duration.

    The columns are candidate (from 1), rank (1 is best), mean_score and sd_score over the folds
    (NaN where a fold failed), fold_1, fold_2 and so on, and one column a searched argument.
    """
    scores = {
        "candidate": range(1, len(drawn) + 1),
        "rank": results["rank_test_score"],
        "mean_score": results["mean_test_score"],
        "sd_score": results["std_test_score"],
    }
    by_fold = {f"fold_{fold + 1}": results[f"split{fold}_test_score"] for fold in range(folds)}
    arguments = pd.DataFrame(drawn).map(lambda v: json.dumps(v) if isinstance(v, list) else v)
    return pd.DataFrame(scores | by_fold).join(arguments)


def _fit(finder: RandomizedSearchCV, dataset: Dataset) -> None:
    """Run the search in place, and say once how many candidates failed."""
    on_terminal = sys.stdout.isatty()
    if on_terminal:
        finder.set_callbacks(ProgressBar(max_propagation_depth=0))
    with warnings.catch_warnings(), joblib.parallel_config(verbose=0 if on_terminal else 10):
        for category in (ConvergenceWarning, FitFailedWarning, RuntimeWarning):
            warnings.simplefilter("ignore", category)
        for message in ("One or more of the test scores are non-finite", "Got `batch_size`"):
            warnings.filterwarnings("ignore", message=message)
        try:
            finder.fit(dataset.features, dataset.labels)
        except ValueError as error:
            reason = str(error).strip().splitlines()[-1]  # it ends a traceback of every candidate
            raise InputError(f"search: no candidate could be trained: {reason}") from None
    means = finder.cv_results_["mean_test_score"]
    if failed := int(np.isnan(means).sum()):
        sys.stderr.write(f"warning: {failed} of {len(means)} candidates failed to train.\n")
    if failed == len(means):
        raise InputError("search: every candidate failed to train; narrow search.space.")


def _check_folds(dataset: Dataset, folds: int) -> None:
    label, rows = Counter(dataset.labels).most_common()[-1]
    if rows < folds:
        raise InputError(
            f"search.cv is {folds}, but class {label} has {rows} in the train split; "
            "lower search.cv or give the class more rows."
        )


def _to_step(name: str, columns: Columns) -> str:
    return scale_parameter(columns) if name == "scale" else f"mlp__{name}"


def _to_objects(name: str, value: Any) -> Any:
    return [SCALERS[choice]() for choice in value] if name == "scale" else value


def _to_arguments(candidate: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    """Return a candidate as a params section: plain Python values under their own names."""
    scale = scale_parameter(columns)
    plain = {
        "scale" if name == scale else name.removeprefix("mlp__"): value
        for name, value in candidate.items()
    }
    for name, value in plain.items():
        if name == "scale":
            plain[name] = next(key for key, scaler in SCALERS.items() if type(value) is scaler)
        elif isinstance(value, np.generic):
            plain[name] = value.item()
    return plain
