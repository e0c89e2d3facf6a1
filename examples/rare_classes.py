"""Five classes of unequal size, of 2000 rows: the shares are 50, 25, 15, 7 and 3 percent."""

import pandas as pd
from sklearn.datasets import make_classification

SHARES = {"common": 0.5, "frequent": 0.25, "usual": 0.15, "seldom": 0.07, "rare": 0.03}


def load() -> pd.DataFrame:
    features, codes = make_classification(
        2000, 20, n_informative=8, n_classes=5, weights=list(SHARES.values()), random_state=0
    )
    table = pd.DataFrame(features).add_prefix("x")
    return table.assign(kind=[list(SHARES)[code] for code in codes])
