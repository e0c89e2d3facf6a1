"""DVC's command line in this process, in which stages are calls of Python.

DVC decides as ever. What this saves is most of the time: DVC starts, every stage starts, and at every
stage DVC rewrites its lock file with the comments, of which it has none. Here it writes JSON, which is
YAML, and `dvc` turns that into DVC's own YAML at the end. What is particular to processes and to a
shell is tested with `Project.run`.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TextIO
from unittest.mock import patch

from dvc.cli import main
from dvc.ui import ui
from dvc.utils.serialize import _yaml, dump_yaml, parse_yaml

YAML = "dvc.utils.serialize._yaml"
LOCK = ".lock"
Run = Callable[[Any], None]


@contextmanager
def calling(run: Run) -> Iterator[set[Path]]:
    """Have DVC call a function with the stage, for the command of a stage.

    Yields the lock files that DVC has written meanwhile, which hold JSON.
    """
    written: set[Path] = set()
    for_update, as_yaml = _yaml.parse_yaml_for_update, _yaml._dump  # noqa: SLF001 - to be replaced

    def call(stage: Any, **_: Any) -> None:
        logger = logging.getLogger("dvc.stage.run")
        logger.info("Running stage '%s':", stage.addressing)
        logger.info("> %s", stage.cmd)
        run(stage)

    def parse(text: str, path: str) -> Any:
        return (parse_yaml if str(path).endswith(LOCK) else for_update)(text, path)

    def dump(content: Any, stream: TextIO) -> None:
        if not stream.name.endswith(LOCK):  # a person's comments stay
            as_yaml(content, stream)
            return
        json.dump(content, stream)
        written.add(Path(stream.name).absolute())

    with (
        patch("dvc.stage.run.cmd_run", call),
        patch(f"{YAML}.parse_yaml_for_update", parse),
        patch(f"{YAML}._dump", dump),
    ):
        yield written


def dvc(words: Sequence[str], run: Run) -> int:
    """Run a command of DVC and return its exit code; it writes to what are now stdout and stderr."""
    with calling(run) as written, ExitStack() as stack:
        # As in a new process: `main` enables it, unless it is to be --quiet.
        stack.enter_context(patch.object(ui, "_enabled", new=False))
        # It would give sys.stdout back as it was when colorama began.
        stack.enter_context(patch("dvc.ui.disable_colorama", nullcontext))
        for handler in logging.getLogger("dvc").handlers:
            stream = sys.stderr if handler.level == logging.WARNING else sys.stdout
            stack.enter_context(patch.object(handler, "stream", stream))
        code = int(main(list(words)))
    for path in written:
        if path.exists():
            dump_yaml(path, json.loads(path.read_text(encoding="utf-8")))
    return code
