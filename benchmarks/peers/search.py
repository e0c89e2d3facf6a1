"""The search and the three networks as one script, as they are without a pipeline.

``python benchmarks/peers/search.py FOLDER`` searches with scikit-learn's RandomizedSearchCV on all
cores, in the space of params.yaml, fits ``linear`` and ``mlp``, and scores and draws them and the
winner. It prints what came out as JSON; the pictures are in the folder.
"""

import json
import sys
from pathlib import Path
from typing import Any

from matplotlib import pyplot as plt
from scipy.stats import loguniform
from sklearn.datasets import load_digits
from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score, f1_score
from sklearn.model_selection import RandomizedSearchCV, StratifiedKFold, train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

CANDIDATES, FOLDS = 20, 3
SPACE: dict[str, Any] = {
    "hidden_layer_sizes": [[50], [100], [200], [400]],
    "activation": ["relu", "tanh", "logistic"],
    "alpha": loguniform(1e-5, 1),
    "batch_size": [32, 64, 128, 200],
    "learning_rate": ["constant", "invscaling", "adaptive"],
    "learning_rate_init": loguniform(0.003, 0.3),
    "early_stopping": [False, True],
}
FIXED = {"solver": "sgd", "max_iter": 60, "random_state": 0}
SHARED = {"solver": "sgd", "learning_rate_init": 0.1, "max_iter": 200, "random_state": 0}
NETWORKS = {"linear": [], "mlp": [50]}


def main(folder: Path) -> None:
    features, labels = load_digits(return_X_y=True)
    train, test, train_labels, test_labels = train_test_split(features, labels, random_state=0)
    search = RandomizedSearchCV(
        make_pipeline(StandardScaler(), MLPClassifier(**FIXED)),
        {f"mlpclassifier__{name}": values for name, values in SPACE.items()},
        n_iter=CANDIDATES,
        cv=StratifiedKFold(FOLDS, shuffle=True, random_state=0),
        scoring="accuracy",
        n_jobs=-1,
        random_state=0,
    ).fit(train, train_labels)
    networks = {
        name: MLPClassifier(hidden_layer_sizes=sizes, **SHARED).fit(train, train_labels)
        for name, sizes in NETWORKS.items()
    }
    networks["tuned"] = search.best_estimator_
    accuracy, macro_f1 = {}, {}
    for name, network in networks.items():
        predicted = network.predict(test)
        accuracy[name] = accuracy_score(test_labels, predicted)
        macro_f1[name] = f1_score(test_labels, predicted, average="macro")
        draw = ConfusionMatrixDisplay.from_predictions(test_labels, predicted)
        draw.figure_.savefig(folder / f"confusion-{name}.png")
    curves = {name: networks[name].loss_curve_ for name in NETWORKS}
    draw_losses(curves | {"tuned": search.best_estimator_[-1].loss_curve_}, folder / "loss.png")
    result = {
        "candidates": len(search.cv_results_["params"]),
        "folds": search.n_splits_,
        "best_score": search.best_score_,
        "accuracy": accuracy,
        "macro_f1": macro_f1,
    }
    print(json.dumps(result))


def draw_losses(curves: dict[str, list[float]], path: Path) -> None:
    figure, axes = plt.subplots()
    for name, losses in curves.items():
        axes.plot(range(1, len(losses) + 1), losses, label=name)
    axes.set(xlabel="epoch", ylabel="training loss", yscale="log")
    axes.legend()
    figure.savefig(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
