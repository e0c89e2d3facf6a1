"""DVC's command line in this process, in which stages are calls of Python.

DVC decides as ever. What this saves is most of the time: DVC starts, every stage starts, and at every
stage DVC rewrites its lock file with the comments, of which it has none. Here it writes JSON, which is
YAML. What is particular to processes and to a shell is tested with `Project.run`.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from dvc.cli import main
from dvc.utils.serialize import parse_yaml

YAML = "dvc.utils.serialize._yaml"
Run = Callable[[Any], None]


@contextmanager
def calling(run: Run) -> Iterator[None]:
    """Have DVC call a function with the stage, for the command of a stage."""

    def call(stage: Any, **_: Any) -> None:
        logging.getLogger("dvc.stage.run").info("Running stage '%s':", stage.addressing)
        run(stage)

    with (
        patch("dvc.stage.run.cmd_run", call),
        patch(f"{YAML}.parse_yaml_for_update", parse_yaml),
        patch(f"{YAML}._dump", json.dump),
    ):
        yield


def dvc(words: Sequence[str], run: Run) -> int:
    """Run a command of DVC and return its exit code; it writes to what are now stdout and stderr."""
    with calling(run), ExitStack() as stack:
        for handler in logging.getLogger("dvc").handlers:
            stream = sys.stderr if handler.level == logging.WARNING else sys.stdout
            stack.enter_context(patch.object(handler, "stream", stream))
        return int(main(list(words)))
