"""Choose the rows that git stores, where a table has many."""

import numpy as np

from mlp.core.files import Arrays, Rows

MOST_ROWS = 10_000


def positions(rows: int, most: int = MOST_ROWS) -> Rows:
    """Return the positions of at most so many of a number of rows, in order.

    They are drawn at random with a constant seed, so two networks with the same rows are sampled
    alike.
    """
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(0).choice(rows, most, replace=False))


def of(table: Arrays) -> Arrays:
    """Return the sampled rows of a table."""
    shown = positions(len(next(iter(table.values()))))
    return {name: column[shown] for name, column in table.items()}
