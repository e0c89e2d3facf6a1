"""`make live`: the page follows params.yaml, and a slip in it costs nothing."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import pytest
import two_stages
from browser import needed, opened
from project import ROOT, Project, started

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small pipeline, which has run."""
    return two_stages.project(tmp_path / "project")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def get(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read()


def wait_for(it_holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not it_holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@contextmanager
def served(project: Project, port: int) -> Iterator[Callable[[], str]]:
    """Run `make live`, and give what reads what it wrote so far."""
    command = ["python", "-m", "commands.live", "--no-open", "--port", str(port)]
    path = project.path.parent / "live.log"

    def log() -> str:
        return path.read_text(encoding="utf-8")

    with (
        path.open("w", encoding="utf-8") as file,
        started(
            command, cwd=project.path, env=project.env, stdout=file, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            wait_for(lambda: "Start detecting" in log())
            yield log
        finally:
            process.terminate()
            process.wait(timeout=60)


@needed
def test_the_page_is_loaded_anew_when_a_parameter_was_saved(project: Project) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    with served(project, port) as log, opened(800) as seen:
        page = seen.page
        page.unroute_all()

        def shows(alpha: int) -> None:
            """Wait for this page, however often it is loaded anew meanwhile."""
            page.wait_for_function(f"document.title === 'alpha: {alpha}'")

        wait_for(lambda: "Reload 0 waiters" in log())  # after the run that it begins with
        page.goto(address)
        wait_for(lambda: "Browser Connected" in log())
        page.evaluate("window.opened = true")
        project.put("alpha", 2)
        wait_for(lambda: "Running stage 'train'" in log())
        assert page.request.get(address).ok  # which the run does not keep waiting
        assert page.evaluate("window.opened")  # for the page is loaded anew after the run alone
        shows(1)
        (project.path / "go").touch()
        shows(2)
        with page.expect_navigation():
            project.put("alpha", -1)
            wait_for(lambda: "error: alpha is negative." in log())
        shows(2)  # which the slip has not cost


def test_many_saves_at_once_end_in_the_last(project: Project) -> None:
    """A run goes on while others are saved; one more run follows it, and none meets DVC's lock."""
    (project.path / "go").touch()
    port = free_port()
    with served(project, port) as log:
        for alpha in range(2, 22):
            project.put("alpha", alpha)
            time.sleep(0.1)
        wait_for(lambda: b"alpha: 21" in get(port, "/")[1])
        assert "ERROR" not in log()
        assert log().count("Running stage 'train'") < 10


def running(project: Project) -> bool:
    """Return whether a process runs in the project's folder."""
    folders = [process.info["cwd"] for process in psutil.process_iter(["cwd"])]
    return str(project.path) in folders


@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN])
def test_it_ends_the_run_that_it_began(project: Project, handler: Any) -> None:
    """Even where SIGINT is ignored, as when a shell script puts `make live` into the background."""
    project.put("alpha", 2)
    before = signal.signal(signal.SIGINT, handler)
    try:
        with served(project, free_port()) as log:
            wait_for(lambda: "Running stage 'train'" in log())
            project.put("alpha", 3)
            wait_for(lambda: "Running task: " in log())  # after which another run is to begin
    finally:
        signal.signal(signal.SIGINT, before)
    assert not running(project)
    (project.path / "go").touch()
    project.run("dvc", "repro")  # and so DVC's lock is free


def test_it_says_what_keeps_dvc_from_running(project: Project) -> None:
    (project.path / "dvc.lock").write_text("", encoding="utf-8")
    with served(project, free_port()) as log:
        wait_for(lambda: "A run was killed here: `make repair`, or `mlp repair`," in log())
        assert "dvc.lock is empty.\n" in log()
        (project.path / "dvc.lock").unlink()
        project.put("alpha", 2)
        wait_for(lambda: "Running stage 'train'" in log())


STAGE_MISSES = """#!/bin/sh
(trap "" INT; exec sleep 1000) &
echo "Running stage 'train'"
wait
"""
DVC_MISSES = """#!/bin/sh
trap "missed=yes; trap 'exit 1' INT" INT
echo "Running stage 'train'"
while true; do sleep 0.1; done
"""


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("dvc", [STAGE_MISSES, DVC_MISSES], ids=["stage", "dvc"])
def test_it_ends_what_misses_the_interrupt(dvc: str, project: Project, tmp_path: Path) -> None:
    """As a stage does that DVC starts at that moment, and Python while it starts."""
    program = tmp_path / "bin" / "dvc"
    program.parent.mkdir()
    program.write_text(dvc, encoding="utf-8")
    program.chmod(0o755)
    project.env["PATH"] = f"{program.parent}:{project.env['PATH']}"
    with served(project, free_port()) as log:
        wait_for(lambda: "Running stage 'train'" in log())
        assert running(project)
    assert not running(project)


NOWHERE = [
    "/train.parquet", "/report.html/../train.parquet", "/..%2fparams.yaml", "/reportxhtml", "/forcereload",
    "/%00", "/report.html%00", "/%0a", "/%", "/%ff", "////",
]  # fmt: skip
FORBIDDEN = b"<html><title>403: Forbidden</title><body>403: Forbidden</body></html>"


def foreign(port: int) -> list[dict[str, str]]:
    """Return the headers of a site whose name has come to mean 127.0.0.1, and of one that asks from afar."""
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    return [
        {"Host": f"evil.example:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": f"127.0.0.1:{port}.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": f"https://127.0.0.1:{port}"},
        {"Origin": "null"},
        {"Origin": f"http://evil.example:{port}", "Sec-WebSocket-Key": "AAAA"} | upgrade,
    ]


def test_the_page_alone_is_served_to_this_machine_alone(built: Project, tmp_path: Path) -> None:
    project, port = built.copy(tmp_path / "project"), free_port()
    with served(project, port), socket.socket() as another:
        for path in ("/", "/report.html"):
            status, page = get(port, path)
            assert status == 200
            assert b"learning_rate_init" in page
        for path in NOWHERE:
            assert get(port, path)[0] == 404, path
        for headers in foreign(port):
            for path in ("/", "/livereload.js", "/livereload"):
                assert get(port, path, **headers) == (403, FORBIDDEN), headers
        assert get(port, "/", Host=f"localhost:{port}", Origin=f"http://127.0.0.1:{port}")[0] == 200
        name = socket.gethostbyname(socket.gethostname())
        if name.startswith("127."):
            name = "127.0.0.2"
        assert another.connect_ex((name, port)) != 0


@pytest.mark.parametrize("port", ["0", "70000", "x"])
def test_a_port_that_is_none(port: str) -> None:
    done = Project(ROOT).run("python", "-m", "commands.live", "--port", port, code=2)
    assert "argument --port: " in done.stderr


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        words = ("python", "-m", "commands.live", "--no-open", "--port", str(port))
        done = Project(ROOT).run(*words, code=1)
    assert done.stderr == f"error: --port {port}: Address already in use; name another.\n"
    assert done.stdout == ""
