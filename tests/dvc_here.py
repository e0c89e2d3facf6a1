"""DVC's command line in this process, in which stages are calls of Python.

DVC decides as ever. What this saves is most of the time: DVC starts, every stage starts, and at every
stage DVC rewrites its lock file with the comments, of which it has none. Here it writes JSON, which is
YAML, and `dvc` turns that into DVC's own YAML at the end. It keeps in memory who uses which file, which DVC
writes down before and after each stage: see `dvc.rwlock`. It reads a text and hashes a folder once, which DVC
does for every stage anew. What is particular to processes and to a shell is tested with `Project.run`.
"""

import json
import logging
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO
from unittest.mock import patch

from dvc import output
from dvc.cli import main
from dvc.ui import ui
from dvc.utils import strictyaml
from dvc.utils.serialize import _yaml, dump_yaml, parse_yaml
from fsspec.implementations.memory import MemoryFileSystem

YAML = "dvc.utils.serialize._yaml"
STRICT = "dvc.utils.strictyaml"
LOCK = ".lock"
Run = Callable[[Any], None]
HASHED: dict[tuple[Any, ...], tuple[Any, Any]] = {}  # of folders: what DVC knows of one
VALID: set[tuple[int, str]] = set()  # schemas, and texts that fit them
hash_with_dvc, validate_with_dvc = output.build, strictyaml.validate


@lru_cache(maxsize=64)
def parsed(text: str, *, is_lock: bool) -> Any:
    """Parse YAML, of which DVC reads the same text for many stages, and JSON much faster."""
    if is_lock and text.startswith("{"):
        with suppress(ValueError):
            return json.loads(text)
    return parse_yaml(text, "")


def read(text: str, path: str, typ: str = "safe") -> Any:
    """Be DVC's `parse_yaml`."""
    if typ == "safe":
        with suppress(_yaml.YAMLFileCorruptedError):
            return deepcopy(parsed(text, is_lock=str(path).endswith(LOCK)))
    return parse_yaml(text, path, typ)


def validate(data: Any, schema: Any, text: str | None = None, **where: Any) -> Any:
    """Be DVC's `validate`."""
    known = (id(schema), text or "")
    if known not in VALID:
        validate_with_dvc(data, schema, text=text, **where)
        if text:
            VALID.add(known)
    return data


def files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield the path, time and size of every file in a folder, by which DVC knows a file too."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from files(entry.path)
        else:
            status = entry.stat()
            yield entry.path, status.st_mtime_ns, status.st_size


def build(
    out: output.Output, odb: Any, path: str, *words: Any, dry_run: bool = False, **options: Any
) -> Any:
    """Be `Output._build`, which hashes a file or a folder; `dry_run` if it is not to be stored."""
    options.pop("no_progress_bar", None)
    options.setdefault("checksum_jobs", out.fs.hash_jobs)
    if not dry_run or not Path(path).is_dir():
        return hash_with_dvc(odb, path, *words, dry_run=dry_run, **options)
    start = len(path)
    ignored = Path(".dvcignore")
    patterns = ignored.read_bytes() if ignored.exists() else b""
    key = (patterns, *sorted((name[start:], *status) for name, *status in files(path)))
    if key not in HASHED:
        HASHED[key] = hash_with_dvc(odb, path, *words, dry_run=True, **options)[1:]
    return None, *HASHED[key]


@contextmanager
def in_memory() -> Iterator[None]:
    """Have DVC read a text once, and hash a folder once for as long as its files are as they were."""
    with (
        patch.object(output.Output, "_build", build),
        patch(f"{YAML}.parse_yaml", read),
        patch(f"{STRICT}.parse_yaml", read),
        patch(f"{STRICT}.validate", validate),
    ):
        yield
    MemoryFileSystem.store.clear()  # in which DVC looks for a file by reading all names


@contextmanager
def calling(run: Run) -> Iterator[set[Path]]:
    """Have DVC call a function with the stage, for the command of a stage.

    Yields the lock files that DVC has written meanwhile, which hold JSON.
    """
    written: set[Path] = set()
    used: dict[str, Any] = {}
    for_update, as_yaml = _yaml.parse_yaml_for_update, _yaml._dump  # noqa: SLF001 - to be replaced

    def call(stage: Any, **_: Any) -> None:
        logger = logging.getLogger("dvc.stage.run")
        logger.info("Running stage '%s':", stage.addressing)
        logger.info("> %s", stage.cmd)
        run(stage)

    def parse(text: str, path: str) -> Any:
        return (read if str(path).endswith(LOCK) else for_update)(text, path)

    def dump(content: Any, stream: TextIO) -> None:
        if not stream.name.endswith(LOCK):  # a person's comments stay
            as_yaml(content, stream)
            return
        json.dump(content, stream)
        written.add(Path(stream.name).absolute())

    def users(*_: Any) -> Any:
        used["read"] = defaultdict(list, used.get("read", {}))
        used["write"] = defaultdict(dict, used.get("write", {}))
        return nullcontext(used)

    with (
        patch("dvc.stage.run.cmd_run", call),
        patch("dvc.rwlock._edit_rwlock", users),
        in_memory(),
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
