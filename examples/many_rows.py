"""A made table of 60,000 rows: eight numbers, a town of 400, and one of three ratings."""

import numpy as np
import pandas as pd

ROWS, TOWNS = 60_000, 400


def load() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.normal(size=(ROWS, 8)).round(4)).add_prefix("x")
    town = np.minimum(rng.geometric(0.02, ROWS), TOWNS)  # the first towns are the largest
    noisy = table["x0"] + table["x1"] * table["x2"] + (town % 3) + rng.normal(0, 0.5, ROWS)
    rating = pd.cut(noisy, [-np.inf, 0.5, 1.5, np.inf], labels=["low", "middle", "high"])
    return table.assign(town="town " + pd.Series(town).astype(str), rating=rating.astype(str))
