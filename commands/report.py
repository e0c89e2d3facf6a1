"""Show the report with what changed since REV: parameters, scores, rows fixed and broken.

REV is as in `mlp compare`. The page that the stage report wrote depends on the results alone; this
one is of this moment. It has the verdict of the gate too, if there is evidence for one, the scores
of repeated trainings and out of fold, the commit, and the digest of the data. Nothing is run, and
no result is changed. Exit code: 0, or 2 if there is no report.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from commands.compare import html_file
from mlp.compare import cards, changes, evidence, narrative
from mlp.compare.pictures import Gallery
from mlp.core import whole
from mlp.core.errors import InputError
from mlp.gate import judgement, judgement_page
from mlp.history import git, lock, results
from mlp.history.candidates import is_edited
from mlp.report import since
from mlp.report.document import Block, Document, Heading, Paragraph, Table

PAGE, CHANGED = Path("data/report.html"), Path("data/changes.html")
DATASET = "data/dataset.parquet"
ROWS = 5  # fixed and broken ones to show


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rev", nargs="?", metavar="REV", help="a commit, branch, tag or experiment")
    parser.add_argument(
        "--html", type=html_file, default=CHANGED, metavar="FILE", help=f"by default {CHANGED}"
    )


def run(args: argparse.Namespace) -> int:
    if not PAGE.is_file():
        raise InputError(f"{PAGE} is missing; `dvc repro` makes it.")
    page = since.put(whole.text(PAGE), document(args.rev))
    args.html.write_text(page, encoding="utf-8", newline="\n")
    print(f"Written to {args.html}")
    return 0


def document(rev: str | None) -> Document:
    """Return what changed since a revision, by default that of `mlp compare`."""
    blocks: list[Block] = [Paragraph(sentence) for sentence in _provenance()]
    title = "What changed"
    try:
        title, changed = _changes(rev)
        blocks += changed
    except InputError as error:
        blocks.append(Paragraph(f"Not compared: {error}"))
    blocks.append(Heading("Verdict of the gate"))
    blocks += _gate(rev)
    tables = [table for table in evidence.tables(results.workspace()) if table.rows]
    if tables:
        blocks.append(Heading("Scores of more trainings than one, by `make gate`"))
    return Document(title, [*blocks, *tables])


def _changes(rev: str | None) -> tuple[str, list[Block]]:
    kind = changes.evidence_of_gate(results.workspace().params)
    changed = changes.find(rev, kind, is_checked=True)
    if isinstance(changed, str):
        return "What changed", [Paragraph(changed)]
    told = narrative.document(changed, ROWS, Gallery.of_workspace(kind))
    title = told.title.replace("This workspace against", "What changed since", 1)
    return title, [*cards.cards(changed), *told.blocks]


def _gate(rev: str | None) -> Iterator[Block]:
    """Yield the rules that failed or could not be judged, and the verdict."""
    try:
        found = judgement_page.document(judgement.judge(rev))
    except InputError as error:
        yield Paragraph(f"Not judged: {error}")
        return
    yield Paragraph(f"{found.title}.")
    rules, *others = found.blocks
    yield others[-1]
    if isinstance(rules, Table):
        yield rules
    yield from others[:-1]


def _provenance() -> Iterator[str]:
    """Yield the commit, and the digest of the data."""
    head = git.git("log", "-1", "--format=%h, %s", "HEAD")
    if head:
        edits = ", with changes since that are not committed" if is_edited() else ""
        yield f"Commit {head}{edits}."
    digest = lock.outputs(results.workspace().lock("test")).get(DATASET)
    if digest:
        yield f"Data: MD5 {digest} of {DATASET}, as dvc.lock has it."
