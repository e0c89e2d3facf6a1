"""Judge a difference by its p value."""

LEVEL = 0.05  # of every verdict: of tests, and of intervals as 1 - LEVEL


def verdict(p_value: float, gain: float) -> str:
    """Return better, worse or not shown; a gain above 0 is for the better.

    A p value that is not a number shows nothing.
    """
    if not p_value <= LEVEL or gain == 0:
        return "not shown"
    return "better" if gain > 0 else "worse"
