"""Tell in a document what changed: the parameters, and each network's metrics, classes, rows."""

from collections.abc import Iterator

from mlp.compare import comparison, configurations, tables
from mlp.compare.changes import Changes, Incomparable
from mlp.compare.comparison import Comparison
from mlp.compare.configurations import Configuration
from mlp.compare.pictures import Gallery
from mlp.core import task
from mlp.history.revisions import introduced
from mlp.report.document import Block, Document, Heading, Paragraph


def document(changes: Changes, rows: int, gallery: Gallery | None = None) -> Document:
    """Return the document.

    Parameters
    ----------
    changes : Changes
    rows : int
        How many of the fixed and of the broken, or of the improved and the worsened rows to show.
    gallery : Gallery, optional
        With it, confusion matrices and rows are drawn.
    """
    since = introduced(changes.since, changes.why)
    blocks: list[Block] = [Paragraph(note) for note in changes.notes]
    blocks += _values(changes)
    for name, network in changes.networks.items():
        blocks.append(Heading(name, f"change-{name}"))
        if isinstance(network, Incomparable):
            blocks += [Paragraph(f"Not comparable: {network.why}."), tables.incomparable(network)]
            continue
        blocks += _configuration(changes.configurations.get(name))
        blocks += _compared(network, changes.evidence, rows)
        if gallery and network.verdict != "unchanged":
            blocks += gallery.pictures(network, rows)
    if gallery and gallery.note:
        blocks.append(Paragraph(gallery.note))
    return Document(f"This workspace against {since}", blocks)


def _values(changes: Changes) -> Iterator[Block]:
    yield Heading("What changed", "changed-values")
    if changes.parameters or changes.files:
        yield tables.values(changes)
    else:
        yield Paragraph("No parameter and no file that a stage reads.")


def _configuration(found: Configuration | str | None) -> Iterator[Block]:
    """Yield whether the configuration is worse."""
    if found is None:
        return
    if isinstance(found, str):
        yield Paragraph(
            f"Is the configuration worse? Cannot judge: {found}. `make gate` trains it repeatedly, "
            "on either side."
        )
        return
    yield Paragraph(f"Is the configuration worse? {configurations.sentence(found)}")
    if not found.is_unchanged:
        yield tables.configuration(found)
    yield from (Paragraph(note) for note in found.notes)


def _compared(network: Comparison, evidence: str, rows: int) -> Iterator[Block]:
    yield Paragraph(f"Is this model file worse on these rows? {sentence(network, evidence)}")
    if any(change.difference != 0 for change in network.metrics):
        yield from task.part("mlp.compare.words", network.task).laid_out(network, rows)


def sentence(network: Comparison, evidence: str) -> str:
    """Return the comparison in words, with the change that it could have detected."""
    rows = comparison.ROWS[evidence]
    words: str = task.part("mlp.compare.words", network.task).sentence(network, rows)
    return words
