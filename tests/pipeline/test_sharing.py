"""Results shared through a DVC remote: who pulls what another has run runs nothing.

The stages are stubs. With a folder, the commands that share run in processes of their own.
"""

from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

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


Remote = list[list[str]]


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.long)])
def remote(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Remote]:
    """The commands of docs/scale.md that name a remote: a folder, or an S3 server on loopback."""
    if request.param == "folder":
        yield [["remote", "add", "--default", "shared", str(tmp_path / "shared")]]
        return
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=url).create_bucket(Bucket="results")
    yield [
        ["remote", "add", "--default", "shared", "s3://results/digits"],
        ["remote", "modify", "shared", "endpointurl", url],
    ]
    server.stop()


class Stubbed(Project):
    """A project whose DVC calls the stubs."""

    def dvc(self, *words: str, code: int = 0) -> CompletedProcess[str]:  # type: ignore[override]
        return super().dvc(*words, code=code, run=stubs.run)

    def apart(self, *words: str, code: int = 0) -> CompletedProcess[str]:
        """Run a command of DVC in a process of its own where the remote is a folder."""
        is_folder = "endpointurl" not in (self.path / ".dvc/config").read_text(encoding="utf-8")
        return self.run("dvc", *words, code=code) if is_folder else self.dvc(*words, code=code)


def test_another_clone_runs_nothing(
    remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Stubbed(stubs.checkout(tmp_path / "mine").path)
    stubs.use(mine, monkeypatch)
    env = {"PATH": f"{mine.path.parent / 'bin'}:{mine.env['PATH']}"}
    mine.env |= environment() | env | {"DVC_SITE_CACHE_DIR": str(tmp_path / "site")}
    for command in remote:
        mine.dvc(*command)
    assert "Running stage 'search'" in mine.dvc("repro").stdout
    mine.dvc("repro", "gate/dvc.yaml")
    mine.commit("Run the pipeline")
    theirs = Stubbed(tmp_path / "theirs", mine.env)
    mine.run("git", "clone", "--quiet", ".", str(theirs.path))

    mine.apart("push", "--run-cache")
    assert theirs.apart("status", "--quiet", code=1).stdout == ""  # its data are not here
    theirs.apart("pull", "--run-cache")
    assert "Running stage" not in theirs.dvc("repro").stdout

    for project in (mine, theirs):  # the same change in both, not committed in either
        project.put("mlp.alpha", 0.5)
    changed = mine.apart("repro").stdout
    assert "Running stage 'train@mlp'" in changed
    mine.dvc("push", "--run-cache")
    theirs.dvc("pull", "--run-cache")
    again = theirs.apart("repro", "--pull").stdout
    assert "Running stage 'train@mlp'" not in again
    assert "Stage 'train@mlp' is cached - skipping run, checking out outputs" in again
    model = "data/models/mlp/model.onnx"
    assert (theirs.path / model).read_bytes() == (mine.path / model).read_bytes()
