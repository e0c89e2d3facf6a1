"""Whether results are older than what they were made of."""

from collections.abc import Iterator

from mlp.history import lock, revisions
from mlp.history.results import LOCK, PIPELINE, Results
from mlp.history.revisions import Revision


def since_the_run(here: Results, earlier: Revision | None = None) -> list[str]:
    """Return a sentence for everything that changed in this workspace since its stages ran.

    Looked at are parameters, the files of stages that git stores, and the entries of dvc.yaml.
    Large data are not read; `mlp verify` does that.

    Parameters
    ----------
    here : Results
    earlier : Revision, optional
        Where dvc.yaml is as it was there, its entries are not looked at, which takes a moment.
    """
    if not here.has(LOCK):
        return [f"{LOCK} is missing"]
    found = lock.stale(here.lock, revisions.tracked())
    if earlier and revisions.git("diff", "--quiet", earlier.sha, "--", PIPELINE) is not None:
        return found
    return [*found, *_entries(here.lock)]


def _entries(recorded: lock.Lock) -> Iterator[str]:
    """Return a sentence for every stage whose entry in dvc.yaml is not the one that was run."""
    from dvc.repo import Repo  # noqa: PLC0415 - it takes a third of a second

    entries = lock.stages(recorded)
    with Repo() as repo:
        run = [stage for stage in repo.index.stages if not stage.is_data_source]
        for stage in run:
            entry = entries.get(stage.addressing)
            files = [item.def_path for item in (*stage.deps, *stage.outs)]
            if entry is None:
                yield f"the stage {stage.addressing} has not run"
            elif stage.cmd != entry.get("cmd") or set(files) != set(lock.paths(entry)):
                yield f"the entry of {stage.addressing} in dvc.yaml was changed"
        for name in sorted(entries.keys() - {stage.addressing for stage in run}):
            yield f"dvc.yaml has no stage {name}, whose results these are"
