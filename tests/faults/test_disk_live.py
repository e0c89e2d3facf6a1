"""`make live` on a disk that fails: a sentence, and the next save or request is answered again."""

import errno
import os
import re
import socket
import threading
import time
from collections.abc import Callable
from contextlib import chdir
from http.client import HTTPConnection
from pathlib import Path
from unittest.mock import patch

import pytest
from faulty_disk import ERRORS, Disk, failing
from project import environment
from tornado.ioloop import IOLoop

from commands import live
from mlp.core.partial import place

PAGE = "<html><head></head><body>the report</body></html>"
LOCK = "schema: '2.0'\nstages: {}\n"
DVC = "#!/bin/sh\necho ran >> runs\n"

pytestmark = pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a report, a lock file of which no copy is kept yet, and a `dvc` that only counts."""
    folder = tmp_path / "project"
    for name, text in {"data/report.html": PAGE, "dvc.lock": LOCK, "bin/dvc": DVC}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / ".dvc/tmp").mkdir(parents=True)
    (folder / "bin/dvc").chmod(0o755)
    return folder


def check(disk: Disk, said: str) -> None:
    """One sentence names the file and the reason."""
    path = place(disk.failed[0][1].relative_to(disk.folder))
    assert "Traceback" not in said, said
    assert re.search(rf"^error: \S*{path}: {os.strerror(disk.number)}\.$", said, re.MULTILINE), said


def test_a_run_that_cannot_begin(
    number: int, project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = f"{project / 'bin'}{os.pathsep}{os.environ['PATH']}"
    with chdir(project), patch.dict(os.environ, environment(PATH=path)):
        runs = live.Runs()
        for nth in range(1, 20):
            (project / ".dvc/tmp/readable/dvc.lock").unlink(missing_ok=True)
            with failing(project, number, nth) as disk:
                said = ran_or_said(runs, project / "runs", capfd)
            if not disk.failed:
                break
            check(disk, said)
            assert ran_or_said(runs, project / "runs", capfd) == ""
        assert nth > 1
        assert said == ""


def ran_or_said(runs: live.Runs, log: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """Ask for a run; wait until it has ended or something is said of it, and return that."""
    log.unlink(missing_ok=True)
    runs.want()
    end, said = time.monotonic() + 30, ""
    while not (log.exists() or said):
        assert time.monotonic() < end
        time.sleep(0.01)
        said = capfd.readouterr().err
    return said


def test_a_page_that_cannot_be_read(
    number: int, project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def ask(get: Callable[[], int]) -> None:
        for nth in range(1, 20):
            with failing(project, number, nth) as disk:
                status = get()
            said = capfd.readouterr().err
            if not disk.failed:
                assert status == 200
                return
            assert status == 500
            check(disk, said)
            assert get() == 200

    with chdir(project):
        serve(ask)


def serve(ask: Callable[[Callable[[], int]], None]) -> None:
    """Serve the page, and call a function beside it with what asks for it and returns the status."""
    with socket.create_server((live.HOST, 0)) as server:
        port = int(server.getsockname()[1])
    loop, raised = IOLoop(), []

    def get() -> int:
        connection = HTTPConnection(live.HOST, port, timeout=30)
        connection.request("GET", "/")
        return connection.getresponse().status

    def beside() -> None:
        try:
            ask(get)
        except BaseException as error:  # noqa: BLE001 - the test's own thread raises it
            raised.append(error)
        finally:
            loop.add_callback(loop.stop)

    loop.add_callback(lambda: live.Page().application(port, live.HOST))
    thread = threading.Thread(target=beside)
    loop.add_callback(thread.start)
    loop.start()
    thread.join()
    loop.close(all_fds=True)
    for error in raised:
        raise error
