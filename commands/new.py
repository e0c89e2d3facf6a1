"""Make a project of your own in DIR, for the table in FILE, from the code of this one.

DIR gets the code, a params.yaml that fits the table, a README, the file itself below data/, and a
git repository: no results, no history, and no digits. FILE is a CSV or Parquet file (.csv, .csv.gz,
.parquet). A terminal is asked for what is not given. Columns that no network can use are left out,
and so are row numbers and columns to split by; texts are encoded and gaps filled. Each decision is
printed, and -S makes it otherwise; load.drop=[] leaves nothing out.

With --update, a project that was made so gets the code of this one as a commit on its branch
mlp-pipeline, to be merged; nothing else in it is changed.

Exit code: 0, 1 if FILE or DIR is refused, and then nothing is left behind, 2 on wrong usage.
"""

import argparse
import shlex
import sys
from pathlib import Path
from typing import Any

from mlp.core import temporary, yaml_text
from mlp.core.errors import InputError, counted, quoted
from mlp.core.task import TASKS
from mlp.data import column_names
from mlp.data.params import SOURCES
from mlp.new import project, repository, table, template

REFUSED = 1
ANYWHERE = True  # it needs no project around the current folder
SHOWN = 12  # columns to choose the target from
SIGNS = {"load.decimal", "load.delimiter"}  # whose values YAML would take for its own signs
FILES = tuple(ending for ending in SOURCES if ending != ".py")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", metavar="DIR", help="a folder that does not exist yet")
    parser.add_argument("--source", metavar="FILE", help="a CSV or Parquet file")
    parser.add_argument("--target", metavar="COLUMN", help="the column to predict")
    parser.add_argument(
        "--task",
        choices=TASKS,
        help="predict labels, or numbers; without it, what the column holds decides",
    )
    parser.add_argument(
        "-S",
        "--set",
        metavar="KEY=VALUE",
        type=_setting,
        action="append",
        default=[],
        help="a key of params.yaml, such as load.drop=[id]; may be given several times",
    )
    parser.add_argument(
        "--update",
        action="store_true",
        help="give the project in DIR the code of this one, on its branch mlp-pipeline",
    )


def run(args: argparse.Namespace) -> int:
    folder = Path(_asked(args.folder, "DIR", "the folder of the new project"))
    return _update(folder) if args.update else _make(folder, args)


def _make(folder: Path, args: argparse.Namespace) -> int:
    target = folder.absolute()
    project.check_folder(target)
    given = dict(args.set)
    source = Path(_asked(args.source, "--source", "a CSV or Parquet file"))
    _check_source(source)
    names = table.names(source, given)
    given["load.target"] = _target(args.target, source, names)
    if args.task:
        given["load.task"] = args.task
    try:
        made, is_large = project.make(target, source.absolute(), given)
    except InputError as error:
        copy = project.place(source).as_posix()
        sentences = [sentence.replace(copy, str(source)) for sentence in error.args]
        if "load." in str(error):
            sentences[-1] += " Set a key by -S, such as -S 'load.drop=[id]'."
        raise InputError(*sentences) from None
    for note in made.notes:
        print(note)
    if is_large:
        print(f"DVC stores {made.params['load.source']}: CI needs a DVC remote (docs/scale.md).")
    print(f"{folder}: {counted(made.rows, 'row')}, {counted(made.inputs, 'input')}, {made.task}.")
    print(f"next: cd {shlex.quote(str(folder))} && make repro")
    return 0


def _update(folder: Path) -> int:
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; --update needs a project that mlp new made.")
    with temporary.folder("mlp-new-") as parent:
        files = parent / "files"
        files.mkdir()
        version = template.extract(files)
        message = f"Take mlp-pipeline at {version}"
        is_new = repository.add_version(folder.absolute(), template.BRANCH, files, message)
    if not is_new:
        print(f"{folder} has this version, {version}, on its branch {template.BRANCH}.")
    print(f"next: cd {shlex.quote(str(folder))} && git merge {template.BRANCH} && make repro")
    return 0


def _check_source(source: Path) -> None:
    if not source.name.endswith(FILES):
        raise InputError(f"{source} should be a file that ends in {' or '.join(FILES)}.")
    if not source.is_file():
        raise InputError(f"{source} is not a file; name a CSV or Parquet file.")


def _target(given: str | None, source: Path, names: list[str]) -> str:
    target = given or _asked(
        None, "--target", f"the column to predict, of {quoted(names, most=12)}"
    )
    if target not in names:
        raise InputError(f"{source}: {column_names.missing(target, names)}")
    return target


def _asked(given: str | None, name: str, question: str) -> str:
    """Return what was given, or what a person answers."""
    if given:
        return given
    if not (sys.stdin and sys.stdin.isatty()):
        raise InputError(f"{name} is missing: {question}.")
    sys.stderr.write(f"{name}, {question}: ")
    sys.stderr.flush()
    if not (answer := sys.stdin.readline().strip()):
        raise InputError(f"{name} is missing.")
    return answer


def _setting(text: str) -> tuple[str, Any]:
    key, equals, value = text.partition("=")
    if not (equals and key):
        raise argparse.ArgumentTypeError(f"{text} should be KEY=VALUE, such as load.drop=[id]")
    if key in SIGNS and len(value) == 1:
        return key, value
    try:
        return key, yaml_text.load(value)
    except (yaml_text.AmbiguousError, *yaml_text.NO_YAML):
        raise argparse.ArgumentTypeError(f"{value} is not YAML") from None
