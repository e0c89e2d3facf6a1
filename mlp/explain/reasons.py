"""Tell why stages are pending, in the words of DVC's status."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mlp.core import params_file
from mlp.explain.reruns import Pipeline, Reruns, name_of
from mlp.history import lock
from mlp.history.values import MISSING, changed, value


def pending(pipeline: Pipeline) -> tuple[dict[str, list[str]], Reruns]:
    """Return the reasons why stages would run, by their names, and what can run after them."""
    entries = lock.stages(pipeline.recorded)
    status = pipeline.repo.status()
    stages = [stage for stage in pipeline.stages if name_of(stage) in status]
    keys = [
        section
        for items in status.values()
        for params in _changed_deps(items).values()
        if isinstance(params, Mapping)
        for section in params
    ]
    reasons = {
        name: list(_reasons(status[name], entries.get(name, {}))) for name in map(name_of, stages)
    }
    return reasons, pipeline.after(stages, keys)


def _changed_deps(status: Iterable[Any]) -> dict[str, Any]:
    deps: dict[str, Any] = {}
    for item in status:
        if isinstance(item, Mapping):
            deps |= item.get("changed deps") or {}
    return deps


def _reasons(status: list[Any], entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the sentences on one stage."""
    for path, state in _changed_deps(status).items():
        if isinstance(state, Mapping):
            yield from _values(path, state, entry)
        else:
            yield f"{path}: {state}"
    for item in status:
        if not isinstance(item, Mapping):
            yield str(item)
            continue
        for path, state in (item.get("changed outs") or {}).items():
            yield f"its output {path}: {state}"


def _values(path: str, sections: Mapping[str, str], entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for every parameter that differs from the last run's."""
    recorded = (entry.get("params") or {}).get(path, {})
    content = params_file.parse(Path(path)) if Path(path).exists() else {}
    for section, state in sections.items():
        before = recorded.get(section, MISSING)
        changes = changed({section: before}, {section: value(content, section)})
        for key, (old, new) in changes.items():
            yield f"{key}: {new}, was {old}"
        if not changes:
            yield f"{section}: {state}"
