"""A picture on a page."""

import base64
from dataclasses import dataclass


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
