"""Tell from a revision's lock files and parameters whether a stage ran after those before it."""

from collections.abc import Iterator

from mlp.history import lock
from mlp.history.snapshot import PARAMS, Snapshot
from mlp.history.values import changed, value


def disagreements(side: Snapshot, stage: str) -> Iterator[str]:
    """Yield a sentence for each input that the stage was not run with.

    Parameters
    ----------
    side : Snapshot
    stage : str
        As `mlp.history.lock.joined` names it.
    """
    recorded = side.lock("oof")
    entry = lock.stages(recorded).get(stage)
    if entry is None:
        yield f"the stage {stage} has not run at {side.name}"
        return
    outputs = lock.outputs(recorded)
    for dep in lock.deps(entry):
        if outputs.get(dep["path"], dep["md5"]) != dep["md5"]:
            yield f"{stage} has not run since {dep['path']} changed at {side.name}"
    run_with = (entry.get("params") or {}).get(PARAMS, {})
    now = {key: value(side.params, key) for key in run_with}
    for key in changed(run_with, now):
        yield f"{stage} has not run since {key} changed at {side.name}"
