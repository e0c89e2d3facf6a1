"""A picture on a page."""

import base64
from dataclasses import dataclass
from pathlib import Path

from mlp.core import disk, whole

BEGIN, END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


@dataclass(frozen=True)
class Picture:
    """A PNG picture and its description; pictures stand side by side unless one is wide."""

    png: bytes
    alt: str
    wide: bool = False

    @property
    def data(self) -> str:
        """The bytes as base64, for a page that asks for no other file."""
        return base64.b64encode(self.png).decode("ascii")


def read(path: Path) -> bytes:
    """Read a PNG file; raise InputError if it is cut short."""
    png = disk.read_bytes(path)
    if not (png.startswith(BEGIN) and png.endswith(END)):
        raise whole.damaged(path)
    return png
