"""A picture on a page."""

import base64
from dataclasses import dataclass
from pathlib import Path

from mlp.core import disk, whole

BEGIN, END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
SVG_BEGIN, SVG_END = b"<svg", b"</svg>\n"


@dataclass(frozen=True)
class Picture:
    """A PNG or SVG file and its description; pictures stand side by side unless one is wide."""

    content: bytes
    alt: str
    wide: bool = False

    @property
    def mime(self) -> str:
        """The type of the file. A browser runs no script of an SVG file in an <img>."""
        return "image/svg+xml" if self.content.startswith(SVG_BEGIN) else "image/png"

    @property
    def data(self) -> str:
        """The bytes as base64, for a page that asks for no other file."""
        return base64.b64encode(self.content).decode("ascii")


def read(path: Path) -> bytes:
    """Read a PNG or an SVG file; raise InputError if it is cut short."""
    content = disk.read_bytes(path)
    begin, end = (SVG_BEGIN, SVG_END) if path.suffix == ".svg" else (BEGIN, END)
    if not (content.startswith(begin) and content.endswith(end)):
        raise whole.damaged(path)
    return content
