"""List the files that a new project takes: the code as git stores it, and no results."""

import io
import tarfile
from pathlib import Path

from mlp.core import disk
from mlp.core.errors import InputError
from mlp.new import repository

HERE = Path(__file__).parents[2]
BRANCH = "mlp-pipeline"  # of a new project: this project, version after version
LEFT_OUT = (  # files, and folders with a slash at their end
    ".ci/",
    "CHANGELOG.md",
    "README.md",
    "benchmarks/",
    "docs/index.md",
    "docs/notebook.es.md",
    "docs/notebook.md",
    "docs/pictures/",
    "dvc.lock",
    "examples/",
    "gate/dvc.lock",
    "gate/curve/",
    "gate/oof/",
    "gate/repeats/",
    "metrics/",
    "plots/",
    "stages/sources/digits.py",
    "tests/contract/test_benchmarks_docs.py",
    "tests/contract/test_gate_docs.py",
    "tests/contract/test_notebook_docs.py",
    "tests/contract/test_scale_docs.py",
    "tests/contract/test_trust_docs.py",
    "tests/faults/",
    "tests/pipeline/",
    "tests/unit/benchmarks/",
)


def extract(folder: Path) -> str:
    """Write the files of a new project into a folder, and return the version that they are.

    Uncommitted changes are left out. Of a project that was itself made so, its branch
    `mlp-pipeline` is taken.

    Raises
    ------
    InputError
        If this project is not a git repository.
    """
    top = repository.try_git(HERE, "rev-parse", "--show-toplevel")
    if top is None or Path(top.decode().strip()).resolve() != HERE.resolve():
        raise InputError(f"{HERE} is not a git repository; run mlp from a clone of mlp-pipeline.")
    version = repository.try_git(HERE, "rev-parse", "--verify", "--quiet", f"refs/heads/{BRANCH}")
    commit = version or repository.git(HERE, "rev-parse", "--verify", "HEAD")
    archive = repository.git(HERE, "archive", "--format=tar", commit.decode().strip())
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for member in files.getmembers():
            if not is_left_out(member.name):
                with disk.named(folder / member.name):
                    files.extract(member, folder, filter="data")
    return commit.decode()[:7]


def is_left_out(name: str) -> bool:
    """Return whether a new project does not take a file."""
    folders = tuple(path for path in LEFT_OUT if path.endswith("/"))
    return name in LEFT_OUT or f"{name}/".startswith(folders)
