"""MLPClassifier on the matrix of a train split: ``python benchmarks/peers/fit.py FILE``.

Texts are encoded one-hot and numbers are scaled first, as the pipeline does.
"""

import sys
import warnings

import numpy as np
import pyarrow as pa
from pyarrow import parquet
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NETWORK = {"solver": "adam", "learning_rate_init": 0.001, "max_iter": 3, "random_state": 0}


def main(path: str) -> None:
    warnings.simplefilter("ignore", ConvergenceWarning)
    table = parquet.read_table(path)
    names = [name for name in table.column_names if name != "label" and not name.startswith("__")]
    kinds = {name: pa.types.is_string(table.schema.field(name).type) for name in names}
    numbers = np.column_stack([table[name].to_numpy() for name in names if not kinds[name]])
    texts = np.column_stack([table[name].to_numpy() for name in names if kinds[name]])
    codes = OneHotEncoder(sparse_output=False).fit_transform(texts)
    matrix = np.hstack([StandardScaler().fit_transform(numbers), codes])
    MLPClassifier([50], **NETWORK).fit(matrix, table["label"].to_numpy())


if __name__ == "__main__":
    main(sys.argv[1])
