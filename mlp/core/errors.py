"""The error that wrong input raises, and the phrases that its sentences are made of."""

from collections.abc import Sequence


class InputError(Exception):
    """Wrong input, in one sentence or several: where, what is wrong, what would be right.

    Quoted input is made printable, so that each sentence stays on one line.
    """

    def __init__(self, *sentences: str) -> None:
        super().__init__(*(printable(sentence) for sentence in sentences))

    def __str__(self) -> str:
        return "\n".join(self.args)


def printable(text: str) -> str:
    r"""Return text with every character that cannot be shown escaped.

    >>> printable("column " + chr(10)) == r"column \n"
    True
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def listed(names: Sequence[object], most: int = 3, separator: str = ", ") -> str:
    """Return the first names, and how many more there are.

    >>> listed(["x", "y", "z"])
    'x, y, z'
    >>> listed(["v", "w", "x", "y", "z"])
    'v, w, x and 2 more'
    """
    shown = separator.join(str(name) for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def quoted(names: Sequence[object], most: int = 3) -> str:
    """Return the first names in quotes, and how many more there are.

    >>> quoted(["x", "y", "z"], most=2)
    "'x', 'y' and 1 more"
    """
    return listed([f"'{name}'" for name in names], most)


def counted(count: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "row"), counted(2, "row")
    ('1 row', '2 rows')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
