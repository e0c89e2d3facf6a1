"""Read DVC's lock files: what each stage was run with and what it wrote."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

Lock = Mapping[str, Any]  # the content of a lock file
ROOT, GATE = "dvc.yaml", "gate/dvc.yaml"
PIPELINES = {"test": (ROOT,), "oof": (ROOT, GATE)}  # whose stages make the evidence
FILES_OF_DVC = "dvc.yaml, .git or .dvc"  # in an error of the system that DVC leaves without a file
BASELINE = "linear"  # the network that every pipeline has
COUNTED = {"check": ("requirements.lock",)}  # by stage, what alone of its inputs decides results
OUT_OF_FOLD, REPEATED = ("crossval", "evidence"), ("repeat",)  # stages of gate/dvc.yaml


def file_of(pipeline: str) -> str:
    """Return the path of a pipeline's lock file.

    >>> file_of("gate/dvc.yaml")
    'gate/dvc.lock'
    """
    return str(PurePosixPath(pipeline).with_suffix(".lock"))


def pipeline_of(stage: str) -> str:
    """Return the path of the pipeline that a stage of `joined` is in.

    >>> pipeline_of("gate/dvc.yaml:crossval@linear"), pipeline_of("train@mlp")
    ('gate/dvc.yaml', 'dvc.yaml')
    """
    pipeline, _, _ = stage.rpartition(":")
    return pipeline or ROOT


def kind_of(stage: str) -> str:
    """Return the name of a stage without its pipeline and its network.

    >>> kind_of("gate/dvc.yaml:crossval@linear"), kind_of("split")
    ('crossval', 'split')
    """
    return stage.rpartition(":")[2].partition("@")[0]


def joined(locks: Mapping[str, Lock]) -> Lock:
    """Return several lock files as one.

    Parameters
    ----------
    locks : mapping
        Contents by the path of the pipeline. Stages of another pipeline than dvc.yaml are named as
        DVC addresses them, for example gate/dvc.yaml:crossval@linear.
    """
    return {
        "stages": {
            name if pipeline == ROOT else f"{pipeline}:{name}": entry
            for pipeline, lock in locks.items()
            for name, entry in stages(lock).items()
        }
    }


def living(lock: Lock, networks: Collection[str]) -> Lock:
    """Return a lock file without stages of networks that are gone; DVC never deletes their entries.

    A stage is run once for each network if it is run for `BASELINE`.
    """
    entries = stages(lock)

    def is_living(name: str) -> bool:
        stage, _, network = name.partition("@")
        return f"{stage}@{BASELINE}" not in entries or network in networks

    return {"stages": {name: entry for name, entry in entries.items() if is_living(name)}}


def stages(lock: Lock) -> dict[str, Any]:
    """Return the entry of every stage."""
    return dict(lock.get("stages") or {})


def deps(entry: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Return the files and folders that a stage read."""
    return entry.get("deps") or ()


def counted(stage: str, entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the files and folders that a stage read and that can decide a result.

    check reads all code and parameters, but refuses them or leaves them as they are.
    """
    only = COUNTED.get(stage)
    return [dep for dep in deps(entry) if only is None or dep["path"] in only]


def outs(entry: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Return the files and folders that a stage wrote."""
    return entry.get("outs") or ()


def paths(entry: Mapping[str, Any]) -> list[str]:
    """Return every path that a stage was run with: inputs, params files and outputs."""
    files = [file["path"] for file in (*deps(entry), *outs(entry))]
    return [*files, *(entry.get("params") or {})]


def outputs(lock: Lock) -> dict[str, str]:
    """Return the MD5 hash of every output, by its path."""
    return {out["path"]: out["md5"] for entry in stages(lock).values() for out in outs(entry)}


def overlap(one: str, other: str) -> bool:
    """Return whether two paths are equal or one is a folder that holds the other.

    >>> overlap("metrics", "metrics/mlp.json"), overlap("data/models", "data/models2")
    (True, False)
    """
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")
