"""The project with stubs for its stages (see stub_stage.py), to test DVC's decisions."""

import json
import re
import shutil
import sys
from contextlib import chdir
from pathlib import Path
from typing import Any

import project
import pytest
import stub_stage
from dvc.repo import Repo
from dvc_here import calling
from project import Project

ORDER_ONLY = {"data/environment.json"}
CODE = re.compile(r"mlp$|(mlp|stages)/(\w+(\.py)?)$|requirements\.lock$|params\.yaml$")


def checkout(folder: Path) -> Project:
    """Return a clone in a folder, beside what its `python` is to be."""
    made = project.checkout(folder / "project")
    stub = folder / "bin" / "stub_stage.py"
    stub.parent.mkdir()
    shutil.copy(stub_stage.__file__, stub)
    with chdir(made.path), Repo() as repo:
        stages = json.dumps({stage.addressing: described(stage) for stage in repo.index.stages})
    (stub.parent / "stages.json").write_text(stages, encoding="utf-8")
    python = stub.parent / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{stub}"\n', encoding="utf-8")
    python.chmod(0o755)
    return made


def use(stubbed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `python` the stub of a clone."""
    monkeypatch.setenv("PATH", str(stubbed.path.parent / "bin"), prepend=":")


def described(stage: Any) -> dict[str, Any]:
    """Return what a stage reads and writes, as DVC understands dvc.yaml."""
    return {
        "outs": [path_of(out) for out in stage.outs],
        "data": [
            path_of(dep)
            for dep in stage.deps
            if not CODE.match(dep.def_path) and dep.def_path not in ORDER_ONLY
        ],
        "params": {dep.def_path: dep.params for dep in stage.params},
    }


def path_of(item: Any) -> str:
    """Return the path of a dependency or an output, from the project's folder."""
    return str(Path(item.fs_path).relative_to(Path(item.repo.root_dir)))


def ran(project: Project, target: str | None = None) -> set[str]:
    """Run what DVC finds changed, and return the stages that it ran or took from its run cache."""
    with calling(run), chdir(project.path), Repo() as repo:
        return {stage.addressing.rsplit(":")[-1] for stage in repo.reproduce(target)}


def run(stage: Any) -> None:
    """Be a stage of DVC, as its stub."""
    with chdir(stage.wdir):
        stub_stage.run(stage.addressing, described(stage))
