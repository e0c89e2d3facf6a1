"""Results shared through a DVC remote: who pulls what another has run runs nothing."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
import stubs
from moto.server import ThreadedMotoServer
from project import Project, environment

pytestmark = pytest.mark.slow
KEYS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@pytest.fixture(params=["folder", "s3"])
def remote(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[list[str]]]:
    """The commands of docs/scale.md that name a remote: a folder, or an S3 server on loopback."""
    if request.param == "folder":
        yield [["dvc", "remote", "add", "--default", "shared", str(tmp_path / "shared")]]
        return
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=url).create_bucket(Bucket="results")
    yield [
        ["dvc", "remote", "add", "--default", "shared", "s3://results/digits"],
        ["dvc", "remote", "modify", "shared", "endpointurl", url],
    ]
    server.stop()


def test_another_clone_runs_nothing(
    remote: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = stubs.checkout(tmp_path / "mine")
    stubs.use(mine, monkeypatch)
    env = {"PATH": f"{mine.path.parent / 'bin'}:{mine.env['PATH']}"}
    mine.env |= environment() | env | {"DVC_SITE_CACHE_DIR": str(tmp_path / "site")}
    for command in remote:
        mine.run(*command)
    assert "Running stage 'search'" in mine.run("dvc", "repro").stdout
    mine.run("dvc", "repro", "gate/dvc.yaml")
    mine.commit("Run the pipeline")
    theirs = Project(tmp_path / "theirs", mine.env)
    mine.run("git", "clone", "--quiet", ".", str(theirs.path))

    mine.run("dvc", "push", "--run-cache")
    assert theirs.run("dvc", "status", "--quiet", code=1).stdout == ""  # its data are not here
    theirs.run("dvc", "pull", "--run-cache")
    assert "Running stage" not in theirs.run("dvc", "repro").stdout

    for project in (mine, theirs):  # the same change in both, not committed in either
        project.put("mlp.alpha", 0.5)
    changed = mine.run("dvc", "repro").stdout
    assert "Running stage 'train@mlp'" in changed
    mine.run("dvc", "push", "--run-cache")
    theirs.run("dvc", "pull", "--run-cache")
    again = theirs.run("dvc", "repro", "--pull").stdout
    assert "Running stage 'train@mlp'" not in again
    assert "Stage 'train@mlp' is cached - skipping run, checking out outputs" in again
    model = "data/models/mlp/model.onnx"
    assert (theirs.path / model).read_bytes() == (mine.path / model).read_bytes()
