"""Exact tests on counts, and Holm's correction for their number.

They do without SciPy, whose import takes longer than the rest of a stage. Tests compare each with
its namesake in scipy.stats.
"""

from collections.abc import Sequence

import numpy as np

from mlp.core.files import Floats

TOSSES = 1000  # most, of which the probabilities are found by whole numbers
SAME = 1e-7  # relative tolerance within which two tables count as equally likely


def mcnemar(broken: int, fixed: int, *, one_sided: bool = False) -> float:
    """Return the exact p value of McNemar's test on discordant rows; 1 if there are none.

    Rows on which both networks are right, or both wrong, say nothing about a difference. If there
    is none, each other row is broken or fixed with equal chance.

    Parameters
    ----------
    broken, fixed : int
        Rows that were right and now are wrong, and the other way round.
    one_sided : bool
        Ask only whether more were broken than fixed.

    Notes
    -----
    McNemar (1947), doi:10.1007/BF02295996, with binomial instead of asymptotic probabilities.
    """
    chances = fair_coin(broken + fixed)
    tail = chances[broken:].sum() if one_sided else 2 * chances[: min(broken, fixed) + 1].sum()
    return min(1.0, float(tail))


def fisher(right: Sequence[int], rows: Sequence[int], *, one_sided: bool = False) -> float:
    """Return the p value of Fisher's exact test that two groups are right equally often.

    Parameters
    ----------
    right, rows : sequence of int, shape (2,)
        Of each group: how many rows are right, and how many there are.
    one_sided : bool
        Ask only whether the first group is right more often.

    Notes
    -----
    Fisher (1935), The Logic of Inductive Inference, doi:10.2307/2342435. Given both sums, the
    right rows of the first group follow the hypergeometric distribution.
    """
    total = sum(right)
    first = np.arange(max(0, total - rows[1]), min(rows[0], total) + 1)
    count = first[:-1]
    into = (rows[0] - count) * (total - count)
    chances = _distribution(into / ((count + 1.0) * (rows[1] - total + count + 1)))
    seen = chances[right[0] - first[0]]
    extreme = first >= right[0] if one_sided else chances <= seen * (1 + SAME)
    return min(1.0, float(chances[extreme].sum()))


def fair_coin(tosses: int) -> Floats:
    """Return the probability of each number of heads, shape (tosses + 1,).

    Up to 1000 tosses each is rounded once, so that p values of few rows are exact on any machine.
    """
    if tosses > TOSSES:
        count = np.arange(tosses)
        return _distribution((tosses - count) / (count + 1))
    ways = [1]
    for heads in range(tosses):
        ways.append(ways[-1] * (tosses - heads) // (heads + 1))
    return np.array([way / 2**tosses for way in ways])


def _distribution(ratios: Floats) -> Floats:
    """Return the probability of each count, from that of each count divided by the one before."""
    logarithms = np.append(0.0, np.cumsum(np.log(ratios)))
    weights = np.exp(logarithms - logarithms.max())
    chances: Floats = weights / weights.sum()
    return chances


def holm(p_values: Sequence[float], counted: Sequence[bool] | None = None) -> list[float]:
    """Return p values corrected for their number, so that all stand together at one level.

    Parameters
    ----------
    p_values : sequence of float
    counted : sequence of bool, optional
        Which tests count: see `comparisons`. The others get 1.

    Notes
    -----
    Holm (1979), https://www.jstor.org/stable/4615733: the smallest is multiplied by their number,
    the next by one less, and none comes out below a smaller one.
    """
    corrected = np.ones(len(p_values))
    places = np.arange(len(p_values)) if counted is None else np.flatnonzero(counted)
    found = np.asarray(p_values, dtype=np.float64)[places]
    order = np.argsort(found, kind="stable")
    raised = np.maximum.accumulate(found[order] * np.arange(len(places), 0, -1))
    corrected[places[order]] = np.minimum(raised, 1.0)
    return [float(p) for p in corrected]


def comparisons(least: Sequence[float], level: float) -> list[bool]:
    """Return which of several exact tests count, because they could find something.

    A class of which two rows changed can have no small p value, whichever way they changed. It
    need not be corrected for.

    Parameters
    ----------
    least : sequence of float
        The least p value that each test could have, given the number of its discordant rows.
    level : float
        Of all tests together.

    Notes
    -----
    Tarone (1990), doi:10.2307/2531456: the least number k such that at most k tests could fall
    below the level divided by k. They are then corrected by `holm`.
    """
    ordered = np.asarray(least, dtype=np.float64)
    number = next(
        (k for k in range(1, len(least)) if np.count_nonzero(ordered <= level / k) <= k), len(least)
    )
    return [bool(p <= level / max(1, number)) for p in ordered]
