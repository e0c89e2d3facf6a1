"""Shorten labels to what a figure has room for, or number them.

The font is DejaVu Sans, which matplotlib brings. This module imports no matplotlib, so that a page
can tell how its figures name the classes.
"""

from collections.abc import Sequence

LONGEST = 20  # characters of a label, above which its middle is left out
HEAD, TAIL = 11, 8  # characters that are left on either side
COVERED = (  # every printable character in these ranges of Unicode is in the font
    (0x20, 0x2E9),  # Latin
    (0x300, 0x34F),  # accents
    (0x384, 0x525),  # Greek, Cyrillic
    (0x5D0, 0x5EA),  # Hebrew
    (0x621, 0x63A),  # Arabic
    (0x640, 0x655),
    (0x660, 0x670),
    (0x679, 0x6BF),
    (0x1E00, 0x1EFB),  # Latin of more languages, Vietnamese among them
    (0x2010, 0x20B5),  # punctuation, superscripts, currencies
    (0x2190, 0x2311),  # arrows, mathematics
    (0x2500, 0x269C),  # boxes, shapes, symbols
)


def drawn_labels(labels: Sequence[str]) -> list[str]:
    """Return labels as figures show them: shortened, or all by number from 1.

    Numbers replace all of them if one has a character that the font lacks, or if two are alike when
    shortened.

    >>> drawn_labels(["a", "a class with a long name"])
    ['a', 'a class wit…ong name']
    >>> drawn_labels(["a", "漢字"])
    ['1', '2']
    """
    texts = [shortened(label) for label in labels]
    if len(set(texts)) == len(texts) and all(map(_is_drawable, labels)):
        return texts
    return [str(number) for number in range(1, len(labels) + 1)]


def are_numbers(labels: Sequence[str]) -> bool:
    """Return whether figures show numbers instead of these labels."""
    return any(
        text != shortened(label) for text, label in zip(drawn_labels(labels), labels, strict=True)
    )


def shortened(text: str) -> str:
    """Return a text of at most 20 characters: a longer one loses its middle."""
    return text if len(text) <= LONGEST else f"{text[:HEAD]}…{text[-TAIL:]}"


def name_of(column: str) -> str:
    """Return a column's name, shortened, or "target" if it has a character that the font lacks."""
    return shortened(column) if _is_drawable(column) else "target"


def _is_drawable(text: str) -> bool:
    return text.isprintable() and all(
        any(first <= ord(character) <= last for first, last in COVERED) for character in text
    )
