"""Tell whether results are older than the parameters, code and pipelines that they come from."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mlp.core import params_file
from mlp.history import digest, git, lock
from mlp.history.lock import PIPELINES, Lock
from mlp.history.results import Results
from mlp.history.revisions import Revision
from mlp.history.values import changed, text, value

RUN = {"test": "`dvc repro`", "oof": "`dvc repro`, then `make gate` (`dvc repro gate/dvc.yaml`)"}


def since_the_run(
    here: Results,
    evidence: str,
    earlier: Revision | None = None,
    ignored: Collection[str] = (),
) -> list[str]:
    """Return a sentence for everything that changed in this workspace since its stages ran.

    It looks at parameters, at inputs that git stores, at the order in which stages ran and at the
    entries of dvc.yaml. It does not read large data; `mlp verify` does that.

    Parameters
    ----------
    here : Results
    evidence : str
        test or oof: whose stages to look at.
    earlier : Revision, optional
        If the pipelines are as they were there, their entries are not looked at, which saves time.
    ignored : collection of str
        Stages to leave out, without their networks, such as repeat.
    """
    pipelines = PIPELINES[evidence]
    missing = [file for file in map(lock.file_of, pipelines) if not here.has(file)]
    if missing:
        return [f"{file} is missing" for file in missing]
    recorded = here.lock(evidence)
    sentences = stale(recorded, git.tracked(), ignored)
    if earlier and git.git("diff", "--quiet", earlier.sha, "--", *pipelines) is not None:
        return sentences
    return [*sentences, *_entries(recorded, pipelines, ignored)]


def stale(recorded: Lock, tracked: Collection[str], left_out: Collection[str] = ()) -> list[str]:
    """Return a sentence for everything that git stores and that changed since the stages ran.

    Parameters
    ----------
    recorded : mapping
        The content of a lock file.
    tracked : collection of str
        The files that git stores. Others are not looked at, so that large data are not read.
    left_out : collection of str
        Stages that are not looked at, without their networks.
    """
    params = cache(lambda path: params_file.parse(Path(path)))
    md5 = cache(lambda path: digest.md5(Path(path)))  # many stages read the same package
    outputs = lock.outputs(recorded)
    sentences: dict[str, None] = {}
    for name, entry in lock.stages(recorded).items():
        if lock.kind_of(name) in left_out:
            continue
        for path, sections in (entry.get("params") or {}).items():
            if path in tracked or Path(path).exists():
                sentences |= dict.fromkeys(_values(sections, params(path)))
        sentences |= dict.fromkeys(_inputs(name, entry, outputs, tracked, md5))
    return list(sentences)


def _values(sections: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[str]:
    now = {key: value(content, key) for key in sections}
    for key, (before, after) in changed(sections, now).items():
        yield f"{key} is {text(after)}; the results were made with {text(before)}"


def _inputs(
    name: str,
    entry: Mapping[str, Any],
    outputs: Mapping[str, str],
    tracked: Collection[str],
    md5: Callable[[str], str | None],
) -> Iterator[str]:
    for dep in lock.counted(name, entry):
        path = dep["path"]
        if path in outputs:
            if outputs[path] != dep["md5"]:
                yield f"{name} has not run since {path} changed"
            continue
        # A folder of several stages' outputs is not read by any stage whose results are judged.
        is_given = not any(lock.overlap(path, output) for output in outputs)
        is_tracked = path in tracked or any(file.startswith(f"{path}/") for file in tracked)
        if is_given and is_tracked and md5(path) != dep["md5"]:
            for file in _edited(path, lock.file_of(lock.pipeline_of(name))):
                yield f"{file} was changed since the results were made"


def _edited(path: str, lock_file: str) -> list[str]:
    """Return the files of an input that were edited since the results, or else the input."""
    commit = git.last_change(lock_file)
    return (git.edited(commit, [path]) if commit else []) or [path]


def _entries(recorded: Lock, pipelines: Collection[str], ignored: Collection[str]) -> Iterator[str]:
    """Return a sentence for every stage whose entry in a pipeline is not the one that was run."""
    from dvc.repo import Repo  # noqa: PLC0415 - it takes a third of a second

    entries = lock.stages(recorded)
    with Repo() as repo:
        run = (stage for stage in repo.index.stages if not stage.is_data_source)
        stages = [stage for stage in run if lock.pipeline_of(stage.addressing) in pipelines]
        for stage in stages:
            if lock.kind_of(stage.addressing) in ignored:
                continue
            yield from _entry(stage, entries.get(stage.addressing))
    for name in sorted(entries.keys() - {stage.addressing for stage in stages}):
        pipeline = lock.pipeline_of(name)
        yield f"{lock.file_of(pipeline)} holds {name}, which {pipeline} does not; delete its entry"


def _entry(stage: Any, entry: Mapping[str, Any] | None) -> Iterator[str]:
    name = stage.addressing
    files = [item.def_path for item in (*stage.deps, *stage.outs)]
    if entry is None:
        yield f"the stage {name} has not run"
    elif stage.cmd != entry.get("cmd") or set(files) != set(lock.paths(entry)):
        yield f"the entry of {name} in {lock.pipeline_of(name)} was changed"
