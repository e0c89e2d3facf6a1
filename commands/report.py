"""Show the report with what changed since REV: parameters, scores, rows fixed and broken.

REV is as in `mlp compare`. The page that the stage report wrote depends on the results alone; this
one is of this moment. It has the verdict of the gate too, if there is evidence for one, the scores
of repeated trainings and out of fold, learning curves, the commit, and the digest of the data.
Nothing is run, and no result is changed. Exit code: 0, or 2 if there is no report.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from commands.compare import html_file
from mlp.compare import changes, evidence, growth, narrative
from mlp.compare.cards import cards as cards_of
from mlp.compare.pictures import Gallery
from mlp.core import disk, output
from mlp.core.errors import InputError, listed
from mlp.gate import judgement, judgement_page
from mlp.gate.judgement import FAILED, PASSED
from mlp.gate.thresholds import FAIL
from mlp.history import git, lock, results
from mlp.history.candidates import is_edited
from mlp.report import since
from mlp.report.document import Block, Card, Document, Fold, Paragraph, folded

PAGE, CHANGED = Path("data/report.html"), Path("data/changes.html")
DATASET = "data/dataset.parquet"
STATES = {PASSED: "good", FAILED: "bad"}
ROWS = 5  # fixed and broken ones to show


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rev", nargs="?", metavar="REV", help="a commit, branch, tag or experiment")
    parser.add_argument(
        "--html", type=html_file, metavar="FILE", help=f"by default {CHANGED} of the project"
    )


def run(args: argparse.Namespace) -> int:
    if not PAGE.is_file():
        raise InputError(f"{PAGE} is missing; `dvc repro` makes it.")
    with disk.named(PAGE):
        before = PAGE.read_text(encoding="utf-8", errors="replace")
    page = since.put(before, document(args.rev))
    with output.opened(str(args.html or CHANGED.absolute()), args.here, {}) as write:
        write(page)
    print(f"Written to {args.html or CHANGED}")
    return 0


def document(rev: str | None) -> Document:
    """Return what changed since a revision, by default that of `mlp compare`."""
    shown: list[Block] = [Paragraph(sentence) for sentence in _provenance()]
    title = "What changed"
    compared: list[Block] = []
    try:
        title, compared = _changes(rev)
    except InputError as error:
        shown.append(Paragraph(f"Not compared: {error}"))
    judged = list(_gate(rev))
    scores = [table for table in evidence.tables(results.workspace()) if table.rows]
    if grown := list(growth.blocks(results.workspace())):
        judged.append(Fold(growth.TITLE, grown, "more-rows"))
    if scores:
        judged.append(Fold("Scores of several trainings, by make gate", scores))
    cards = [block for block in [*compared, *judged] if isinstance(block, Card)]
    others = [block for block in [*compared, *judged] if not isinstance(block, Card)]
    return Document(title, [*shown, *cards, *others])


def _changes(rev: str | None) -> tuple[str, list[Block]]:
    kind = changes.evidence_of_gate(results.workspace().params)
    changed = changes.find(rev, kind, is_checked=True)
    if isinstance(changed, str):
        return "What changed", [Paragraph(changed)]
    told = narrative.document(changed, ROWS, Gallery.of_workspace(kind))
    title = told.title.replace("This workspace against", "What changed since", 1)
    values, *networks = folded(told.blocks[len(changed.notes) :])
    inputs = values.blocks if isinstance(values, Fold) else []
    notes = told.blocks[: len(changed.notes)]
    return title, [*notes, *cards_of(changed), *inputs, *networks]


def _gate(rev: str | None) -> Iterator[Block]:
    """Yield the verdict of the gate, and why."""
    try:
        judged = judgement.judge(rev)
    except InputError as error:
        yield Card("gate", "", "not judged", lines=[str(error)])
        return
    state = STATES.get(judged.code, "")
    said = judgement_page.last(judged)
    failed = [verdict for verdict in judged.verdicts if verdict.outcome == FAIL]
    lines = [f"{judged.title}.", *(f"{verdict.rule}: {verdict.reason}." for verdict in failed)]
    if judged.unjudged:
        lines.append(f"{listed(judged.unjudged, 2, '; ')}. Run `make gate`.")
    yield Card("gate", state, said, lines=lines, id="gate-rules")
    yield Fold("Rules of the gate", judgement_page.document(judged).blocks, "gate-rules")


def _provenance() -> Iterator[str]:
    """Yield the commit, and the digest of the data."""
    head = git.git("log", "-1", "--format=%h, %s", "HEAD")
    if head:
        edits = ", with changes since that are not committed" if is_edited() else ""
        yield f"Commit {head}{edits}."
    digest = lock.outputs(results.workspace().lock("test")).get(DATASET)
    if digest:
        yield f"Data: MD5 {digest} of {DATASET}, as dvc.lock has it."
