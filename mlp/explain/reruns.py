"""What a change would run again, and why what is pending would run: as DVC itself sees it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
from dvc.repo import Repo

from mlp.check.params import Params
from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.history import lock
from mlp.history.results import LOCK, PARAMS


@dataclass(frozen=True)
class Reruns:
    """Stages that certainly run, and those that run where what these write has changed."""

    first: list[str]
    later: list[str]


class Pipeline:
    """The stages of dvc.yaml, in an order in which they can run."""

    def __init__(self, repo: Repo) -> None:
        self.repo = repo
        graph = nx.reverse(repo.index.graph)
        in_order = nx.lexicographical_topological_sort(graph, key=_name)
        # What `dvc add` tracks is given, and never runs.
        self.order: list[Any] = [stage for stage in in_order if not stage.is_data_source]
        self.graph: nx.DiGraph[Any] = nx.DiGraph(
            (stage, reader)
            for stage, reader in graph.edges
            if any(_reads(reader, out.def_path) for out in stage.outs if not _is_constant(out))
        )
        self.graph.add_nodes_from(self.order)
        self.graph.remove_nodes_from([stage for stage in graph if stage.is_data_source])

    def of_parameter(self, key: str) -> Reruns:
        """Return what a change of a parameter reruns; raise InputError if there is no such key."""
        _check_key(key)
        return self._after(stage for stage in self.order if _reads_key(stage, key))

    def of_file(self, path: str) -> Reruns:
        """Return what a change of a file reruns."""
        return self._after(stage for stage in self.order if _reads(stage, path))

    def pending(self) -> tuple[dict[str, list[str]], list[str]]:
        """Return the reasons why stages would run, by their names, and what can run after them."""
        status = self.repo.status()
        entries = lock.stages(params_file.parse(Path(LOCK))) if Path(LOCK).exists() else {}
        reasons = {
            _name(stage): list(_reasons(status[_name(stage)], entries.get(_name(stage))))
            for stage in self.order
            if _name(stage) in status
        }
        return reasons, self._after(s for s in self.order if _name(s) in status).later

    def _after(self, changed: Iterable[Any]) -> Reruns:
        first = list(changed)
        reached = {later for stage in first for later in nx.descendants(self.graph, stage)}
        later = [stage for stage in self.order if stage in reached and stage not in first]
        return Reruns([_name(stage) for stage in first], [_name(stage) for stage in later])


def _name(stage: Any) -> str:
    return str(stage.addressing)


def _is_constant(out: Any) -> bool:
    """Return whether dvc.yaml says that an output has the same content whatever was read."""
    return bool((out.annot.meta or {}).get("constant"))


def _reads(stage: Any, path: str) -> bool:
    return any(path == dep.def_path or path.startswith(f"{dep.def_path}/") for dep in stage.deps)


def _reads_key(stage: Any, key: str) -> bool:
    return any(
        not dep.params or any(_is_within(key, name) for name in dep.params)
        for dep in stage.params
        if dep.def_path == PARAMS
    )


def _is_within(key: str, section: str) -> bool:
    return f"{key}.".startswith(f"{section}.") or f"{section}.".startswith(f"{key}.")


def _check_key(key: str) -> None:
    content: Any = params_file.parse(Path(PARAMS))
    place: list[str] = []
    for part in key.split("."):
        written = set(content) if isinstance(content, Mapping) else set()
        known = written | set(params_file.keys(Params, tuple(place)))
        if part not in known:
            guess = params_file.guess(part, known, "".join(f"{name}." for name in place))
            raise InputError(f"'{key}' is no parameter of {PARAMS} and no file{guess}")
        content = content.get(part) if isinstance(content, Mapping) else None
        place.append(part)


def _reasons(status: Iterable[Any], entry: Mapping[str, Any] | None) -> Iterable[str]:
    """Return in words what DVC says of one stage."""
    for item in status:
        if not isinstance(item, Mapping):
            yield str(item)
            continue
        for path, what in (item.get("changed deps") or {}).items():
            if isinstance(what, Mapping):
                yield from _values(path, what, entry or {})
            else:
                yield f"{path}: {what}"
        for path, what in (item.get("changed outs") or {}).items():
            yield f"its output {path}: {what}"


def _values(path: str, sections: Mapping[str, str], entry: Mapping[str, Any]) -> Iterable[str]:
    """Return a sentence for every parameter that differs from the last run's."""
    recorded = (entry.get("params") or {}).get(path, {})
    now = params_file.parse(Path(path)) if Path(path).exists() else {}
    for section, what in sections.items():
        changes = lock.changed({section: recorded.get(section)}, {section: now.get(section)})
        for key, (before, after) in changes.items():
            yield f"{key}: {after}, was {before}"
        if not changes:
            yield f"{section}: {what}"
