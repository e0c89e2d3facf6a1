"""Find the project that a folder is in."""

from pathlib import Path

from mlp.core.errors import InputError


def project() -> Path:
    """Return the folder of the project that the current folder is in; gate/ has a dvc.yaml too.

    Raises
    ------
    InputError
        If it is in none.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "dvc.yaml").is_file() and (folder / "params.yaml").is_file():
            return folder
    raise InputError("no folder from here up has dvc.yaml and params.yaml; run mlp in a project.")
