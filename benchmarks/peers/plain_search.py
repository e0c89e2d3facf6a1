"""The search of params.yaml by scikit-learn's RandomizedSearchCV alone, on the train split.

``python -m benchmarks.peers.plain_search PARAMS``
"""

import sys
from pathlib import Path

from sklearn.model_selection import RandomizedSearchCV
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlp.core import dataset_file, params_file
from mlp.search import space
from mlp.search.params import Search
from mlp.training import folds


def main(path: Path) -> None:
    params = params_file.read_section(path, "search", Search)
    rows = dataset_file.read(Path("data/train.parquet"))
    fixed = params.fixed.model_dump(exclude_unset=True)
    del fixed["scale"]
    drawn = space.distributions(params.space.model_dump(exclude_unset=True))
    RandomizedSearchCV(
        make_pipeline(StandardScaler(), MLPClassifier(**fixed)),
        {f"mlpclassifier__{name}": values for name, values in drawn.items()},
        n_iter=params.n_iter,
        cv=folds.folded(rows, params.cv, params.seed),
        random_state=params.seed,
        n_jobs=-1,
        refit=False,
    ).fit(rows.features, rows.target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
