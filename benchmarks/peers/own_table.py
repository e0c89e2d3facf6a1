"""A CSV file of one's own as one script, as it is without a pipeline.

``python benchmarks/peers/own_table.py FILE TARGET NETWORK PICTURE`` fits a network with these
arguments (JSON) on scaled numbers, with gaps filled and texts one-hot, prints its scores on the
test split as JSON, and draws the confusion matrix.
"""

import json
import sys
from typing import Any

import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score, f1_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def main(path: str, target: str, network: dict[str, Any], picture: str) -> None:
    table = pd.read_csv(path)
    features, labels = table.drop(columns=target), table[target]
    train, test, train_labels, test_labels = train_test_split(
        features, labels, random_state=0, stratify=labels
    )
    is_number = make_column_selector(dtype_include="number")
    is_text = make_column_selector(dtype_exclude="number")
    prepared = make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), is_number),
        (OneHotEncoder(handle_unknown="ignore", sparse_output=False), is_text),
    )
    pipeline = make_pipeline(prepared, MLPClassifier(**network, verbose=True))
    predicted = pipeline.fit(train, train_labels).predict(test)
    ConfusionMatrixDisplay.from_predictions(test_labels, predicted).figure_.savefig(picture)
    scores = {
        "accuracy": accuracy_score(test_labels, predicted),
        "macro_f1": f1_score(test_labels, predicted, average="macro"),
    }
    print(json.dumps(scores))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), sys.argv[4])
