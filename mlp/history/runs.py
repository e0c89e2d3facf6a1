"""Tell from two lock files which stages ran with other inputs, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx

from mlp.core.errors import InputError
from mlp.history import lock
from mlp.history.lock import Lock
from mlp.history.values import leaves

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Runs:
    """An earlier and a later run of the stages, as their lock files record them."""

    old: Lock
    new: Lock

    @cached_property
    def reran(self) -> list[str]:
        """The stages whose inputs differ, in an order in which they can run.

        Raises
        ------
        InputError
            If there is no such order, which no run of DVC leaves behind.
        """
        before, after = lock.stages(self.old), lock.stages(self.new)
        try:
            names = list(nx.lexicographical_topological_sort(_graph(self.new, {})))
        except nx.NetworkXUnfeasible:
            raise InputError(
                "the stages in dvc.lock form a circle, which DVC never writes; restore it from git."
            ) from None
        return [
            name
            for name in names
            if _inputs(name, after[name]) != _inputs(name, before.get(name, {}))
        ]

    def of_key(self, path: str, key: str) -> list[str]:
        """Return the stages that ran because a parameter changed."""

        def reads(entry: Entry) -> bool:
            params = (entry.get("params") or {}).get(path, {})
            return key in leaves(params) or path in {dep["path"] for dep in lock.deps(entry)}

        return self._because(reads)

    def of_file(self, path: str) -> list[str]:
        """Return the stages that ran because a file changed."""
        return self._because(
            lambda entry: any(f"{path}/".startswith(f"{dep['path']}/") for dep in lock.deps(entry))
        )

    def edited(self) -> dict[str, bool]:
        """Return the inputs that no stage writes, if they differ, and whether each was known."""
        before, after = _given(self.old), _given(self.new)
        known: dict[str, set[str]] = {}
        for (_, path), md5 in before.items():
            known.setdefault(path, set()).add(md5)

        def is_known(read: tuple[str, str]) -> bool:
            """Return whether the stage, or else any stage, read the input in this state before."""
            states = {before[read]} if read in before else known.get(read[1], set())
            return after[read] in states

        return {path: path in known for path in sorted(r[1] for r in after if not is_known(r))}

    def _because(self, reads: Callable[[Entry], bool]) -> list[str]:
        """Return the stages that ran and fulfil a condition, or read what such a stage wrote."""
        direct = {
            name
            for content in (self.old, self.new)
            for name, entry in lock.stages(content).items()
            if name in self._changes and reads(entry)
        }
        reached = direct.union(*(nx.descendants(self._changes, name) for name in direct))
        return [name for name in self.reran if name in reached]

    @cached_property
    def _changes(self) -> "nx.DiGraph[str]":
        """The stages of now, with an edge where one reads an output of another that changed."""
        return _graph(self.new, lock.outputs(self.old))


def _graph(content: Lock, known: Mapping[str, str]) -> "nx.DiGraph[str]":
    """Return the stages, with an edge from each to those that read what it writes.

    Parameters
    ----------
    content : mapping
    known : mapping of str to str
        Outputs that make no edge, with their hashes.
    """
    entries = lock.stages(content)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(entries)
    for writer, written in entries.items():
        outs = [out["path"] for out in lock.outs(written) if known.get(out["path"]) != out["md5"]]
        for reader, entry in entries.items():
            read = [*(dep["path"] for dep in lock.deps(entry)), *(entry.get("params") or {})]
            if any(lock.overlap(path, out) for path in read for out in outs):
                graph.add_edge(writer, reader)
    return graph


def _given(content: Lock) -> dict[tuple[str, str], str]:
    """Return the hash of every input that no stage writes, by the stage that read it and its path.

    Stages may have read different states of an input, where one has
    not run since an edit.
    """
    outputs = lock.outputs(content)
    return {
        (name, dep["path"]): dep["md5"]
        for name, entry in lock.stages(content).items()
        for dep in lock.counted(name, entry)
        if not any(lock.overlap(dep["path"], out) for out in outputs)
    }


def _inputs(name: str, entry: Entry) -> object:
    deps = {dep["path"]: dep["md5"] for dep in lock.counted(name, entry)}
    return entry.get("cmd"), deps, entry.get("params")
