"""Render headings, paragraphs, tables and pictures as text, Markdown or HTML."""

import itertools
import re
import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from tabulate import tabulate

from mlp.core.shown import JOINER, in_terminal
from mlp.report import template
from mlp.report.picture import Picture

WIDEST = 100  # characters of a line in a log, and of a paragraph
NARROWEST = 30  # characters of a table's last column


@dataclass(frozen=True)
class Heading:
    text: str
    id: str = ""  # for a link to it


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Table:
    """Rows of texts; the first ``left`` columns hold words and the others numbers."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: int = 1

    def drawn(self, style: str, width: int | None = None) -> str:
        """Return the table in a style of tabulate, with its last column wrapped to fit a width."""
        columns = list(zip(self.columns, *self.rows, strict=True))
        others = sum(max(len(cell) for cell in column) + 2 for column in columns[:-1])
        limit = max(NARROWEST, width - others) if width else None
        return tabulate(
            self.rows,
            list(self.columns),
            tablefmt=style,
            disable_numparse=True,
            colalign=["left" if i < self.left else "right" for i in range(len(columns))],
            maxcolwidths=[*[None] * (len(columns) - 1), limit],
        )


@dataclass(frozen=True)
class Card:
    """One network at a glance; on pages alone, which say the same below it.

    Attributes
    ----------
    name : str
    state : str
        good, warn or bad, which colours it; otherwise none of them.
    said : str
        The state in words.
    score, of : str
        A score, and its name with what else there is to say of it.
    lines, commands : sequence of str
        Sentences, and what to try.
    id : str
        Where the card leads to.
    """

    name: str
    state: str
    said: str
    score: str = ""
    of: str = ""
    lines: Sequence[str] = ()
    commands: Sequence[str] = ()
    id: str = ""


@dataclass(frozen=True)
class Fold:
    """Blocks that a page shows when its title is clicked."""

    title: str
    blocks: "Sequence[Block]"
    id: str = ""

    @property
    def groups(self) -> "list[tuple[str, list[Block]]]":
        return groups(self.blocks)


Block = Heading | Paragraph | Table | Picture | Card | Fold


@dataclass(frozen=True)
class Document:
    """A titled list of blocks."""

    title: str
    blocks: list[Block] = field(default_factory=list)


def to_text(document: Document) -> str:
    """Return the document for a terminal, without its pictures."""
    width = shutil.get_terminal_size((WIDEST, 0)).columns
    parts = [in_terminal(document.title)]
    for block in document.blocks:
        if isinstance(block, Heading):
            text = in_terminal(block.text)
            parts.append(f"{text}\n{'-' * len(text)}")
        elif isinstance(block, Paragraph):
            parts.append(_filled(in_terminal(block.text), min(width, WIDEST)))
        elif isinstance(block, Table) and block.rows:
            rows = [[in_terminal(cell) for cell in row] for row in block.rows]
            parts.append(Table(block.columns, rows, block.left).drawn("simple", width))
    return "\n\n".join(parts) + "\n"


def _filled(text: str, width: int) -> str:
    """Return text in lines; a name with hyphens is not broken."""
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def to_markdown(document: Document) -> str:
    """Return the document for a pull request, without its pictures."""
    parts = [f"## {_escaped(document.title)}"]
    for block in document.blocks:
        if isinstance(block, Heading):
            parts.append(f"### {_escaped(block.text)}")
        elif isinstance(block, Paragraph):
            parts.append(_escaped(block.text))
        elif isinstance(block, Table) and block.rows:
            rows = [[_escaped(cell) for cell in row] for row in block.rows]
            parts.append(Table(block.columns, rows, block.left).drawn("github"))
    return "\n\n".join(parts) + "\n"


def to_html(document: Document) -> str:
    """Return the document as one page that asks for no other file; every text is escaped."""
    headings = [block for block in document.blocks if isinstance(block, Heading) and block.id]
    return template.render(
        "document.html.j2", title=document.title, groups=groups(document.blocks), headings=headings
    )


def groups(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Return blocks in runs of one kind, as the templates take them."""
    return [(kind, list(group)) for kind, group in itertools.groupby(blocks, _kind)]


def folded(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with a fold in place of each heading and what follows it."""
    places = [i for i, block in enumerate(blocks) if isinstance(block, Heading)]
    folds: list[Block] = []
    for start, end in itertools.pairwise([*places, len(blocks)]):
        heading = blocks[start]
        if isinstance(heading, Heading):
            folds.append(Fold(heading.text, blocks[start + 1 : end], heading.id))
    return [*blocks[: places[0] if places else len(blocks)], *folds]


def _kind(block: Block) -> str:
    """Return the kind of a block; pictures of one kind stand side by side."""
    is_wide = isinstance(block, Picture) and block.wide
    return "Wide" if is_wide else type(block).__name__


def _escaped(text: str) -> str:
    """Return text that Markdown shows unchanged: a label can hold any character.

    GitHub and GitLab make links of names, numbers and addresses even where a backslash stands, and
    tell the people who are named, so these get a character inside that nothing shows.
    """
    text = in_terminal(" ".join(text.split()))
    text = re.sub(r"[\\`*_{}\[\]<>|#~&$]", r"\\\g<0>", text)
    return re.sub(r"@|(?<=[#!$%&~])(?=\d)|(?i:www|:)(?=\.|//)", rf"\g<0>{JOINER}", text)
