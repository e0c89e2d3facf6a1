"""Read what the pipeline wrote, in this workspace or at another revision."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.core.files import read_csv
from mlp.history import lock
from mlp.history.lock import Lock, outputs
from mlp.history.revisions import Revision

SCORES = {"test": "metrics/scores.json", "oof": "metrics/oof.json"}
PREDICTIONS = {"test": "plots/predictions/{}.csv", "oof": "plots/oof/{}.csv"}
PARAMS, PIPELINE, LOCK = "params.yaml", "dvc.yaml", "dvc.lock"
COLUMNS = {"row", "actual", "predicted", "confidence"}
Read = Callable[[str], bytes]


@dataclass(frozen=True)
class Results:
    """The parameters, numbers and predictions of one revision, read when they are asked for.

    Attributes
    ----------
    name : str
        What the revision is to the reader.
    read : callable
        Returns the bytes of a file; raises OSError if it is not there.
    """

    name: str
    read: Read

    def has(self, path: str) -> bool:
        """Return whether a file is there."""
        try:
            self.read(path)
        except OSError:
            return False
        return True

    @cached_property
    def params(self) -> Mapping[str, Any]:
        """The content of params.yaml."""
        return params_file.parse_bytes(self._get(PARAMS), self._at(PARAMS))

    @cached_property
    def lock(self) -> Lock:
        """The content of dvc.lock."""
        return lock.check(params_file.parse_bytes(self._get(LOCK), self._at(LOCK)), self._at(LOCK))

    def scores(self, evidence: str) -> dict[str, dict[str, Any]]:
        """Return each network's metrics: numbers that are finite, true, false, or None.

        Raises
        ------
        InputError
            If the file is missing or not such JSON, or is not what the stage evaluate wrote.
        """
        path = SCORES[evidence]
        text = self._get(path)
        try:
            content = json.loads(text, parse_constant=_refuse)
        except json.JSONDecodeError as error:
            raise InputError(f"{self._at(path)} is cut off or not JSON: {error}.") from None
        except ValueError as error:
            raise InputError(f"{self._at(path)} holds {error}, which is no number.") from None
        if not isinstance(content, dict) or not all(isinstance(v, dict) for v in content.values()):
            raise InputError(f"{self._at(path)} should hold the metrics of each network.")
        self._check(path, text)
        return content

    def metrics(self, evidence: str, model: str) -> dict[str, Any]:
        """Return one network's metrics; errors as of `scores`, and if there is no such network."""
        scores = self.scores(evidence)
        if model not in scores:
            raise InputError(f"{self._at(SCORES[evidence])} does not hold {model}.")
        return scores[model]

    def predictions(self, evidence: str, model: str) -> pd.DataFrame:
        """Return one network's predictions (`predictions.predictions`); errors as of `scores`."""
        path = PREDICTIONS[evidence].format(model)
        text = self._get(path)
        try:
            table = read_csv(io.BytesIO(text), ["actual", "predicted"])
        except ValueError as error:  # pandas' parser errors are ValueErrors
            raise InputError(f"{self._at(path)} is not such a table: {error}.") from None
        if lacking := sorted(COLUMNS - set(table)):
            raise InputError(f"{self._at(path)} lacks the column {lacking[0]}.")
        self._check(path, text)
        return table

    def _check(self, path: str, text: bytes) -> None:
        """Raise InputError unless these are the bytes that dvc.lock records."""
        recorded = outputs(self.lock).get(path)
        if recorded is None:
            raise InputError(f"{self._at(LOCK)} does not record {path}; it is cut off or stale.")
        if recorded != hashlib.md5(text, usedforsecurity=False).hexdigest():
            raise InputError(
                f"{self._at(path)} is not what the pipeline wrote: dvc.lock has another content."
            )

    def _get(self, path: str) -> bytes:
        try:
            return self.read(path)
        except OSError:
            raise InputError(f"{self._at(path)} is missing.") from None

    def _at(self, path: str) -> str:
        return f"{path} of {self.name}"


def workspace() -> Results:
    """Return the results of this folder."""
    return Results("this workspace", lambda path: Path(path).read_bytes())


def at(revision: Revision) -> Results:
    """Return the results of a revision, from git or from DVC's cache or remote."""
    from dvc.api import DVCFileSystem  # noqa: PLC0415 - it takes a third of a second
    from dvc.exceptions import DvcException  # noqa: PLC0415 - likewise

    files = DVCFileSystem(rev=revision.sha)

    def read(path: str) -> bytes:
        try:
            content: bytes = files.read_bytes(path)
        except DvcException as error:
            raise FileNotFoundError(str(error)) from None
        return content

    return Results(revision.name, read)


def _refuse(constant: str) -> float:
    raise ValueError(constant)
