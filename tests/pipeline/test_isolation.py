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
from stubs import path_of

from mlp.core.partial import place

pytestmark = pytest.mark.slow

with chdir(ROOT), Repo() as repo:
    STAGES = {stage.addressing.rsplit(":")[-1]: stage for stage in repo.index.stages}
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
    return {path_of(item) for item in [*stage.deps, *stage.outs]}


def is_declared(path: str, items: set[str]) -> bool:
    return any(path == item or path.startswith(f"{item}/") for item in items)


def content(path: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of every file of a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return {str(file.relative_to(path)): file.read_bytes() for file in files if file.is_file()}


def only_inputs(stage: Any, built: Project, folder: Path) -> Project:
    """Return a folder that holds what the stage declares: files, and sections of params files."""
    by_section = [dep for dep in stage.params if dep.params]
    for dep in stage.deps:
        if dep in by_section:
            continue
        path, to = built.path / path_of(dep), folder / path_of(dep)
        to.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, to, dirs_exist_ok=True)
        elif not to.exists():
            shutil.copy(path, to)
    for package in ("mlp", "stages"):
        shutil.copy(built.path / package / "__init__.py", folder / package / "__init__.py")
    for name in {path_of(dep) for dep in by_section}:
        content = YAML(typ="safe", pure=True).load(built.path / name)
        sections: dict[str, Any] = {}
        for key in (key for dep in by_section if path_of(dep) == name for key in dep.params):
            section, _, inner = key.partition(".")
            value = {inner: content[section][inner]} if inner else content[section]
            sections.setdefault(section, {}).update(value) if inner else sections.update(
                {section: value}
            )
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        YAML().dump(sections, folder / name)
    return Project(folder)


@pytest.mark.parametrize("name", STAGES)
def test_stage_alone_writes_the_same_bytes(name: str, built: Project, tmp_path: Path) -> None:
    """In another folder, with its declared inputs alone and under a hostile environment.

    And it opens, or tries to open, no other file of the project.
    """
    stage = STAGES[name]
    project = only_inputs(stage, built, tmp_path / "alone")
    log = tmp_path / "opened"
    audit = {"PYTHONPATH": str(ROOT / "tests/audit"), "AUDIT_LOG": str(log), "DVC_STAGE": name}
    project.run(*shlex.split(stage.cmd), **hostile(tmp_path), **audit)
    for out in stage.outs:
        assert content(project.path / path_of(out)) == content(built.path / path_of(out)), path_of(
            out
        )
    opened = opened_files(log, project.path)
    if name.partition("@")[0] in {
        "search",
        "repeat",
    }:  # outside the graph: what is in it changes no result
        opened = {path for path in opened if not path.startswith(".cache/fits/")}
    assert f"stages/{name.split('@', maxsplit=1)[0]}.py" in opened
    known = declared(stage) | {"mlp/__init__.py", "stages/__init__.py"}
    assert [path for path in opened if not is_declared(path, known)] == []


def opened_files(log: Path, folder: Path) -> set[str]:
    """Return the files in a folder that a log of tests/audit names; for bytecode, its source."""
    paths = [Path(line.split("\t")[1]) for line in log.read_text(encoding="utf-8").splitlines()]
    inside = {str(place(path.relative_to(folder))) for path in paths if path.is_relative_to(folder)}
    return {re.sub(r"__pycache__/(\w+)\.[\w-]+\.pyc(\.\d+)?$", r"\1.py", path) for path in inside}


def train_mlp(built: Project, folder: Path, seed: int = 0, **env: str) -> bytes:
    project = only_inputs(STAGES["train@mlp"], built, folder)
    project.edit("params.yaml", "random_state: 0", f"random_state: {seed}")
    project.run(*shlex.split(STAGES["train@mlp"].cmd), **env)
    return (folder / "data/models/mlp/model.onnx").read_bytes()


def committed(built: Project) -> bytes:
    """Return what the stage alone writes too, in whatever environment: see above."""
    return (built.path / "data/models/mlp/model.onnx").read_bytes()


def test_another_seed_gives_other_bytes(built: Project, tmp_path: Path) -> None:
    assert train_mlp(built, tmp_path / "other", seed=1) != committed(built)


@on_x86_64
def test_without_the_pins_the_kernel_decides(built: Project, tmp_path: Path) -> None:
    """The negative control of the hostile environment: it does change the bytes, but for the pins."""
    kernel = {"OPENBLAS_CORETYPE": "Nehalem"}
    native = train_mlp(built, tmp_path / "native", MLP_NUMERICS="native", **kernel)
    assert native != committed(built)


@on_x86_64
def test_a_clone_reproduces_what_is_committed(built: Project) -> None:
    assert (built.path / "dvc.lock").read_bytes() == (ROOT / "dvc.lock").read_bytes()
    assert built.run("git", "status", "--short").stdout == ""
