"""The wording of numbers, of p values and of differences."""

from mlp.core.json_file import DECIMALS

SMALL = 1e-4  # below which six decimals hold too few digits
LARGE, HUGE = 1e4, 1e12  # from which two decimals say enough, and six digits


def p_value(p: float) -> str:
    return "p < 0.0001" if p < 0.0001 else f"p = {p:.4f}"  # noqa: PLR2004 - the last of 4 decimals


def number(value: float, sign: str = "") -> str:
    """Return a number with six decimals, two if it is large, or six digits if it is small or huge.

    The sign "+" writes that of a number above 0 too.

    >>> number(0.95), number(-0.0000123456, "+"), number(0.0)
    ('0.950000', '-1.23456e-05', '0.000000')
    >>> number(125053.449294), number(2.5e200)
    ('125053.45', '2.5e+200')
    """
    size = abs(value)
    if LARGE <= size < HUGE:
        return f"{value:{sign}.2f}"
    return f"{value:{sign}.{DECIMALS}{'g' if 0 < size < SMALL or size >= HUGE else 'f'}}"


def points(share: float) -> str:
    """Return a drop of accuracy as text."""
    return f"{100 * share:.1f} points"


def seen(drop: float | None, of: str, test: str) -> str:
    """Return the drop that a test would have seen, as the middle of a sentence.

    Parameters
    ----------
    drop : float or None
        A share of the rows; None if it would have seen none.
    of : str
        The end of the subject, such as "since main".
    test : str
        Its name, level and sidedness.
    """
    subject = "no drop" if drop is None else f"a drop of {points(drop)}"
    return f"{subject}{f' {of}' if of else ''} would be seen by {test} (80 % power)"


def mcnemar(level: float, *, one_sided: bool) -> str:
    """Return the name of McNemar's test with its level and sidedness."""
    return f"McNemar's test at level {level:g}, {'one' if one_sided else 'two'}-sided"
