"""The error that wrong input raises: sentences that a user can act on."""


class InputError(Exception):
    """Wrong input, in one sentence or several: where, what is wrong, what would be right.

    What they quote of the input is made printable, so that each stays one line.
    """

    def __init__(self, *sentences: str) -> None:
        super().__init__(*(printable(sentence) for sentence in sentences))

    def __str__(self) -> str:
        return "\n".join(self.args)


def printable(text: str) -> str:
    r"""Return text in which every character can be shown.

    >>> printable("column " + chr(10)) == r"column \n"
    True
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
