"""Find the stages that a change would run again, as DVC itself would."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
from dvc.repo import Repo

from mlp.core import params_file
from mlp.history import lock, lock_check
from mlp.history.lock import BASELINE, PIPELINES, ROOT
from mlp.history.snapshot import PARAMS


@dataclass(frozen=True)
class Reruns:
    """The stages that a change runs.

    Attributes
    ----------
    first : list of str
        Those that `dvc repro` certainly runs.
    later : list of str
        Those that it runs if the outputs of the first change.
    gate : list of str
        Those that `make gate` may run after them.
    """

    first: list[str]
    later: list[str]
    gate: list[str]


class Pipeline:
    """The stages of dvc.yaml and gate/dvc.yaml, in an order in which they can run."""

    def __init__(self, repo: Repo) -> None:
        self.repo = repo
        self.recorded = _recorded()  # first, for DVC would stop at a broken one without a sentence
        graph = nx.reverse(repo.index.graph)
        in_order = nx.lexicographical_topological_sort(graph, key=name_of)
        # Data that `dvc add` tracks are given, and never run.
        self.stages: list[Any] = [stage for stage in in_order if not stage.is_data_source]

    def of_parameter(self, key: str) -> Reruns:
        """Return what a change of a parameter reruns."""
        return self.after([stage for stage in self.stages if _reads_key(stage, key)], [key])

    def of_file(self, path: str) -> Reruns:
        """Return what a change of a file reruns."""
        return self.after([stage for stage in self.stages if _reads(stage, path)])

    def of_new_network(self, name: str) -> Reruns:
        """Return what an entry more in the section networks runs: stages as of the baseline."""
        first = []
        for stage in self.stages:
            step, _, network = name_of(stage).partition("@")
            if network == BASELINE and lock.pipeline_of(step) == ROOT:
                first.append(f"{step}@{name}")
            elif not network and _reads_key(stage, "networks"):
                first.append(step)
        return Reruns(first, [], [])

    def after(self, changed: Sequence[Any], keys: Collection[str] = ()) -> Reruns:
        """Return what a change of some stages and parameters reruns.

        Parameters
        ----------
        changed : sequence of Stage
            The stages that certainly run.
        keys : collection of str
            The parameters that changed.
        """
        graph = self._graph(keys)
        reached = {later for stage in changed for later in nx.descendants(graph, stage)}
        later = [stage for stage in self.stages if stage in reached and stage not in changed]
        return Reruns(
            _of_root(changed),
            _of_root(later),
            [name_of(s) for s in (*changed, *later) if lock.pipeline_of(name_of(s)) != ROOT],
        )

    def _graph(self, keys: Collection[str]) -> "nx.DiGraph[Any]":
        """Return the stages, with an edge where one reads an output of another that can change."""
        graph: nx.DiGraph[Any] = nx.DiGraph()
        graph.add_nodes_from(self.stages)
        for stage in self.stages:
            outs = [out.def_path for out in stage.outs if _can_change(out, keys)]
            for reader in self.stages:
                if reader != stage and any(_reads(reader, out) for out in outs):
                    graph.add_edge(stage, reader)
        return graph


def name_of(stage: Any) -> str:
    """Return the name of a stage as DVC addresses it."""
    return str(stage.addressing)


def _of_root(stages: Iterable[Any]) -> list[str]:
    names = [name_of(stage) for stage in stages]
    return [name for name in names if lock.pipeline_of(name) == ROOT]


def _can_change(out: Any, keys: Collection[str]) -> bool:
    """Return whether an output can change with parameters: dvc.yaml may say which decide it."""
    meta = out.annot.meta or {}
    if (sections := meta.get("decided_by")) is not None:
        return any(_is_one_of(key, sections) for key in keys)
    return not keys or not all(_is_one_of(key, meta.get("never_decided_by", [])) for key in keys)


def _is_one_of(key: str, sections: Iterable[str]) -> bool:
    return any(_is_within(key, section) for section in sections)


def _reads(stage: Any, path: str) -> bool:
    return any(lock.overlap(path, dep.def_path) for dep in stage.deps)


def _reads_key(stage: Any, key: str) -> bool:
    """Return whether a stage reads a parameter, or the whole of params.yaml."""
    params = [dep.params for dep in stage.params if dep.def_path == PARAMS]
    files = [dep for dep in stage.deps if dep not in stage.params]
    return any(dep.def_path == PARAMS for dep in files) or any(
        not names or any(_is_within(key, name) for name in names) for names in params
    )


def _is_within(key: str, section: str) -> bool:
    return lock.overlap(key.replace(".", "/"), section.replace(".", "/"))


def _recorded() -> lock.Lock:
    """Return the lock files that are here, as one; raise InputError if one is broken."""
    paths = {pipeline: Path(lock.file_of(pipeline)) for pipeline in PIPELINES["oof"]}
    contents = {name: params_file.parse(path) for name, path in paths.items() if path.exists()}
    return lock.joined(
        {name: lock_check.check(read, str(paths[name])) for name, read in contents.items()}
    )
