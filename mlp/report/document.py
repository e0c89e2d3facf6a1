"""A short document of headings, paragraphs, tables and pictures, as text, Markdown or HTML."""

import base64
import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, StrictUndefined
from tabulate import tabulate

WIDEST = 100  # characters of a line in a log, and of a paragraph
NARROWEST = 30  # characters of a table's last column


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Table:
    """Rows of texts; the first columns, as many as ``left``, are texts and the others numbers."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: int = 1

    def drawn(self, style: str, width: int | None = None) -> str:
        """Return the table in a style of tabulate, its last column wrapped to fit a width."""
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
class Picture:
    """A PNG picture, and in words what it shows; three fit side by side, and more small ones.

    HTML alone has pictures.
    """

    png: bytes
    alt: str
    small: bool = False

    @property
    def data(self) -> str:
        return base64.b64encode(self.png).decode("ascii")


@dataclass(frozen=True)
class Document:
    """A titled list of blocks."""

    title: str
    blocks: list[Heading | Paragraph | Table | Picture] = field(default_factory=list)


def to_text(document: Document) -> str:
    """Return the document for a terminal, without its pictures."""
    width = shutil.get_terminal_size((WIDEST, 0)).columns
    parts = [document.title]
    for block in document.blocks:
        if isinstance(block, Heading):
            parts.append(f"{block.text}\n{'-' * len(block.text)}")
        elif isinstance(block, Paragraph):
            parts.append(textwrap.fill(block.text, min(width, WIDEST), break_long_words=False))
        elif isinstance(block, Table) and block.rows:
            parts.append(block.drawn("simple", width))
    return "\n\n".join(parts) + "\n"


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


def to_html(document: Document, template: str) -> str:
    """Return the document as one page that asks for no other file; every text is escaped.

    Parameters
    ----------
    document : Document
    template : str
        The text of the Jinja2 template, which gets title and blocks.
    """
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(template)
    blocks = [(type(block).__name__, block) for block in document.blocks]
    return page.render(title=document.title, blocks=blocks)


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is: a label can hold any character."""
    for character in "\\`*_{}[]<>|#~":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())
