"""Folders for temporary files, which are deleted whether or not what is done in them fails.

`tempfile.TemporaryDirectory` tries without end to delete a file that it may not delete.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlp.core.stage import warn


@contextmanager
def folder(prefix: str = "mlp-", beside: Path | None = None) -> Iterator[Path]:
    """Yield a new folder, and delete it at the end; what cannot be deleted gets a warning.

    Parameters
    ----------
    prefix : str
        How its name begins.
    beside : Path, optional
        The folder that it is in, instead of the system's for temporary files.
    """
    path = Path(tempfile.mkdtemp(prefix=prefix, dir=beside))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if path.exists():
            warn([f"{path} cannot be deleted."])
