"""The handwritten digits that scikit-learn ships: 1797 pictures of 8 x 8 pixels, labels 0 to 9.

Source: https://scikit-learn.org/stable/datasets/toy_dataset.html#digits-dataset
"""

import pandas as pd
from sklearn.datasets import load_digits


def load() -> pd.DataFrame:
    """Return the pixels (0 to 16, row by row) and the digit as the column ``target``."""
    table: pd.DataFrame = load_digits(as_frame=True).frame
    return table
