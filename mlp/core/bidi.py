"""Mix text of both writing directions in one line."""

from unicodedata import bidirectional

RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI"}


def is_right_to_left(text: str) -> bool:
    """Return whether any part of a text is written from right to left."""
    return any(bidirectional(character) in RIGHT_TO_LEFT for character in text)


def isolated(text: str) -> str:
    """Return a text that does not reorder the words around it.

    Text from right to left is put between Unicode's marks FSI and PDI.
    """
    return f"\u2068{text}\u2069" if is_right_to_left(text) else text
