"""Read what the pipeline wrote, in this workspace or at another revision."""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from mlp.core.errors import InputError
from mlp.core.task import CLASSIFICATION, TASKS
from mlp.evidence.averages import Averages
from mlp.evidence.curve import Curve
from mlp.history import git, lock, parsing
from mlp.history.agreement import disagreements
from mlp.history.lock import GATE, PIPELINES
from mlp.history.revisions import Revision
from mlp.history.snapshot import HERE, Snapshot, read_here

SCORES = {"test": "metrics/{}.json", "oof": "gate/oof/{}.json"}
PREDICTIONS = {"test": "plots/{}/predictions.csv", "oof": "gate/oof/{}.csv"}
REPEATS = "gate/repeats/{}.json", "gate/repeats/{}.csv"
CURVE = "gate/curve/{}.json"
DETAILS = "plots/{}/details.json"  # more scores of the test split


class Results(Snapshot):
    """The metrics and predictions of one revision, besides its parameters and lock files."""

    @property
    def task(self) -> str:
        """The task: classification or regression; classification where params.yaml says nothing."""
        load = self.params.get("load")
        known = load.get("task") if isinstance(load, Mapping) else None
        return known if known in TASKS else CLASSIFICATION

    def judged(self, evidence: str) -> list[str]:
        """Return the networks that there is evidence of, test or oof."""
        outputs = lock.outputs(self.lock(evidence))
        return [name for name in self.networks if SCORES[evidence].format(name) in outputs]

    def metrics(self, evidence: str, name: str) -> dict[str, Any]:
        """Return one network's metrics: finite numbers, true, false or None.

        Parameters
        ----------
        evidence : str
            With test, they include majority_accuracy and the size of the network.
        name : str

        Raises
        ------
        InputError
            If a file is missing or broken, or is not the one that the stage wrote.
        """
        scores = self._metrics(evidence, SCORES[evidence].format(name), name)
        if evidence == "test":
            return self._metrics(evidence, DETAILS.format(name), "scores") | scores
        return scores

    def predictions(self, evidence: str, name: str) -> pd.DataFrame:
        """Return one network's predictions; raise InputError as `metrics` does."""
        path = PREDICTIONS[evidence].format(name)
        text = self.content(path)
        table = parsing.predictions(text, self.label(path))
        self._check(evidence, path, text)
        return table

    def repeats(self, evidence: str, name: str) -> Averages:
        """Return what repeated training of one network's configuration gave.

        Raises
        ------
        InputError
            As `metrics` does, or if they are of other evidence or out of date.
        """
        scores, rows = (path.format(name) for path in REPEATS)
        content = self._metrics("oof", scores, name)
        if content.get("evidence") != evidence:
            raise InputError(f"{self.label(scores)} is of other evidence than {evidence}.")
        text = self.content(rows)
        averages = parsing.repeats(content, text, (self.label(scores), self.label(rows)))
        self._check("oof", rows, text)
        self._refuse_stale(name)
        return averages

    def curve(self, name: str) -> Curve:
        """Return the learning curve of one network's configuration.

        Raises
        ------
        InputError
            As `metrics` does, or if it is out of date.
        """
        path = CURVE.format(name)
        curve = parsing.curve(self._metrics("oof", path, name), self.label(path))
        self._refuse_stale(name)
        return curve

    def _refuse_stale(self, name: str) -> None:
        """Raise InputError if the stage repeat has not run since its inputs changed."""
        if stale := next(disagreements(self, f"{GATE}:repeat@{name}"), None):
            raise InputError(f"{stale}.")

    def _metrics(self, evidence: str, path: str, key: str) -> dict[str, Any]:
        text = self.content(path)
        metrics = parsing.metrics(text, key, self.label(path))
        self._check(evidence, path, text)
        return metrics

    def _check(self, evidence: str, path: str, text: bytes) -> None:
        """Raise InputError unless these are the bytes that DVC recorded."""
        pipeline = PIPELINES[evidence][-1]
        file = lock.file_of(pipeline)
        recorded = lock.outputs(self.lock_of(pipeline)).get(path)
        if recorded is None:
            raise InputError(f"{self.label(file)} does not record {path}; it is cut off or stale.")
        if recorded != hashlib.md5(text, usedforsecurity=False).hexdigest():
            raise InputError(
                f"{self.label(path)} is not what the pipeline wrote: {file} has another hash."
            )


def workspace() -> Results:
    """Return the results of this folder."""
    return Results(HERE, read_here)


def at(revision: Revision) -> Results:
    """Return the results of a revision, from git or else from DVC's cache or remote."""
    return _at(revision.sha, revision.name)


@cache
def _at(sha: str, name: str) -> Results:
    """Return the same object each time, so that params.yaml and the lock files are parsed once."""

    def read(path: str) -> bytes:
        stored = git.content(sha, path)
        return _from_dvc(sha, path) if stored is None else stored

    return Results(name, read)


def _from_dvc(commit: str, path: str) -> bytes:
    """Return the content of a file that DVC stores; raise FileNotFoundError if it does not."""
    from dvc.api import DVCFileSystem  # noqa: PLC0415 - half a second, and git has most files
    from dvc.exceptions import DvcException  # noqa: PLC0415 - likewise

    try:
        content: bytes = DVCFileSystem(rev=commit).read_bytes(path)
    except DvcException as error:
        raise FileNotFoundError(str(error)) from None
    return content
