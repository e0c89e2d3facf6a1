"""Find texts that a reader takes for the same, and show how they differ."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from mlp.data.number_styles import NUMBER

INVISIBLE = {"Cc", "Cf"}  # categories of Unicode: controls, and marks such as U+200B
DIGITS = re.compile(NUMBER)


def find(texts: Iterable[str]) -> list[list[str]]:
    """Return the groups of texts that differ only in what a reader hardly sees.

    That is case, spaces, invisible characters, the way in which Unicode composes a letter, or how a
    number is written.

    >>> find(["b", "1", "B", "c", "1.0"])
    [['1', '1.0'], ['B', 'b']]
    """
    by_plain: dict[str | Decimal, list[str]] = {}
    for text in sorted(texts):
        by_plain.setdefault(_plain(text), []).append(text)
    return [group for group in by_plain.values() if len(group) > 1]


def shown(texts: Sequence[str]) -> str:
    r"""Return a group with what cannot be seen written as its code.

    >>> shown(["a", "a\u200b"])
    "'a' and 'a\\u200b'"
    """
    differ = len({unicodedata.normalize("NFKC", text) for text in texts}) == len(texts)
    words = [text if differ and text.isprintable() else _escaped(text) for text in texts]
    return " and ".join(f"'{word}'" for word in words)


def _plain(text: str) -> str | Decimal:
    spaced = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    plain = "".join(c for c in spaced if unicodedata.category(c) not in INVISIBLE)
    return Decimal(plain) if DIGITS.fullmatch(plain) else plain


def _escaped(text: str) -> str:
    return text.encode("unicode_escape").decode()
