"""Choose the ends and the ticks of an axis of any numbers, which outliers do not stretch."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from mlp.core.files import Floats
from mlp.figures import canvas

LARGEST = 1e300  # a number above this counts as an outlier: differences of such are not finite
REACH = 1.5  # times the range of most numbers; what lies further outside of it is an outlier
TAILS = (0.05, 0.005, 0.0)  # shares of the numbers beside most of them; the first with a range
SAME = 1e-9  # range, as a share of the largest number, below which all are drawn as equal
ROOM = 0.05  # of an axis, beyond the outermost numbers
TICKS = 5
MINUS = "\N{MINUS SIGN}"  # as matplotlib writes it
DIGITS = range(7, 18)  # significant, of which a tick has the fewest that tell it from others


def ends(values: Floats, *also: float) -> tuple[float, float]:
    """Return the ends of an axis that shows all numbers but outliers.

    Parameters
    ----------
    values : ndarray of float64
    *also : float
        More numbers to show unless they are as far outside as outliers.
    """
    known = values[np.abs(values) < LARGEST]
    if not len(known):
        return 0.0, 1.0
    low, high = _most(known)
    reach = REACH * (high - low)
    shown = np.append(known, also)
    shown = shown[(shown >= low - reach) & (shown <= high + reach)]
    first, last = float(shown.min()), float(shown.max())
    largest = max(abs(first), abs(last))
    is_flat = last - first <= SAME * largest
    room = (0.5 * largest or 1.0) if is_flat else ROOM * (last - first)
    return first - room, last + room


def _most(values: Floats) -> tuple[float, float]:
    """Return the range of most numbers, or of more where most are equal."""
    for tail in TAILS:
        low, high = np.quantile(values, [tail, 1 - tail])
        if high - low > SAME * max(abs(low), abs(high)):
            break
    return float(low), float(high)


def ticks(low: float, high: float, most: int = TICKS) -> tuple[list[float], list[str]]:
    """Return round numbers between two ends and their texts, no two of which are equal.

    >>> ticks(-1, 21)
    ([0.0, 5.0, 10.0, 15.0, 20.0], ['0', '5', '10', '15', '20'])
    >>> ticks(1e6, 1e6 + 2)[1]
    ['1000000', '1000000.5', '1000001', '1000001.5', '1000002']
    """
    steps = MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    places = [float(step) + 0.0 for step in steps if low <= step <= high]
    texts: list[str] = []
    for digits in DIGITS:
        texts = [f"{place:.{digits}g}".replace("-", MINUS) for place in places]
        if len(set(texts)) == len(texts):
            break
    return places, texts


def apart(low: float, high: float, wide: float, points: float) -> tuple[list[float], list[str]]:
    """Return as many ticks as leave room between their texts.

    Parameters
    ----------
    low, high : float
        The ends of the axis.
    wide, points : float
        The width of the axis and the size of the font, in points.
    """
    places, texts = ticks(low, high)
    for most in range(TICKS - 1, 0, -1):
        steps = np.diff(places) / (high - low) * wide
        if canvas.width(texts, points) + points < steps.min(initial=np.inf):
            break
        places, texts = ticks(low, high, most)
    return places, texts
