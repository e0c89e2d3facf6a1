"""A registered version of a model is fetched from elsewhere, by the commands of docs/scale.md."""

import subprocess
from pathlib import Path

import pytest
from project import ROOT, Project

COMMANDS = """\
gto register tuned --version v1.0.0
dvc artifacts get URL_OF_THE_PROJECT tuned --rev v1.0.0 --out tuned.onnx
gto assign tuned --version v1.0.0 --stage prod
"""


@pytest.mark.slow
def test_a_version_is_fetched_without_the_project(built: Project, tmp_path: Path) -> None:
    page = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
    assert all(f"\n{command}" in page for command in COMMANDS.splitlines())
    register, fetch, assign = (line.split() for line in COMMANDS.splitlines())
    project = built.copy(tmp_path / "project")
    model = (project.path / "data/models/tuned/model.onnx").read_bytes()
    project.run(*register)
    project.run(*assign)
    # The last commit has another model by now, and the version still names the first.
    project.put("networks", {"linear": "params.yaml", "mlp": "params.yaml"})
    project.commit("Drop the network")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    fetch = [str(project.path) if word == "URL_OF_THE_PROJECT" else word for word in fetch]
    for words in (fetch, [*fetch[:-4], "--stage", "prod", "--out", "prod.onnx"]):
        done = subprocess.run(
            words, cwd=elsewhere, env=project.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert (elsewhere / words[-1]).read_bytes() == model
