"""A picture on a page."""

import base64
from dataclasses import dataclass

SVG_HEAD = b"<svg"


@dataclass(frozen=True)
class Picture:
    """A PNG or SVG file and its description; pictures stand side by side unless one is wide."""

    content: bytes
    alt: str
    wide: bool = False

    @property
    def mime(self) -> str:
        """The type of the file. A browser runs no script of an SVG file in an <img>."""
        return "image/svg+xml" if self.content.startswith(SVG_HEAD) else "image/png"

    @property
    def data(self) -> str:
        """The bytes as base64, for a page that asks for no other file."""
        return base64.b64encode(self.content).decode("ascii")
