"""Group findings by what to try, and give each attempt as a command to paste."""

import shlex
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mlp.core.params_file import OWN

RUN = "dvc exp run"
REQUIRED = {"hidden_layer_sizes", "scale", "random_state"}  # keys that each section has


@dataclass(frozen=True)
class Source:
    """Where the arguments of a network come from.

    Attributes
    ----------
    file : str
        The network's value in ``networks``.
    written : collection of str
        Arguments that the file is sure to have.
    drawn, fixed : collection of str
        Arguments of search.space and of search.fixed.
    """

    file: str
    written: Collection[str] = ()
    drawn: Collection[str] = ()
    fixed: Collection[str] = ()


@dataclass(frozen=True)
class Remedy:
    """Findings for which the same is to be tried.

    Attributes
    ----------
    findings : list of mapping
        See docs/outputs.md.
    attempt : str
        Parameters and values to try, in words; empty if nothing is known to help.
    commands : list of str
        One for each of them.
    expect : str
    """

    findings: list[Mapping[str, Any]]
    attempt: str
    commands: list[str]

    @property
    def expect(self) -> str:
        """The effect to expect of an attempt."""
        return " ".join(dict.fromkeys(finding["expect"] for finding in self.findings))

    @property
    def state(self) -> str:
        return "bad" if any(finding["serious"] for finding in self.findings) else "warn"


def grouped(name: str, findings: Sequence[Mapping[str, Any]], source: Source) -> list[Remedy]:
    """Return the findings on a network by what to try, the most serious first."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for finding in findings:
        groups.setdefault(finding["try"], []).append(finding)
    return [
        Remedy(group, attempt, commands(name, group[0]["steps"], source))
        for attempt, group in groups.items()
    ]


def commands(name: str, steps: Mapping[str, str], source: Source) -> list[str]:
    """Return a command for each parameter and value to try.

    Parameters
    ----------
    name : str
        Of the network.
    steps : mapping
        Parameters and values.
    source : Source

    >>> commands("mlp", {"alpha": "0.01"}, Source("params.yaml", {"alpha"}))
    ['dvc exp run -S mlp.alpha=0.01']
    >>> commands("tuned", {"alpha": "10.0"}, Source("best.yaml", drawn={"alpha", "scale"}))
    ["dvc exp run -S '~search.space.alpha' -S ++search.fixed.alpha=10.0"]
    """
    texts = []
    for key, value in steps.items():
        if source.file == OWN:
            known = key in REQUIRED or key in source.written
            changes = [_set(f"{name}.{key}", value, known=known)]
        else:
            changes = [_set(f"search.fixed.{key}", value, known=key in source.fixed)]
            if key in source.drawn:
                changes.insert(0, f"~search.space.{key}")
        if changes[0][0] != "~" or len(source.drawn) > 1:  # a search of nothing is refused
            texts.append(" ".join([RUN, *(f"-S {shlex.quote(change)}" for change in changes)]))
    return texts


def _set(key: str, value: str, *, known: bool) -> str:
    """Return the override of a key; ++ sets it whether or not the file has it."""
    return f"{'' if known else '++'}{key}={value}"
