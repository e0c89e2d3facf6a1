"""Read dvc.lock: what each stage was run with, and what has changed since."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx

from mlp.core import params_file
from mlp.core.errors import InputError

Lock = Mapping[str, Any]  # the content of dvc.lock
Values = dict[str, Any]  # a value by its dotted key
UNREAD = ("check",)  # stages of which no result depends
MISSING = "nothing"


def stages(lock: Lock) -> dict[str, Any]:
    """Return the entry of every stage."""
    return dict(lock.get("stages") or {})


def check(lock: Lock, name: str) -> Lock:
    """Return the content of a lock file; raise InputError, with the file's name, if it is none."""
    entries = lock.get("stages") or {}
    if not isinstance(entries, Mapping):
        raise InputError(f"{name} is no lock of DVC: stages should hold an entry a stage.")
    for stage, entry in entries.items():
        files = [*_of(entry, "deps"), *_of(entry, "outs")] if isinstance(entry, Mapping) else [None]
        if not all(isinstance(file, Mapping) and {"path", "md5"} <= set(file) for file in files):
            raise InputError(f"{name} is cut off, or no lock of DVC: see its stage {stage}.")
    return lock


def paths(entry: Mapping[str, Any]) -> list[str]:
    """Return every file that a stage was run with: what it read, params files too, and wrote."""
    files = [file["path"] for kind in ("deps", "outs") for file in _of(entry, kind)]
    return [*files, *(entry.get("params") or {})]


def outputs(lock: Lock) -> dict[str, str]:
    """Return the MD5 hash of every output, by its path."""
    return {
        out["path"]: out["md5"] for entry in stages(lock).values() for out in _of(entry, "outs")
    }


def leaves(content: object, prefix: str = "") -> Values:
    """Return nested values by their dotted keys.

    >>> leaves({"mlp": {"alpha": 0.1, "hidden_layer_sizes": [50]}})
    {'mlp.alpha': 0.1, 'mlp.hidden_layer_sizes': [50]}
    """
    if not isinstance(content, Mapping):
        return {prefix: content}
    found: Values = {}
    for key, value in content.items():
        found |= leaves(value, f"{prefix}.{key}" if prefix else str(key))
    return found


def changed(old: object, new: object) -> dict[str, tuple[Any, Any]]:
    """Return the old and the new value of every key that differs; MISSING where there is none."""
    before, after = (leaves(content) if content else {} for content in (old, new))
    keys = sorted(before.keys() | after.keys())
    pairs = {key: (before.get(key, MISSING), after.get(key, MISSING)) for key in keys}
    return {key: pair for key, pair in pairs.items() if not _same(*pair)}


def reran(old: Lock, new: Lock) -> list[str]:
    """Return the stages that were run with other inputs, in an order in which they can run."""
    before, after = stages(old), stages(new)
    return [
        name
        for name in nx.lexicographical_topological_sort(graph(new))
        if name not in UNREAD and _inputs(after[name]) != _inputs(before.get(name, {}))
    ]


def readers_of_key(lock: Lock, path: str, key: str) -> set[str]:
    """Return the stages that read a parameter, and those that can run again after them."""
    return _with_later(lock, lambda entry: key in leaves((entry.get("params") or {}).get(path, {})))


def readers_of_file(lock: Lock, path: str) -> set[str]:
    """Return the stages that read a file, and those that can run again after them."""
    return _with_later(lock, lambda entry: path in {dep["path"] for dep in _of(entry, "deps")})


def edited(old: Lock, new: Lock) -> list[str]:
    """Return the files that stages read, that no stage writes, and that differ."""
    before, after = (
        {
            dep["path"]: dep["md5"]
            for name, entry in stages(lock).items()
            if name not in UNREAD
            for dep in _of(entry, "deps")
            if dep["path"] not in outputs(lock)
        }
        for lock in (old, new)
    )
    return sorted(path for path in before | after if before.get(path) != after.get(path))


def _with_later(lock: Lock, reads: Callable[[Mapping[str, Any]], bool]) -> set[str]:
    """Return the stages whose entry fulfils a condition, and all that read what they write."""
    direct = {name for name, entry in stages(lock).items() if name not in UNREAD and reads(entry)}
    return direct.union(*(nx.descendants(graph(lock), name) for name in direct))


def graph(lock: Lock) -> "nx.DiGraph[str]":
    """Return the stages with an edge from each to those that read what it writes."""
    entries = stages(lock)
    writer = {out["path"]: name for name, entry in entries.items() for out in _of(entry, "outs")}
    edges = [
        (writer[dep["path"]], name)
        for name, entry in entries.items()
        for dep in [*_of(entry, "deps"), *({"path": path} for path in entry.get("params", {}))]
        if dep["path"] in writer and writer[dep["path"]] not in UNREAD
    ]
    found: nx.DiGraph[str] = nx.DiGraph(edges)
    found.add_nodes_from(entries)
    return found


def stale(lock: Lock, tracked: Collection[str]) -> list[str]:
    """Return a sentence for everything that git stores and that changed since the stages ran.

    Parameters
    ----------
    lock : mapping
    tracked : collection of str
        The files that git stores; others are not looked at, so that large data are not read.
    """
    params = cache(lambda path: params_file.parse(Path(path)))
    results = outputs(lock)  # whether they are as written is another question
    found: dict[str, None] = {}
    for name, entry in stages(lock).items():
        if name in UNREAD:
            continue
        for path, sections in entry.get("params", {}).items():
            if path in tracked:
                now = {key: params(path).get(key) for key in sections}
                for key, (before, after) in changed(sections, now).items():
                    found[f"{key} is {after}; the results were made with {before}"] = None
        for dep in _of(entry, "deps"):
            is_given = dep["path"] in tracked and dep["path"] not in results
            if is_given and md5(Path(dep["path"])) != dep["md5"]:
                found[f"{dep['path']} was changed since the results were made"] = None
    return list(found)


def md5(path: Path) -> str | None:
    """Return the MD5 hash of a file as DVC computes it, None where there is no file."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _of(entry: Mapping[str, Any], kind: str) -> Iterable[Mapping[str, Any]]:
    return entry.get(kind) or ()


def _inputs(entry: Mapping[str, Any]) -> object:
    deps = {dep["path"]: dep["md5"] for dep in _of(entry, "deps")}
    return entry.get("cmd"), deps, entry.get("params")


def _same(old: object, new: object) -> bool:
    return old == new and isinstance(old, bool) == isinstance(new, bool)
