"""A stage reads what it declares and nothing else, and what it writes depends on that alone."""

import platform
import re
import shlex
import shutil
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from dvc.repo import Repo
from project import ROOT, Project
from ruamel.yaml import YAML

pytestmark = pytest.mark.slow

with chdir(ROOT), Repo() as repo:
    STAGES = {stage.addressing: stage for stage in repo.index.stages}
on_x86_64 = pytest.mark.skipif(
    platform.machine() not in {"x86_64", "AMD64"}, reason="the kernels are pinned on x86-64 only"
)


def hostile(folder: Path) -> dict[str, str]:
    """Return an environment that would change the results, if they depended on it."""
    return {
        "OPENBLAS_CORETYPE": "Nehalem",
        "OPENBLAS_NUM_THREADS": "2",
        "OMP_NUM_THREADS": "2",
        "PYTHONHASHSEED": "30",
        "TZ": "Pacific/Chatham",
        "LC_ALL": "C",
        "HOME": str(folder / "home"),
        "LOKY_MAX_CPU_COUNT": "1",
    }


def declared(stage: Any) -> set[str]:
    return {item.def_path for item in [*stage.deps, *stage.outs]}


def only_inputs(stage: Any, built: Project, folder: Path) -> Project:
    """Return a folder that holds what the stage declares: files, and sections of params files."""
    for dep in stage.deps:
        (folder / dep.def_path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(built.path / dep.def_path, folder / dep.def_path)
    for dep in stage.params:
        if dep.params:
            content = YAML(typ="safe", pure=True).load(built.path / dep.def_path)
            sections: dict[str, Any] = {}
            for key in dep.params:
                section, _, inner = key.partition(".")
                value = {inner: content[section][inner]} if inner else content[section]
                sections[section] = value
            YAML().dump(sections, folder / dep.def_path)
    return Project(folder)


@pytest.mark.parametrize("name", STAGES)
def test_stage_alone_writes_the_same_bytes(name: str, built: Project, tmp_path: Path) -> None:
    """In another folder, with its declared inputs alone and under a hostile environment."""
    stage = STAGES[name]
    project = only_inputs(stage, built, tmp_path / "alone")
    project.run(*shlex.split(stage.cmd), **hostile(tmp_path))
    for out in stage.outs:
        written = (project.path / out.def_path).read_bytes()
        assert written == (built.path / out.def_path).read_bytes(), out.def_path


@pytest.mark.parametrize("name", STAGES)
def test_stage_opens_only_declared_files(name: str, built: Project) -> None:
    opened = set()
    for line in (built.path.parent / "opened").read_text(encoding="utf-8").splitlines():
        stage, path = line.split("\t")
        if stage == name and Path(path).is_relative_to(built.path):
            path = str(Path(path).relative_to(built.path))
            if stage == "search" and path.startswith(".cache/fits/"):
                continue  # outside the graph: what is in it changes no result
            opened.add(re.sub(r"__pycache__/(\w+)\.[\w-]+\.pyc(\.\d+)?$", r"\1.py", path))
    assert f"stages/{name.split('@', maxsplit=1)[0]}.py" in opened
    assert opened <= declared(STAGES[name])


def train_mlp(built: Project, folder: Path, seed: int = 0, **env: str) -> bytes:
    project = only_inputs(STAGES["train@mlp"], built, folder)
    project.edit("params.yaml", "random_state: 0", f"random_state: {seed}")
    project.run(*shlex.split(STAGES["train@mlp"].cmd), **env)
    return (folder / "data/models/mlp/model.onnx").read_bytes()


def test_another_seed_gives_other_bytes(built: Project, tmp_path: Path) -> None:
    committed = (built.path / "data/models/mlp/model.onnx").read_bytes()
    assert train_mlp(built, tmp_path / "same") == committed
    assert train_mlp(built, tmp_path / "other", seed=1) != committed


@on_x86_64
def test_without_the_pins_the_kernel_decides(built: Project, tmp_path: Path) -> None:
    """The negative control of the hostile environment: it does change the bytes, but for the pins."""
    kernel = {"OPENBLAS_CORETYPE": "Nehalem"}
    pinned = train_mlp(built, tmp_path / "pinned", **kernel)
    assert train_mlp(built, tmp_path / "native", MLP_NUMERICS="native", **kernel) != pinned


@on_x86_64
def test_a_clone_reproduces_what_is_committed(built: Project) -> None:
    assert (built.path / "dvc.lock").read_bytes() == (ROOT / "dvc.lock").read_bytes()
    assert built.run("git", "status", "--short").stdout == ""
