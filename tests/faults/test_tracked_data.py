"""Data that `dvc add` tracks: they are given and never run, and a rebuild brings them."""

import os
import shutil
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import pytest
from dvc.repo import Repo
from project import Project

from mlp.core.errors import InputError
from mlp.explain import reasons
from mlp.explain.reruns import Pipeline, Reruns
from mlp.history import pending, rebuild, results

GRAPH = """
stages:
  copy:
    cmd: python -c "import shutil; shutil.copy('given.csv', 'copied.csv')"
    deps: [given.csv]
    outs: [copied.csv]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One stage that copies a file that DVC tracks."""
    project = Project(tmp_path_factory.mktemp("made") / "project")
    project.path.mkdir()
    (project.path / "dvc.yaml").write_text(GRAPH, encoding="utf-8")
    (project.path / "params.yaml").write_text("networks: {}\n", encoding="utf-8")
    (project.path / "given.csv").write_text("x\n1\n", encoding="utf-8")
    project.run("git", "init", "--quiet", "--initial-branch", "main")
    project.dvc("init", "--quiet")
    project.dvc("add", "--quiet", "given.csv")
    project.run("dvc", "repro", "--quiet")
    project.commit("Start")
    return project


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """A copy of it, to change at will."""
    return made.copy(tmp_path / "project")


def rebuilt(project: Project, folder: Path) -> list[str]:
    cache = project.path / ".dvc/cache"
    with patch.dict(os.environ, project.env, clear=True):
        return list(rebuild.rebuild(project.path, cache, folder, lambda _: None))


def test_a_rebuild_brings_them(project: Project, tmp_path: Path) -> None:
    assert rebuilt(project, tmp_path / "clone") == []
    assert (tmp_path / "clone/copied.csv").read_text(encoding="utf-8") == "x\n1\n"


def test_a_rebuild_without_them_is_refused_in_words(project: Project, tmp_path: Path) -> None:
    shutil.rmtree(project.path / ".dvc/cache")
    with pytest.raises(
        InputError, match=r"given\.csv\.dvc are not in DVC's cache here; `dvc pull`"
    ):
        rebuilt(project, tmp_path / "clone")


def test_they_are_no_stage_that_could_be_pending(project: Project) -> None:
    with chdir(project.path), patch.dict(os.environ, project.env, clear=True):
        assert pending.since_the_run(results.workspace(), "test") == []
        with Repo() as repo:
            pipeline = Pipeline(repo)
            assert reasons.pending(pipeline) == ({}, Reruns([], [], []))
            assert pipeline.of_file("given.csv").first == ["copy"]
        (project.path / "given.csv").write_text("x\n2\n", encoding="utf-8")
        with Repo() as repo:
            why, _ = reasons.pending(Pipeline(repo))
        assert list(why) == ["copy"]
