"""Show data/report.html in a browser while somebody edits params.yaml: `make live`.

At every save `dvc repro` runs what it changes, and then the page is loaded anew; what is wrong with
the file is said here, and the page stays as it was. The server can be reached from this machine
alone, and answers no page of another site that the browser shows meanwhile. Ctrl-C ends it, and the
run that it has begun.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
from livereload.server import LiveScriptInjector
from tornado.httputil import HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.routing import Matcher, Rule
from tornado.web import Application, ErrorHandler

from mlp.core import stage
from mlp.core.errors import InputError
from mlp.repair import survey

PAGE = Path("data/report.html")
HOST = "127.0.0.1"
PORT = 35729  # the usual one of LiveReload
AGAIN = 5.0  # seconds until a run that was interrupted is interrupted again
HTTP = 80  # the port that a browser leaves out of these headers


class Foreign(Matcher):
    """Requests that are not for this server, or that another site's page sends.

    A site can have its name mean 127.0.0.1 once its page is shown (DNS rebinding). The browser then
    takes this server for that site's, and only the names in the headers tell.
    """

    def __init__(self, port: int) -> None:
        names = [HOST, "localhost"]
        self._hosts = {f"{name}:{port}" for name in names} | set(names if port == HTTP else [])
        self._origins = {None} | {f"http://{host}" for host in self._hosts}

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Return None for a request that is to be answered, as tornado wants it."""
        host, origin = (request.headers.get(name) for name in ("Host", "Origin"))
        return None if host in self._hosts and origin in self._origins else {}


class Report(StaticFileHandler):  # type: ignore[misc]  # livereload has no type information
    """The page; a disk that fails is a sentence on the terminal, and not the way to the error."""

    def log_exception(self, *raised: Any) -> None:
        """Say what was wrong with the file, which the browser is told by 500."""
        error = raised[1]
        if isinstance(error, OSError):
            _say_error(error)
        else:
            super().log_exception(*raised)


class Page(Server):  # type: ignore[misc]  # likewise
    """The page and what loads it anew, and nothing else of its folder."""

    def application(self, port: int, host: str, **_: object) -> None:
        """Listen; livereload itself would answer everybody, and serve the whole folder."""
        LiveReloadHandler.watcher = self.watcher
        place = {"path": PAGE.parent.name, "default_filename": PAGE.name}

        class WithScript(LiveScriptInjector):  # type: ignore[misc]  # likewise
            script = f'<script src="/livereload.js?port={port}"></script>'.encode()

        Application(
            [
                Rule(Foreign(port), ErrorHandler, {"status_code": 403}),
                ("/livereload", LiveReloadHandler),
                (r"/livereload\.js", LiveReloadJSHandler),
                (r"/((?:report\.html)?)", Report, place),
            ],
            transforms=[WithScript],
        ).listen(port, address=host)


class Runs:
    """`dvc repro`, again and again, beside the server; the page is loaded anew after each."""

    def __init__(self) -> None:
        self._server = IOLoop.current()
        self._wanted = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        threading.Thread(target=self._run, daemon=True).start()

    def want(self) -> None:
        """Run once more, after the run that goes on where there is one."""
        self._wanted.set()

    def end(self) -> None:
        """Interrupt the run that goes on: DVC, and the stage, which DVC would leave running.

        A signal is lost on a Python that still starts, so it is sent until the run ends.
        """
        self._wanted.clear()
        if self._process and self._process.poll() is None:
            while self._process.poll() is None:
                with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                    os.killpg(self._process.pid, signal.SIGINT)
                    self._process.wait(AGAIN)
            with suppress(ProcessLookupError):  # a stage that DVC started as the signal came
                os.killpg(self._process.pid, signal.SIGKILL)

    def _run(self) -> None:
        while self._wanted.wait():
            self._wanted.clear()
            try:
                self._run_once()
            except OSError as error:  # the next save tries it again
                _say_error(error)

    def _run_once(self) -> None:
        sentences = survey.keep()
        if sentences:
            sys.stderr.write("\n".join(["", *sentences, ""]))
            return
        self._process = subprocess.Popen(["dvc", "repro"], start_new_session=True)  # noqa: S607 - the dvc of this environment, first on PATH
        self._process.wait()
        self._server.add_callback(LiveReloadHandler.reload_waiters)


def _say_error(error: OSError) -> None:
    sys.stderr.write(f"error: {error.filename or PAGE}: {error.strerror or error}.\n")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"by default {PORT}")
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    args = parser.parse_args(argv)
    if not 0 < args.port < 1 << 16:
        parser.error(f"argument --port: {args.port} should be from 1 to 65535")
    _check_free(args.port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A script's background process goes on ignoring Ctrl-C, but its run must hear `Runs.end`:
        # a process inherits that a signal is ignored, and no handler.
        signal.signal(signal.SIGINT, lambda *_: None)
    _serve(args.port, open_browser=not args.no_open)


def _serve(port: int, *, open_browser: bool) -> None:
    """Serve the report, and run what a saved params.yaml changes, until a signal comes."""
    runs = Runs()
    server = Page()

    def saved() -> None:
        runs.want()
        server.watcher.filepath = ""  # otherwise livereload loads the page anew at once

    server.watch("params.yaml", saved)
    try:
        runs.want()
        server.serve(
            port=port,
            host=HOST,
            open_url_delay=0 if open_browser else None,
        )
    finally:
        runs.end()


def _check_free(port: int) -> None:
    """Raise InputError if the port cannot be had, before anything is begun."""
    try:
        socket.create_server((HOST, port)).close()
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise InputError(f"--port {port}: {why}; name another.") from None


if __name__ == "__main__":
    stage.run(main)
