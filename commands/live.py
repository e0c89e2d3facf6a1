"""Show plots/report.html in a browser while somebody edits params.yaml: `make live`.

At every save `dvc repro` runs what it changes, and then the page is loaded anew. The server can be
reached from this machine alone. Ctrl-C ends it.
"""

import argparse
import subprocess
from collections.abc import Sequence

from livereload import Server

from mlp import command
from mlp.command import InputError

PORT = 35729  # the usual one of LiveReload


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"by default {PORT}")
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    args = parser.parse_args(argv)
    if not 0 < args.port < 1 << 16:
        parser.error(f"argument --port: {args.port} should be from 1 to 65535")
    repro()
    server = Server()
    server.watch("params.yaml", repro)
    try:
        server.serve(
            port=args.port,
            host="127.0.0.1",
            root="plots",
            default_filename="report.html",
            open_url_delay=None if args.no_open else 0,
        )
    except OSError as error:
        raise InputError(f"--port {args.port}: {error.strerror}; name another.") from None


def repro() -> None:
    """Run what has changed; DVC says what is wrong, and the page stays as it was."""
    subprocess.run(["dvc", "repro"], check=False)  # noqa: S607 - the dvc of this environment, first on PATH


if __name__ == "__main__":
    command.run(main)
