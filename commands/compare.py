"""Compare this workspace with REV: parameters, files, stages, and each network, row by row.

REV is a commit, branch, tag or experiment; by default the newest commit of the same rows among the
ones where this branch left the main branch of origin or the local one (on the main branch itself,
the commit before) and the tag that gate.baseline names. Nothing is run or changed. Exit code: 0
compared, or there is no earlier commit; 2 results are missing, broken or in an older layout.
"""

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mlp.compare import cards, changes, growth, narrative
from mlp.compare.comparison import EVIDENCE
from mlp.compare.pictures import Gallery
from mlp.core import output
from mlp.core.json_file import rounded
from mlp.core.shown import in_terminal
from mlp.history.results import workspace
from mlp.history.values import MISSING
from mlp.report.document import Heading, to_html, to_markdown, to_text


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rev", nargs="?", metavar="REV", help="a commit, branch, tag or experiment")
    parser.add_argument(
        "--evidence",
        choices=EVIDENCE,
        help="predictions of the test split, or out of fold (default: gate.evidence)",
    )
    parser.add_argument(
        "--rows",
        type=_count,
        default=5,
        metavar="N",
        help="number of fixed and of broken rows to show, or of improved and worsened ones "
        "(default: 5)",
    )
    parser.add_argument(
        "--unchecked",
        action="store_true",
        help="compare even if a model file is not the one that dvc.lock records",
    )
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--md", action="store_true", help="print Markdown, for a pull request")
    kinds.add_argument("--json", action="store_true", help="print JSON, for a program")
    kinds.add_argument(
        "--html",
        type=html_file,
        metavar="FILE",
        help="write a page with pictures, in one .html file",
    )


def run(args: argparse.Namespace) -> int:
    evidence = args.evidence or changes.evidence_of_gate(workspace().params)
    changed = changes.find(args.rev, evidence, is_checked=not args.unchecked)
    if args.json:
        content = {"nothing": changed} if isinstance(changed, str) else _as_json(changed)
        print(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
    elif isinstance(changed, str):
        print(in_terminal(changed))
    elif args.html:
        gallery = Gallery.of_workspace(evidence, is_checked=not args.unchecked)
        document = narrative.document(changed, args.rows, gallery)
        document.blocks[:0] = cards.cards(changed)
        if grown := list(growth.blocks(workspace())):
            document.blocks.extend([Heading(growth.TITLE, "more-rows"), *grown])
        with output.opened(str(args.html), args.here, {}) as write:
            write(to_html(document))
        print(f"Written to {args.html}")
    else:
        document = narrative.document(changed, args.rows)
        print((to_markdown if args.md else to_text)(document), end="")
        if not args.md and sys.stdout:
            sys.stderr.write("next: make gate judges the change\n")
    return 0


def html_file(path: str) -> Path:
    """Return the path of a page; any other file name could be a file of the project."""
    if not path.endswith(".html"):
        raise argparse.ArgumentTypeError("the name of the page should end in .html")
    return Path(path).absolute()


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("it should be a number from 0")
    return int(text)


def _as_json(value: Any) -> Any:
    """Return changes as JSON: null for a missing value or a number that is not finite."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: _as_json(getattr(value, field.name)) for field in fields}
    if isinstance(value, pd.DataFrame):
        return _as_json(value.to_dict("records"))
    if isinstance(value, dict):
        return {str(key): _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(inner) for inner in value]
    if isinstance(value, np.ndarray | np.generic):
        return _as_json(value.tolist())
    return None if value == MISSING else rounded(value)
