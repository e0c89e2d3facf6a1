"""The parameters and lock files of one revision."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mlp.core import disk, params_file
from mlp.core.errors import InputError
from mlp.history import lock, lock_check
from mlp.history.lock import BASELINE, GATE, PIPELINES, ROOT, Lock

PARAMS = "params.yaml"
ABSENT = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
HERE = "this workspace"


@dataclass(frozen=True)
class Snapshot:
    """The files of one revision, read when they are asked for.

    Attributes
    ----------
    name : str
        The revision, in words.
    read : callable
        Returns the bytes of a file; raises OSError if it is not there.
    """

    name: str
    read: Callable[[str], bytes]

    def has(self, path: str) -> bool:
        """Return whether a file is there; raise OSError if that cannot be read."""
        try:
            with disk.named(path):
                self.read(path)
        except ABSENT:
            return False
        return True

    @cached_property
    def params(self) -> Mapping[str, Any]:
        """The content of params.yaml."""
        return self._yaml(PARAMS)

    @cached_property
    def networks(self) -> list[str]:
        """The names of the networks.

        Raises
        ------
        InputError
            If params.yaml does not name them; earlier revisions stored their results elsewhere.
        """
        networks = self.params.get("networks")
        if not isinstance(networks, Mapping):
            raise InputError(
                f"{self.label(PARAMS)} has no section networks: its results are stored in an older "
                "layout and cannot be compared."
            )
        return [str(name) for name in networks]

    def require(self, network: str) -> None:
        """Raise InputError unless params.yaml names the network."""
        if network not in self.networks:
            raise InputError(f"{self.label(PARAMS)} does not name the network {network}.")

    def lock(self, evidence: str) -> Lock:
        """Return what DVC recorded of the stages that make the evidence: test or oof."""
        return lock.joined({pipeline: self.lock_of(pipeline) for pipeline in PIPELINES[evidence]})

    def lock_of(self, pipeline: str) -> Lock:
        """Return what DVC recorded of a pipeline, without the stages of networks that are gone."""
        return self._root if pipeline == ROOT else self._gate

    @cached_property
    def _root(self) -> Lock:
        return self._recorded(ROOT, self.networks)

    @cached_property
    def _gate(self) -> Lock:
        gate = self.params.get("gate")
        model = gate.get("model") if isinstance(gate, Mapping) else None
        return self._recorded(GATE, {BASELINE, str(model)})

    def _recorded(self, pipeline: str, networks: Collection[str]) -> Lock:
        path = lock.file_of(pipeline)
        return lock.living(lock_check.check(self._yaml(path), self.label(path)), networks)

    def _yaml(self, path: str) -> dict[str, Any]:
        return params_file.parse_bytes(self.content(path), self.label(path))

    def content(self, path: str) -> bytes:
        """Return the content of a file; raise InputError if it is missing or cannot be read."""
        try:
            return self.read(path)
        except ABSENT:
            raise InputError(f"{self.label(path)} is missing.") from None
        except OSError as error:
            raise InputError(f"{self.label(path)}: {error.strerror or error}.") from None

    def label(self, path: str) -> str:
        """Return the name of a file for a message."""
        return f"{path} of {self.name}"


def workspace() -> Snapshot:
    """Return the parameters and lock files of this folder."""
    return Snapshot(HERE, read_here)


def read_here(path: str) -> bytes:
    """Return the content of a file of this folder."""
    return Path(path).read_bytes()
