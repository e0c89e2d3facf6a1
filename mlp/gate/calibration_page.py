"""Lay out a calibration of the gate as a document."""

from collections.abc import Iterator, Mapping

from mlp.evidence import pools
from mlp.evidence.pools import LOSSES
from mlp.gate import levels
from mlp.gate.calibration import ALL, PROMISE, Share
from mlp.gate.own_table import Calibrated
from mlp.report.document import Block, Document, Paragraph, Table

Z = 1.96
KINDS = ("seed", *LOSSES)
SELDOM = 0.5  # a share of the pairs below which a loss is seldom seen


def document(found: Calibrated) -> Document:
    """Return the document."""
    gate = found.gate
    title = (
        f"Gate of {gate.model}, tried on this table: {found.networks} trainings as it is, and "
        f"{found.blocks} x {gate.repeats} on worse data"
    )
    return Document(title, [_table(found), *_words(found)])


def _table(found: Calibrated) -> Table:
    asked, tests = levels.of_tests(found.gate), found.outcome.tests
    rows = [
        [title, f"{level:g}", *(_percent(tests[title][kind]) for kind in KINDS)]
        for title, level in asked.items()
    ]
    rows.append([ALL, f"{sum(asked.values()):g}", *(_percent(tests[ALL][kind]) for kind in KINDS)])
    files = found.outcome.files
    rows += [[f"one file: {title}", "", _percent(share)] for title, share in files.items()]
    return Table(["test", "level", *KINDS], [row + [""] * (5 - len(row)) for row in rows])


def _words(found: Calibrated) -> Iterator[Block]:
    outcome, asked = found.outcome, levels.of_tests(found.gate)
    yield Paragraph(
        f"Share of pairs of {found.gate.repeats} + {found.gate.repeats} trainings in which a test "
        f"fails, judged by {found.rows} rows. seed: nothing but the seed differs, so a failure is "
        "a false alarm; "
        + "; ".join(f"{name}: {words}" for name, words in pools.words(found.task).items())
        + "."
    )
    alarms = outcome.tests[ALL]["seed"]
    yield Paragraph(
        f"False alarms of all tests together: {_percent(alarms)}, 95 % interval "
        f"{max(0.0, alarms.value - Z * alarms.error):.1%} to {alarms.value + Z * alarms.error:.1%} "
        "(jackknife over the networks; more networks make it narrower)."
    )
    if outcome.converged < 1:
        yield Paragraph(
            f"{outcome.converged:.0%} of the trainings converged. Where training is not finished, "
            "the luck of the seed is larger, and a real loss is harder to see."
        )
    if outcome.proposed == asked:
        yield Paragraph(f"The levels keep {PROMISE:.0%} on this table; leave them as they are.")
    else:
        yield Paragraph(
            f"To keep {PROMISE:.0%} on this table, lower the levels: {_keys(outcome.proposed)}."
        )
    if max(outcome.tests[ALL][loss].value for loss in LOSSES) < SELDOM:
        rows = (
            "" if found.gate.evidence == "oof" else "gate.evidence: oof, so that all rows judge; "
        )
        yield Paragraph(
            f"Either loss is seldom seen. What would see more: {rows}more gate.repeats; a finished "
            "training (max_iter); more rows."
        )


def _keys(proposed: Mapping[str, float]) -> str:
    """Return levels as keys of params.yaml.

    >>> _keys({"brier_score significance": 0.02, "significance": 0.01})
    'gate.metrics.brier_score.significance: 0.02, gate.significance: 0.01'
    """
    places = {"significance": "gate", "classes significance": "gate.classes"}
    return ", ".join(
        f"{places.get(title, f'gate.metrics.{title.split(maxsplit=1)[0]}')}.significance: {level:g}"
        for title, level in proposed.items()
    )


def _percent(share: Share) -> str:
    return f"{share.value:.1%}"
