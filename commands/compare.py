"""Compare this workspace with REV: what changed, what ran, and whether it is more than noise.

REV is a commit, branch or tag; by default the commit where this branch left the main branch (on the
main branch itself, the commit before). Nothing is run or changed. Exit code: 0 compared, or there
is nothing earlier to compare with; 2 results are missing or broken, and which.
"""

import argparse
import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mlp.compare import changes, narrative
from mlp.compare.comparison import EVIDENCE
from mlp.compare.pictures import Gallery
from mlp.core.json_file import rounded
from mlp.history.lock import MISSING
from mlp.history.results import workspace
from mlp.report.document import to_html, to_markdown, to_text

TEMPLATE = Path(__file__).with_name("page.html.j2")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rev", nargs="?", metavar="REV", help="a commit, branch or tag of git")
    parser.add_argument(
        "--evidence",
        choices=EVIDENCE,
        help="predictions of the test split, or out of fold of all rows (default: as the gate)",
    )
    parser.add_argument(
        "--rows",
        type=_count,
        default=5,
        metavar="N",
        help="how many of the fixed and of the broken rows to show (default: 5)",
    )
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--md", action="store_true", help="print Markdown, for a pull request")
    kinds.add_argument("--json", action="store_true", help="print JSON, for a program")
    kinds.add_argument(
        "--html", type=_page, metavar="FILE", help="write a page with pictures, in one .html file"
    )


def run(args: argparse.Namespace) -> int:
    evidence = args.evidence or changes.evidence_of_gate(workspace().params)
    found = changes.find(args.rev, evidence)
    if args.json:
        content = {"nothing": found} if isinstance(found, str) else _as_json(found)
        print(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
    elif isinstance(found, str):
        print(found)
    elif args.html:
        document = narrative.document(found, args.rows, Gallery.of_workspace(evidence))
        page = to_html(document, TEMPLATE.read_text(encoding="utf-8"))
        args.html.write_text(page, encoding="utf-8", newline="\n")
        print(f"Written to {args.html}")
    else:
        document = narrative.document(found, args.rows)
        print((to_markdown if args.md else to_text)(document), end="")
    return 0


def _page(path: str) -> Path:
    """Return the path of a page; another file could be one that is needed."""
    if not path.endswith(".html"):
        raise argparse.ArgumentTypeError("the name of the page should end in .html")
    return Path(path).absolute()


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("it should be a number from 0")
    return int(text)


def _as_json(value: Any) -> Any:
    """Return changes as JSON takes them: null for a value not there or a number not finite."""
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
