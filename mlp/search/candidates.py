"""Train the candidates of a search fold by fold, each once, and score them."""

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlp.core.dataset import Dataset
from mlp.core.progress import progress
from mlp.fits import workers
from mlp.fits.fold_fit import FoldFit
from mlp.fits.memory import FitMemory, digests
from mlp.search.scoring import Scorer
from mlp.training.folds import Part

STEP = 3000  # units whose work on a row takes as long as a gradient step does besides


@dataclass(frozen=True)
class Outcome:
    """What came of a candidate in one fold.

    Attributes
    ----------
    fit : FoldFit
    score : float
        NaN where the candidate could not be trained or scored.
    failure : str
        Why, and empty where it was scored.
    """

    fit: FoldFit
    score: float
    failure: str


class Trainer:
    """The candidates of one search, and what came of them."""

    def __init__(
        self, dataset: Dataset, parts: Sequence[Part], scoring: str, memory: FitMemory | None
    ) -> None:
        self._dataset = dataset
        self._parts = parts
        self._scorer = Scorer(scoring)
        self._memory = memory
        self._digests = digests(dataset, parts) if memory else []
        self._fits: dict[str, list[FoldFit | None]] = {}
        self._complete: list[str] = []  # candidates that are trained and not yet scored
        self._outcomes: dict[str, list[Outcome]] = {}
        self._best = -math.inf

    def train(self, sections: Sequence[Mapping[str, Any]]) -> None:
        """Train every candidate for every fold, unless it is remembered.

        Progress is a bar on a terminal and lines in a log.

        Raises
        ------
        InputError
            See `mlp.fits.workers.fits`.
        """
        folds = range(len(self._parts))
        different = {_name(section): section for section in sections}
        for name in different:
            self._fits.setdefault(name, [None] * len(folds))
        wanted = [(section, fold) for section in different.values() for fold in folds]
        left = [job for job in wanted if not self._recall(*job)]
        # The longest first, so that no core waits for a long one at the end.
        left.sort(key=lambda job: _effort(job[0]), reverse=True)
        done = total = len(wanted)
        done -= len(left)
        if not left:
            return
        with progress(total, sys.stdout, done) as say:
            # How well the remembered ones did takes some time, and can wait for the first fit.
            say(done, f"{done} of {total} fits done")
            try:
                jobs = [(section, self._parts[fold]) for section, fold in left]
                for position, fit in workers.fits(jobs, self._dataset):
                    self._take(*left[position], fit)
                    done += 1
                    say(done, self._so_far(done, total))
            except KeyboardInterrupt:
                kept = "remembered, and `dvc repro` goes on from there" if self._memory else "lost"
                sys.stderr.write(
                    f"interrupted: {done} of {total} fits are done; they are {kept}.\n"
                )
                raise
        if self._memory:
            self._memory.bound()

    def outcomes(self, section: Mapping[str, Any]) -> list[Outcome]:
        """Return what came of a candidate that was trained, in the order of the folds."""
        self._score()
        return self._outcomes[_name(section)]

    def _recall(self, section: Mapping[str, Any], fold: int) -> bool:
        """Return whether the fit is known, from this search or an earlier one."""
        if self._fits[_name(section)][fold]:
            return True
        fit = self._memory.recall(section, self._digests[fold]) if self._memory else None
        if fit:
            self._note(section, fold, fit)
        return fit is not None

    def _take(self, section: Mapping[str, Any], fold: int, fit: FoldFit) -> None:
        if self._memory:
            self._memory.keep(section, self._digests[fold], fit)
        self._note(section, fold, fit)

    def _note(self, section: Mapping[str, Any], fold: int, fit: FoldFit) -> None:
        fits = self._fits[_name(section)]
        fits[fold] = fit
        if all(fits):
            self._complete.append(_name(section))

    def _score(self) -> None:
        """Score the candidates that are complete."""
        while self._complete:
            name = self._complete.pop()
            fits = enumerate(self._fits[name])
            self._outcomes[name] = [self._scored(fit, fold) for fold, fit in fits if fit]
            mean = np.mean([outcome.score for outcome in self._outcomes[name]])
            self._best = max(self._best, -math.inf if np.isnan(mean) else float(mean))

    def _scored(self, fit: FoldFit, fold: int) -> Outcome:
        if fit.failure:
            return Outcome(fit, np.nan, fit.failure)
        try:
            score = self._scorer.score(fit, self._dataset.labels[self._parts[fold][1]])
        except ValueError as error:
            return Outcome(fit, np.nan, f"it cannot be scored: {error}")
        return Outcome(fit, score, "")

    def _so_far(self, done: int, total: int) -> str:
        self._score()
        known = f", best score so far {self._best:.4f}" if math.isfinite(self._best) else ""
        return f"{done} of {total} fits done{known}"


def _effort(section: Mapping[str, Any]) -> float:
    """Return about how long a network takes to train, in no unit: by its units and its steps."""
    batch = section.get("batch_size", "auto")
    steps = STEP / (200 if batch == "auto" else batch)
    return float(section.get("max_iter", 200) * (sum(section["hidden_layer_sizes"]) + steps))


def _name(section: Mapping[str, Any]) -> str:
    return json.dumps(section, sort_keys=True)
