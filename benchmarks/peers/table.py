"""A table as one script in memory: read, split, two networks and their scores.

``python benchmarks/peers/table.py FILE`` prints the accuracies as JSON.
"""

import json
import sys
import warnings

import numpy as np
from pyarrow import csv
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import accuracy_score, brier_score_loss, f1_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NETWORK = {"solver": "adam", "learning_rate_init": 0.001, "max_iter": 3, "random_state": 0}
LAYERS = {"linear": [], "mlp": [50]}


def main(path: str) -> None:
    warnings.simplefilter("ignore", ConvergenceWarning)
    table = csv.read_csv(path)
    labels = table["label"].to_numpy()
    features = np.column_stack([table[name].to_numpy() for name in table.column_names[:-1]])
    del table
    train, test, train_labels, test_labels = train_test_split(features, labels, random_state=0)
    del features
    accuracies = {}
    for name, layers in LAYERS.items():
        network = MLPClassifier(layers, **NETWORK)
        pipeline = make_pipeline(StandardScaler(), network).fit(train, train_labels)
        probabilities = pipeline.predict_proba(test)
        predicted = pipeline.classes_[probabilities.argmax(axis=1)]
        accuracies[name] = accuracy_score(test_labels, predicted)
        f1_score(test_labels, predicted, average="macro")
        log_loss(test_labels, probabilities)
        brier_score_loss(test_labels, probabilities)
    print(json.dumps(accuracies))


if __name__ == "__main__":
    main(sys.argv[1])
