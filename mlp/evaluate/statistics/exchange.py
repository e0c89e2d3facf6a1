"""Test a difference by exchanging the two predictions of a row at random."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from mlp.core.files import Floats

Swaps = npt.NDArray[np.bool_]  # whether each row is exchanged, shape (draws, rows)
Codes = npt.NDArray[np.int64]  # the number of each row's group, shape (rows,)

DRAWS = 9999, 1999  # for a small table, and the least for one of any size
BUDGET = 200_000_000  # exchanges drawn in all, above which there are fewer draws
BATCH = 4_000_000  # exchanges held in memory at once
ROUNDING = 1e-9  # of the largest difference, within which two differences are equal


def p_value(
    statistic: Callable[[Swaps], Floats],
    rows: int,
    groups: Codes | None = None,
    *,
    one_sided: bool = False,
) -> float:
    """Return the p value of a difference between two predictions of the same rows.

    If neither network is better, the two predictions of a row could as well be the other way round.
    So the difference is compared with those after exchanging each row with chance 1/2, and the
    present one counts among them. Where every exchange is equally likely, p values of at most
    a level have at most that chance, however skewed the differences of the rows are.

    Parameters
    ----------
    statistic : callable
        Takes whether each row is exchanged, shape (draws, rows), and returns a difference a draw.
    rows : int
    groups : ndarray of int64, shape (rows,), optional
        The group of each row, numbered from 0. The rows of a group are exchanged together.
    one_sided : bool
        Ask only whether the difference is above 0.

    Notes
    -----
    Phipson and Smyth (2010), doi:10.2202/1544-6115.1585: no p value of a random test is 0. It tests
    that exchanging changes nothing, not that the mean is 0. A network that is a little worse in
    most rows and much better in a few is found, even where its mean is the same.
    """
    units = rows if groups is None else int(groups.max()) + 1
    value = statistic(np.zeros((1, rows), dtype=bool))
    drawn = np.concatenate([statistic(swaps) for swaps in _swaps(units, rows, groups)])
    if not one_sided:
        value, drawn = np.abs(value), np.abs(drawn)
    least = value - ROUNDING * max(np.abs(value).max(), np.abs(drawn).max())
    return float((1 + np.count_nonzero(drawn >= least)) / (1 + len(drawn)))


def _swaps(units: int, rows: int, groups: Codes | None) -> Iterator[Swaps]:
    """Yield batches of random exchanges; the same at each call."""
    draws = max(DRAWS[1], min(DRAWS[0], BUDGET // rows))
    batch = max(1, BATCH // rows)
    rng = np.random.default_rng(0)
    width = -(-units // 8)  # bytes
    for start in range(0, draws, batch):
        size = min(batch, draws - start)
        octets = np.frombuffer(rng.bytes(size * width), dtype=np.uint8).reshape(size, width)
        swaps = np.unpackbits(octets, axis=1, count=units).astype(bool)
        yield swaps if groups is None else swaps[:, groups]
