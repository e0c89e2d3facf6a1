"""The course notebook as one script, as it is without a pipeline.

``python benchmarks/peers/notebook.py ALPHA PICTURE`` fits the network of params.yaml with another
alpha, prints its scores on the test split as JSON, and draws the confusion matrix.
"""

import json
import sys

from sklearn.datasets import load_digits
from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score, f1_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

NETWORK = {
    "hidden_layer_sizes": [50],
    "activation": "relu",
    "solver": "sgd",
    "batch_size": "auto",
    "learning_rate": "constant",
    "learning_rate_init": 0.1,
    "early_stopping": False,
    "max_iter": 200,
    "random_state": 0,
}


def main(alpha: float, picture: str) -> None:
    features, labels = load_digits(return_X_y=True)
    train, test, train_labels, test_labels = train_test_split(features, labels, random_state=0)
    network = MLPClassifier(**NETWORK, alpha=alpha, verbose=True).fit(train, train_labels)
    predicted = network.predict(test)
    ConfusionMatrixDisplay.from_predictions(test_labels, predicted).figure_.savefig(picture)
    scores = {
        "accuracy": accuracy_score(test_labels, predicted),
        "macro_f1": f1_score(test_labels, predicted, average="macro"),
    }
    print(json.dumps(scores))


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2])
