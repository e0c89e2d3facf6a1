"""The whole pipeline on a disk that is full, and becomes fuller at every stage."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import small
from project import once, stage

pytestmark = pytest.mark.long
SIZES = [16, 64, 256, 1024]  # kB of space that is left


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("mounting is not permitted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, left: int) -> None:
    """Leave so many kB of the disk."""
    (folder / "filler").unlink(missing_ok=True)
    free = shutil.disk_usage(folder).free - left * 1024
    with (folder / "filler").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(free, 1))


def tree(folder: Path) -> dict[str, bytes]:
    paths = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes() for name, path in paths.items() if not name.startswith(".cache")
    }


def test_the_pipeline_goes_on_when_there_is_space_again(shared: Path, disk: Path) -> None:
    """Each stage first with little space, then with more, until it succeeds; its outputs are the same."""
    kept = once(shared / f"small {small.FEW}", lambda at: small.make(at / "project"))
    made = kept / "project"
    project = disk / "project"
    project.mkdir()
    for name in ("data.csv", "docs", "params.yaml", "requirements.lock"):
        (shutil.copytree if (made / name).is_dir() else shutil.copy)(made / name, project / name)
    refused = 0
    for name in small.COMMANDS:
        for left in (0, *SIZES):
            before = tree(project)
            fill(disk, left)
            done = stage(project, *small.words(name))
            if done.returncode == 0:
                break
            refused += 1
            (error,) = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
            assert error.endswith(": No space left on device."), done.stderr
            assert not error.startswith("error: input or output"), done.stderr
            assert tree(project) == before
        assert done.returncode == 0, done.stderr
    assert refused > len(small.COMMANDS) / 2
    assert tree(project) == tree(made)
