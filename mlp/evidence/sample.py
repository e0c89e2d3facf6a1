"""Choose the rows that git stores, where a table has many."""

import numpy as np

from mlp.core.files import Labels, Rows

MOST_ROWS = 20_000


def sample(rows: Rows, groups: Labels | None) -> Rows:
    """Return the positions of at most MOST_ROWS rows, whole groups if there are any, in order.

    The sample depends on the rows alone, so two networks are sampled alike.
    """
    if len(rows) <= MOST_ROWS:
        return np.arange(len(rows))
    rng = np.random.default_rng(0)
    if groups is None:
        return np.sort(rng.choice(len(rows), MOST_ROWS, replace=False))
    _, unit, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    order = rng.permutation(len(sizes))
    fits = np.cumsum(sizes[order]) <= MOST_ROWS
    fits[:2] = True  # or there would be nothing to estimate a variance from
    return np.flatnonzero(np.isin(unit, order[fits]))
