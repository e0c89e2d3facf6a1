"""Tell whether files of this workspace have the bytes that DVC recorded when a stage wrote them.

DVC itself does not look: it trusts the time and size of a file, and whatever is read-only in its
cache.
"""

import os
from pathlib import Path

from mlp.core.errors import InputError
from mlp.history import digest, lock
from mlp.history.lock import ROOT
from mlp.history.snapshot import Snapshot

MODEL = "data/models/{}/model.onnx"


def check(here: Snapshot, path: str | Path, *, unless: str = "--unchecked") -> None:
    """Raise InputError if a file, or its folder, is not what dvc.lock records.

    Parameters
    ----------
    here : Snapshot
        The lock file of this workspace.
    path : str or Path
        A file. One that is missing, or that no stage writes, passes.
    unless : str
        How the caller is told to take the file as it is.
    """
    relative = Path(os.path.relpath(path)).as_posix()
    file = lock.file_of(ROOT)
    if relative.startswith(os.pardir) or not Path(relative).exists() or not here.has(file):
        return
    for output, recorded in lock.outputs(here.lock_of(ROOT)).items():
        is_above = f"{relative}/".startswith(f"{output}/")
        if is_above and digest.md5(Path(output)) != recorded:
            raise InputError(
                f"{output} of {here.name} is not what the pipeline wrote: {file} has another hash. "
                "`dvc checkout` or `dvc repro` brings it back, `mlp verify --quick` looks for "
                f"more, and {unless} takes it as it is."
            )
