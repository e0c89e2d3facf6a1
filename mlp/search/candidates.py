"""Train the candidates of a search, each once for every fold, and score them."""

import json
import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.core.dataset import Dataset
from mlp.core.progress import Say, progress
from mlp.fits import keys, workers
from mlp.fits.fold_fit import FoldFit, Job, Shape
from mlp.fits.memory import FitMemory
from mlp.search.scoring import Outcome, Scorer
from mlp.training.folds import Part

STEP = 3000  # units that take as long, per row, as the fixed cost of a gradient step


class Candidates:
    """The candidates of one search, with their fits and scores."""

    def __init__(
        self, dataset: Dataset, parts: Sequence[Part], scoring: str, memory: FitMemory | None
    ) -> None:
        self._dataset = dataset
        self._parts = parts
        self._scorer = Scorer(scoring, dataset.task)
        self._memory = memory
        self._digests = keys.of_folds(dataset, parts) if memory else []
        self._shapes = [Shape.of(dataset, part) for part in parts] if memory else []
        self._fits: dict[str, list[FoldFit | None]] = {}
        self._unscored: list[str] = []  # candidates that are trained for all folds
        self._outcomes: dict[str, list[Outcome]] = {}
        self._best = -math.inf

    def train(self, sections: Sequence[Mapping[str, Any]]) -> None:
        """Train every candidate for every fold, except for remembered fits.

        Progress is a bar on a terminal and lines in a log.

        Raises
        ------
        InputError
            See `mlp.fits.workers.fits`.
        """
        folds = range(len(self._parts))
        distinct = {_name(section): section for section in sections}
        for name in distinct:
            self._fits.setdefault(name, [None] * len(folds))
        wanted = [(section, fold) for section in distinct.values() for fold in folds]
        left = [(section, fold) for section, fold in wanted if not self._recall(section, fold)]
        if not left:
            return
        # The longest first, so that no core waits for a long one at the end.
        left.sort(key=lambda pair: _effort(pair[0]), reverse=True)
        done = len(wanted) - len(left)
        with progress(len(wanted), sys.stdout, done) as show:
            self._train(left, done, show)
        if self._memory:
            self._memory.bound()

    def outcomes(self, section: Mapping[str, Any]) -> list[Outcome]:
        """Return the outcomes of a trained candidate, in the order of the folds."""
        self._score()
        return self._outcomes[_name(section)]

    def _recall(self, section: Mapping[str, Any], fold: int) -> bool:
        """Return whether the fit is known, from this search or an earlier one."""
        if self._fits[_name(section)][fold]:
            return True
        if not self._memory:
            return False
        fit = self._memory.recall(section, self._digests[fold], self._shapes[fold])
        if fit:
            self._add(section, fold, fit)
        return fit is not None

    def _train(self, left: Sequence[tuple[Mapping[str, Any], int]], done: int, show: Say) -> None:
        total = done + len(left)
        # Scoring the remembered fits takes time, so it waits until the first fit is under way.
        show(done, f"{done} of {total} fits done")
        jobs = [Job(section, self._parts[fold]) for section, fold in left]
        try:
            for position, fit in workers.fits(jobs, self._dataset):
                section, fold = left[position]
                if self._memory:
                    self._memory.keep(section, self._digests[fold], fit)
                self._add(section, fold, fit)
                done += 1
                show(done, f"{done} of {total} fits done{self._best_so_far()}")
        except KeyboardInterrupt:
            kept = "remembered, and `dvc repro` continues from there" if self._memory else "lost"
            sys.stderr.write(f"interrupted: {done} of {total} fits are done; they are {kept}.\n")
            raise

    def _add(self, section: Mapping[str, Any], fold: int, fit: FoldFit) -> None:
        fits = self._fits[_name(section)]
        fits[fold] = fit
        if all(fits):
            self._unscored.append(_name(section))

    def _score(self) -> None:
        """Score the candidates that are trained for all folds."""
        while self._unscored:
            name = self._unscored.pop()
            folds = zip(self._fits[name], self._parts, strict=True)
            outcomes = [
                self._scorer.outcome(fit, self._dataset.target[fold])
                for fit, (_, fold) in folds
                if fit
            ]
            self._outcomes[name] = outcomes
            mean = np.mean([outcome.score for outcome in outcomes])
            self._best = max(self._best, -math.inf if np.isnan(mean) else float(mean))

    def _best_so_far(self) -> str:
        self._score()
        return f", best score so far {self._best:.4f}" if math.isfinite(self._best) else ""


def _effort(section: Mapping[str, Any]) -> float:
    """Estimate the relative training time of a network, from its units and gradient steps."""
    batch = section.get("batch_size", "auto")
    steps = STEP / (200 if batch == "auto" else batch)
    return float(section.get("max_iter", 200) * (sum(section["hidden_layer_sizes"]) + steps))


def _name(section: Mapping[str, Any]) -> str:
    return json.dumps(section, sort_keys=True)
