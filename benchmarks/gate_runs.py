"""Train what benchmarks/gate.py judges: pairs that differ in the seed, or by a real loss.

The network is the search's winner (data/search/best.yaml) with one hidden layer of 64 units. Pair
number i compares the run ``base`` of seed i with a run of another seed (1000 + i):

- ``seed``: nothing else differs;
- ``half``: a random half of the training rows is lost;
- ``noise``: 20 % of the training labels are replaced by a random label;
- ``narrow``: the hidden layer has 32 units.

Each run gives two tables of predictions, ``test`` and ``oof``. They are kept in .cache, so what was
stopped goes on where it was.
"""

from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pandas as pd

import mlp.core.numerics  # noqa: F401 - pins the kernels before NumPy loads
from mlp.core import dataset, params_file
from mlp.core.dataset import Dataset
from mlp.evidence import out_of_fold
from mlp.training import folds
from mlp.training.params import Network

KINDS = ("base", "seed", "half", "noise", "narrow")
EVIDENCE = ("test", "oof")
STORE = Path(".cache/benchmarks/gate")
WIDTH, NARROW = 64, 32
NOISE = 0.2
FOLDS, FOLDS_SEED = 5, 0


def run_all(pairs: range) -> None:
    """Train what is missing of all runs."""
    STORE.mkdir(parents=True, exist_ok=True)
    todo = [(kind, i) for i in pairs for kind in KINDS if not path(kind, i, "oof").exists()]
    joblib.Parallel(n_jobs=-1, verbose=5)(joblib.delayed(_run)(kind, i) for kind, i in todo)


def path(kind: str, pair: int, evidence: str) -> Path:
    return STORE / f"{kind}-{pair}-{evidence}.parquet"


def _run(kind: str, pair: int) -> None:
    seed = pair if kind == "base" else 1000 + pair
    best = params_file.read_section(Path("data/search/best.yaml"), "tuned", Network)
    section = best.model_dump(exclude_unset=True)
    section |= {"hidden_layer_sizes": [NARROW if kind == "narrow" else WIDTH], "random_state": seed}
    train, test = (dataset.read(Path(f"data/{name}.parquet")) for name in ("train", "test"))
    table = out_of_fold.predict(section, _spoilt(kind, seed, train), test)
    table.to_parquet(path(kind, pair, "test"))
    whole = dataset.read(Path("data/dataset.parquet"))
    parts = [
        out_of_fold.predict(section, _spoilt(kind, seed, whole.take(others)), whole.take(fold))
        for others, fold in folds.stratified(whole, FOLDS, FOLDS_SEED)
    ]
    pd.concat(parts).sort_values("row").to_parquet(path(kind, pair, "oof"))


def _spoilt(kind: str, seed: int, rows: Dataset) -> Dataset:
    """Return the rows that a run trains on."""
    rng = np.random.default_rng(seed)
    labels = rows.labels
    if kind == "half":
        return rows.take(np.sort(rng.permutation(len(labels))[: len(labels) // 2]))
    if kind == "noise":
        drawn = rng.choice(np.unique(labels), len(labels))
        return replace(rows, labels=np.where(rng.random(len(labels)) < NOISE, drawn, labels))
    return rows
