"""Make a new project, or leave nothing behind."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from string import Template
from typing import Any

from mlp.check import params
from mlp.core import disk, params_file, task, temporary
from mlp.core.errors import InputError
from mlp.new import repository, settings, template
from mlp.new import table as tables
from mlp.new.table import Table

PARAMS = Path("params.yaml")
LARGEST = 5_000_000  # bytes of a table that git stores; DVC stores a larger one
README = Path(__file__).with_name("readme.md")


def check_folder(folder: Path) -> None:
    """Raise InputError unless a project can be made at this path."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise InputError(f"{folder} exists, and is no folder; name another.")
    if folder.is_dir() and any(folder.iterdir()):
        raise InputError(f"{folder} exists, and is not empty; name a new folder.")
    if not folder.parent.is_dir():
        raise InputError(f"{folder.parent} is no folder; make it first.")
    repository.check_identity(folder.parent)


def make(folder: Path, source: Path, given: Mapping[str, Any]) -> tuple[Table, bool]:
    """Make a project, and return its table and whether DVC stores the file.

    It is made beside its place and moved there at the end, so nothing is left where it fails.

    Parameters
    ----------
    folder : Path
        It does not exist, or is empty.
    source : Path
        A CSV or Parquet file, which is copied.
    given : mapping of str to any
        Keys of params.yaml that somebody chose, dotted; ``load.target`` is one of them.

    Raises
    ------
    InputError
        If a network cannot learn from the table, or a key has a wrong value.
    """
    with _beside(folder) as unfinished, chdir(unfinished):
        version = template.extract(unfinished)
        copy = place(source)
        _copy(source, copy)
        text = disk.read_text(PARAMS)
        given = {"load.source": copy.as_posix(), **given}
        committed = params_file.parse(PARAMS)
        with disk.named(copy):
            table = tables.examine(committed, given)
        text = settings.text(text, table, given)
        content = params_file.parse_bytes(text.encode(), str(PARAMS))
        params_file.validated(str(PARAMS), (), content, params.schema(content))
        taken = f"Take mlp-pipeline at {version}"
        repository.begin(unfinished, template.BRANCH, taken, without=copy.as_posix())
        disk.write_text(PARAMS, text)
        _write_readme(table, version)
        is_large = copy.stat().st_size > LARGEST
        if is_large:
            _add_to_dvc(copy)
        forced = [] if is_large else [copy.as_posix()]
        repository.commit(unfinished, f"Begin with {source.name}", ".", forced=forced)
        return table, is_large


def place(source: Path) -> Path:
    """Return where a project keeps its copy of a file, relative to its folder."""
    return Path("data") / re.sub(r"[^\w.-]", "_", source.name).lstrip(".-")


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Yield a folder beside another, which it replaces at the end; it is removed on an error."""
    with temporary.folder(".mlp-new-", folder.parent) as parent:
        unfinished = parent.resolve() / folder.name
        unfinished.mkdir()
        try:
            yield unfinished
            unfinished.rename(folder)
        except OSError as error:
            raise _in(folder, unfinished, error) from None


def _in(folder: Path, unfinished: Path, error: OSError) -> OSError:
    """Return an error that names a file of the unfinished project by where it was to be."""
    path = unfinished / (error.filename or "")
    if path.is_relative_to(unfinished):
        path = folder / path.relative_to(unfinished)
    return OSError(error.errno, error.strerror or str(error), str(path))


def _copy(source: Path, copy: Path) -> None:
    writing = disk.named(copy)  # until the file is closed, which writes the end of it
    with writing, copy.open("wb") as written, disk.named(source), source.open("rb") as read:
        while block := read.read(1 << 20):
            with disk.named(copy):
                written.write(block)


def _write_readme(table: Table, version: str) -> None:
    notes = [f"- {note}" for note in table.notes]
    words = {
        "title": settings.title(table),
        "target": table.params["load.target"],
        "described": task.part("mlp.new", table.task).described(table),
        "source": table.params["load.source"],
        "rows": table.rows,
        "inputs": table.inputs,
        "version": version,
        "notes": "\n".join(notes) or "Nothing but its columns.",
    }
    text = Template(README.read_text(encoding="utf-8")).substitute(words)
    disk.write_text(Path("README.md"), text)


def _add_to_dvc(copy: Path) -> None:
    command = [sys.executable, "-m", "dvc", "add", "--quiet", str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a list of arguments: no shell reads them
    if done.returncode:
        raise InputError(f"dvc add {copy} failed: {' '.join(done.stderr.split())}")
