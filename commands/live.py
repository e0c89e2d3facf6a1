"""Show data/report.html in a browser while somebody edits params.yaml: `make live`.

At every save `dvc repro` runs what it changes, and then the page is loaded anew; what is wrong with
the file is said here, and the page stays as it was. The server can be reached from this machine
alone. Ctrl-C ends it, and the run that it has begun.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from livereload import Server

from mlp.core import stage
from mlp.core.errors import InputError

HOST = "127.0.0.1"
PORT = 35729  # the usual one of LiveReload
DONE = Path(".dvc/tmp/live")  # touched when a run has ended


class Runs:
    """`dvc repro`, again and again, beside the server."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        threading.Thread(target=self._run, daemon=True).start()

    def want(self) -> None:
        """Run once more, after the run that goes on where there is one."""
        self._wanted.set()

    def end(self) -> None:
        """Interrupt the run that goes on: DVC, and the stage, which DVC would leave running."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGINT)
            self._process.wait()

    def _run(self) -> None:
        while self._wanted.wait():
            self._wanted.clear()
            self._process = subprocess.Popen(["dvc", "repro"], start_new_session=True)  # noqa: S607 - the dvc of this environment, first on PATH
            self._process.wait()
            DONE.touch()


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
    runs = Runs()
    server = Server()
    server.watch("params.yaml", runs.want, delay="forever")
    server.watch(str(DONE))
    DONE.parent.mkdir(parents=True, exist_ok=True)
    try:
        runs.want()
        server.serve(
            port=args.port,
            host=HOST,
            root="data",
            default_filename="report.html",
            open_url_delay=None if args.no_open else 0,
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
