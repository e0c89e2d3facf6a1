"""Split a dataset into disjoint parts that together are the whole."""

import pandas as pd
from sklearn.model_selection import train_test_split

from mlp.command import InputError


def train_test(
    dataset: pd.DataFrame, test_size: float, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the train rows, shuffled, and the test rows, in row order.

    Parameters
    ----------
    dataset : DataFrame, shape (rows, features + 1)
        The features and, as the last column, the label.
    test_size : float
        Share of the rows in the test part, rounded up to whole rows.
    seed : int
        The same seed and the same rows give the same parts.

    Raises
    ------
    InputError
        If either part is empty or the train part holds only one class.

    Notes
    -----
    The parts are those of `sklearn.model_selection.train_test_split`, in its order.
    """
    try:
        train, test = train_test_split(dataset, test_size=test_size, random_state=seed)
    except ValueError as error:
        rows = len(dataset)
        raise InputError(f"split.test_size is {test_size} of {rows} rows: {error}") from None
    if len(train.iloc[:, -1].unique()) <= 1:
        raise InputError(f"split.test_size is {test_size}: the train split holds one class.")
    return train, test.sort_index()
