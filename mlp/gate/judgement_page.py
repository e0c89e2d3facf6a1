"""Lay out a judgement for a terminal, a pull request or a page."""

from mlp.gate.judgement import FAILED, PASSED, Judgement
from mlp.gate.thresholds import FAIL, SKIP
from mlp.report.document import Document, Paragraph, Table

SUMMARY = {PASSED: "pass", FAILED: "FAIL"}


def document(judged: Judgement) -> Document:
    """Return the verdict of every rule, and that of the gate."""
    rows = [[verdict.rule, verdict.outcome, verdict.reason] for verdict in judged.verdicts]
    return Document(
        judged.title,
        [
            Table(["rule", "outcome", "reason"], rows, left=3),
            *(Paragraph(f"Cannot judge: {why}.") for why in judged.unjudged),
            Table(["edited rule of the gate itself", "before", "now"], judged.edits, left=3),
            *(Paragraph(note) for note in judged.notes),
            Paragraph(last(judged)),
        ],
    )


def last(judged: Judgement) -> str:
    """Return the verdict of the gate, with the number of rules."""
    outcomes = [verdict.outcome for verdict in judged.verdicts]
    skipped = outcomes.count(SKIP)
    if judged.code == FAILED:
        words = f": {outcomes.count(FAIL)} of {len(outcomes) - skipped} rules failed"
    elif judged.code == PASSED:
        words = f": {len(outcomes) - skipped} rules hold"
    else:
        words = ""
    return f"{result(judged)}{words}{f', {skipped} not judged' if skipped else ''}."


def result(judged: Judgement) -> str:
    """Return pass, FAIL or cannot judge."""
    return SUMMARY.get(judged.code, "cannot judge")
