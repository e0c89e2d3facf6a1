"""`make live`: the page follows params.yaml, and a slip in it costs nothing."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from browser import needed, opened
from project import ROOT, Project

pytestmark = [pytest.mark.slow, needed]

# What the page says that alpha was for the network mlp.
ALPHA = """() => {
  const row = [...document.querySelectorAll("tr")].find(r => r.cells[0].textContent.trim() === "alpha");
  return row.cells[2].textContent.trim();
}"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(it_holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not it_holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@contextmanager
def served(project: Project, port: int) -> Iterator[None]:
    command = ["python", "-m", "commands.live", "--no-open", "--port", str(port)]
    log = project.path.parent / "live.log"
    with (
        log.open("w", encoding="utf-8") as file,
        subprocess.Popen(
            command, cwd=project.path, env=project.env, stdout=file, stderr=file
        ) as process,
    ):
        try:
            wait_for(lambda: "Start detecting" in log.read_text(encoding="utf-8"))
            yield
        finally:
            process.terminate()


def test_the_page_is_loaded_anew_when_a_parameter_was_saved(built: Project, tmp_path: Path) -> None:
    project, port = built.copy(tmp_path / "project"), free_port()
    with served(project, port), opened(800) as seen:
        page = seen.page
        page.unroute_all()
        page.goto(f"http://127.0.0.1:{port}/", wait_until="networkidle")
        told = f"({ALPHA})() === '0.25'"
        assert page.evaluate(ALPHA) == "0.0001"
        project.put("mlp.alpha", 0.25)
        log = tmp_path / "live.log"
        wait_for(lambda: "train@mlp" in log.read_text(encoding="utf-8"))
        page.reload()  # which the run does not keep waiting
        assert page.evaluate(ALPHA) == "0.0001"
        page.wait_for_function(told, timeout=90_000)
        project.put("mlp.alpha", -1)
        wait_for(lambda: "mlp.alpha is -1; it should be" in log.read_text(encoding="utf-8"))
        page.reload()
        assert page.evaluate(told)  # which the slip has not cost


def test_it_ends_the_run_that_it_began(built: Project, tmp_path: Path) -> None:
    project, port = built.copy(tmp_path / "project"), free_port()
    log = tmp_path / "live.log"
    with served(project, port):
        project.put("search.seed", 1)
        wait_for(lambda: "Running stage 'search'" in log.read_text(encoding="utf-8"))
    running = [one.info["cwd"] for one in psutil.process_iter(["cwd"])]
    assert str(project.path) not in running
    project.run("git", "checkout", "--quiet", "params.yaml")
    project.run("dvc", "repro", "check")  # and so DVC's lock is free


def test_no_other_machine_is_served(built: Project, tmp_path: Path) -> None:
    project, port = built.copy(tmp_path / "project"), free_port()
    with served(project, port), socket.socket() as one:
        another = socket.gethostbyname(socket.gethostname())
        if another.startswith("127."):
            another = "127.0.0.2"
        assert one.connect_ex((another, port)) != 0


@pytest.mark.parametrize("port", ["0", "70000", "x"])
def test_a_port_that_is_none(port: str) -> None:
    done = Project(ROOT).run("python", "-m", "commands.live", "--port", port, code=2)
    assert "argument --port: " in done.stderr


def test_a_port_that_is_taken(built: Project, tmp_path: Path) -> None:
    project = built.copy(tmp_path / "project")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        port = one.getsockname()[1]
        words = ("python", "-m", "commands.live", "--no-open", "--port", str(port))
        done = project.run(*words, code=1)
    assert done.stderr == f"error: --port {port}: Address already in use; name another.\n"
    assert done.stdout == ""
