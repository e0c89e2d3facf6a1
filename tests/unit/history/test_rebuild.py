"""A rebuild runs the stages of both pipelines once, and says which outputs differ."""

import os
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from project import Project

from mlp.history import rebuild

PARAMS = "networks: {linear: params.yaml}\ngate: {model: linear}\n"
# evidence stands before crossval, which it reads.
GATE = """\
stages:
  evidence:
    wdir: ..
    cmd: cp oof.csv rows.csv
    deps: [oof.csv]
    outs: [{rows.csv: {cache: false}}]
  crossval:
    wdir: ..
    cmd: cp model.txt oof.csv
    deps: [model.txt]
    outs: [oof.csv]
"""
ROOT = """\
stages:
  train:
    cmd: cp params.yaml model.txt
    deps: [params.yaml]
    outs: [model.txt]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("made") / "project"
    (folder / "gate").mkdir(parents=True)
    for name, text in {"params.yaml": PARAMS, "dvc.yaml": ROOT, "gate/dvc.yaml": GATE}.items():
        (folder / name).write_text(text, encoding="utf-8")
    made = Project(folder)
    made.run("git", "init", "--quiet", "--initial-branch", "main")
    made.run("dvc", "init", "--quiet")
    made.run("dvc", "repro", "--quiet", "gate/dvc.yaml")
    made.commit("Start")
    return made


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """A pipeline of one stage, and one for the gate that reads what it writes."""
    return made.copy(tmp_path / "project")


def rebuilt(project: Project, folder: Path) -> tuple[list[str], list[str]]:
    """Return the differences, and what was said of the progress."""
    said: list[str] = []
    with patch.dict(os.environ, project.env, clear=True):
        differences = rebuild.rebuild(
            project.path, project.path / ".dvc/cache", folder, said.append
        )
        return list(differences), said


def test_both_pipelines_are_rebuilt_and_each_stage_runs_once(
    project: Project, tmp_path: Path
) -> None:
    assert rebuilt(project, tmp_path / "clone") == (
        [],
        [
            "rebuilding: train",
            "rebuilding: gate/dvc.yaml:crossval",
            "rebuilding: gate/dvc.yaml:evidence",
        ],
    )


def test_evidence_that_is_not_that_of_the_commit_is_a_difference(
    project: Project, tmp_path: Path
) -> None:
    """Somebody edited the rows, and their hash in gate/dvc.lock."""
    (project.path / "rows.csv").write_text("better\n", encoding="utf-8")
    project.run("dvc", "commit", "--quiet", "--force", "gate/dvc.yaml:evidence")
    project.commit("Improve")
    differences, _ = rebuilt(project, tmp_path / "clone")
    assert differences == ["rows.csv: a rebuild gives other bytes than gate/dvc.lock records"]


def test_without_a_committed_lock_the_gate_is_not_rebuilt(project: Project, tmp_path: Path) -> None:
    project.run("git", "rm", "--quiet", "gate/dvc.lock")
    project.commit("Forget the evidence")
    assert rebuilt(project, tmp_path / "clone") == (
        [],
        [
            "rebuilding: train",
            "not rebuilding gate/dvc.yaml: its lock file is not committed",
        ],
    )


def test_a_stage_that_is_gone_is_a_difference(project: Project, tmp_path: Path) -> None:
    """DVC leaves its entry in dvc.lock, and its output in git."""
    kept = "    outs: [model.txt]\n  copy:\n    cmd: cp model.txt copy.txt\n    outs: [{copy.txt: {cache: false}}]\n"
    project.edit("dvc.yaml", "    outs: [model.txt]\n", kept)
    project.run("dvc", "repro", "--quiet")
    (project.path / "dvc.yaml").write_text(ROOT, encoding="utf-8")
    project.run("dvc", "repro", "--quiet")
    project.commit("Drop a stage")
    differences, _ = rebuilt(project, tmp_path / "clone")
    assert differences == ["copy.txt is in the committed dvc.lock, and no stage writes it"]


def test_on_another_processor_metrics_are_compared_within_rounding(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stage writes what depends on the machine, as a training does."""
    stage = "stages:\n  train:\n    cmd: cp $MACHINE m.json\n    outs: [{m.json: {cache: false}}]\n"
    (project.path / "dvc.yaml").write_text(stage, encoding="utf-8")
    (project.path / "gate/dvc.yaml").unlink()
    (project.path / "gate/dvc.lock").unlink()
    for name, accuracy in {"here": 0.95, "near": 0.951, "far": 0.9}.items():
        (project.path / name).write_text(f'{{"accuracy": {accuracy}}}\n', encoding="utf-8")
    project.run("dvc", "repro", MACHINE="here")
    project.commit("Train")
    too_far = (
        "m.json: a rebuild differs by more than other kernels explain (accuracy 0.95, rebuilt 0.9)"
    )
    monkeypatch.setattr("platform.machine", lambda: "aarch64")
    for name, expected in (("near", []), ("far", [too_far])):
        project.env["MACHINE"] = name
        differences, said = rebuilt(project, tmp_path / name)
        assert differences == expected
        assert said[0] == (
            "aarch64, MLP_NUMERICS pinned: the numeric kernels are not pinned here, so labels and "
            "rounded metrics are compared, and no bytes"
        )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (r"md5: \w+", f"md5: {'1' * 32}", "the md5 of params.yaml is read as a number; put it in"),
        (r"hash: md5", "hash: sha", "params.yaml should have the hash md5"),
        (r"path: model.txt", "path: /etc", "the output /etc should be a path inside the project"),
    ],
)
def test_a_lock_file_that_dvc_did_not_write_is_refused(
    old: str, new: str, reason: str, project: Project
) -> None:
    path = project.path / "dvc.lock"
    path.write_text(re.sub(old, new, path.read_text("utf-8"), count=1), encoding="utf-8")
    for words in (("verify", "--quick"), ("explain",)):
        said = project.mlp(*words, code=2).stderr
        assert said.count("\n") == 1
        assert reason in said
