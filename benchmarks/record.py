"""Print and keep the result of a benchmark: tables, their meaning, and the machine."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tabulate import tabulate

from benchmarks import machine

RESULTS = Path(__file__).with_name("results")


@dataclass(frozen=True)
class Table:
    """A table of texts, as it is printed."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""


@dataclass(frozen=True)
class Record:
    """The outcome of a benchmark.

    Attributes
    ----------
    name : str
        Its module, and the name of its file.
    title : str
        Heading of its section in docs/benchmarks.md.
    compares : str
        What it compares, and how.
    measured : dict
        The numbers behind the tables, for tests and for other pages.
    """

    name: str
    title: str
    compares: str
    tables: Sequence[Table]
    measured: dict[str, Any] = field(default_factory=dict)


def path(name: str) -> Path:
    return RESULTS / f"{name}.json"


def arguments(parser: argparse.ArgumentParser) -> tuple[argparse.Namespace, bool]:
    """Parse the command line, and say whether it asks for the whole benchmark."""
    args = parser.parse_args()
    return args, args == parser.parse_args([])


def add_busy(parser: argparse.ArgumentParser) -> None:
    """Add the option of every benchmark that measures time."""
    parser.add_argument("--busy", action="store_true", help="measure on a busy machine too")


def publish(record: Record, *, keep: bool) -> None:
    """Print the tables, and write them where the whole benchmark ran."""
    for table in record.tables:
        if table.caption:
            print(f"\n{table.caption}\n")
        print(tabulate(table.rows, table.columns, disable_numparse=True))
    if keep:
        write(record)
    else:
        sys.stderr.write(f"This was not the whole benchmark: {record.name}.json is as before.\n")


def write(record: Record) -> None:
    """Write what was measured, with the machine, to benchmarks/results."""
    content = {"command": f"python -m benchmarks.{record.name}", "machine": machine.describe()}
    text = json.dumps(content | asdict(record), indent=2, ensure_ascii=False, allow_nan=False)
    RESULTS.mkdir(exist_ok=True)
    path(record.name).write_text(text + "\n", encoding="utf-8", newline="\n")


def read(name: str) -> dict[str, Any]:
    return json.loads(path(name).read_text(encoding="utf-8"))
