"""A stage ends with its DVC, however that ends and whatever shell is between them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from project import BIN, ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows ends no process by a signal")
WAIT = 60  # seconds for what takes a fraction of one

# It starts a stage as DVC does: by a shell, with a variable, and with no pid.
DVC = """
import json, os, subprocess
subprocess.Popen(json.loads(os.environ.pop("COMMAND")), env=os.environ | {"DVC_STAGE": "endless"}).wait()
"""
STAGE = """
import sys, time
{before}
from mlp.core import start, stage
@stage.entry("doc", [], ["out"])
def main(args):
    args.out.write_text("half", encoding="utf-8")
    print("begun", flush=True)
    time.sleep(600)
stage.run(main)
"""
RUN = "python -m stages.endless --out out"
SHELLS = {
    "becomes the stage": ["bash", "--noprofile", "--norc", "-c", f"exec {RUN}"],
    "stays between": ["/bin/sh", "-c", f"{RUN}; exit $?"],
    "calls a shell": ["/bin/sh", "-c", f"/bin/sh -c '{RUN}; exit $?'; exit $?"],
}


@contextmanager
def running(
    folder: Path, command: Sequence[str], before: str = ""
) -> "Iterator[subprocess.Popen[str]]":
    """Run a command in a folder with a stage that never ends, under what stands for DVC."""
    (folder / "stages").mkdir()
    (folder / "stages/__init__.py").touch()
    (folder / "stages/endless.py").write_text(STAGE.format(before=before), encoding="utf-8")
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    dvc = subprocess.Popen(
        [sys.executable, "-c", DVC],
        cwd=folder, env=os.environ | {"COMMAND": json.dumps(command), "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "PATH": path},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield dvc
    finally:
        os.killpg(dvc.pid, signal.SIGKILL) if dvc.poll() is None else None


def outputs(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name not in {"stages", "gone"}]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_stage_ends_with_its_dvc(shell: str, tmp_path: Path) -> None:
    """All of them hold the pipe, so it is at its end when none is left."""
    with running(tmp_path, SHELLS[shell]) as dvc:
        assert dvc.stdout
        assert dvc.stdout.readline() == "begun\n"
        dvc.kill()
        assert dvc.communicate(timeout=WAIT) == ("", None)
    (left,) = outputs(tmp_path)
    assert left.startswith(".out.")


def test_elsewhere_than_on_linux_a_thread_watches(tmp_path: Path) -> None:
    with running(tmp_path, ["bash", "-c", f"exec {RUN}"], "sys.platform = 'darwin'") as dvc:
        assert dvc.stdout
        assert dvc.stdout.readline() == "begun\n"
        dvc.kill()
        assert dvc.communicate(timeout=WAIT) == ("", None)


@pytest.mark.parametrize("end", ["exec {}", "{}; exit $?"])
def test_a_stage_that_starts_after_its_dvc_ended_does_nothing(end: str, tmp_path: Path) -> None:
    wait = "echo ready; until test -e gone; do sleep 0.01; done; "
    with running(tmp_path, ["/bin/sh", "-c", wait + end.format(RUN)]) as dvc:
        assert dvc.stdout
        assert dvc.stdout.readline() == "ready\n"
        dvc.kill()
        dvc.wait(WAIT)
        (tmp_path / "gone").touch()
        assert dvc.communicate(timeout=WAIT) == ("", None)
    assert outputs(tmp_path) == []
