"""The stage search as a process, on a small table."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
from project import ROOT, environment, started
from sklearn.datasets import make_classification

from mlp.core import dataset, dataset_file

PARAMS = """\
search:
  strategy: random
  n_iter: 6
  cv: 3
  repeats: 1
  scoring: accuracy
  seed: 0
  space:
    hidden_layer_sizes: [[20], [40]]
    alpha: {loguniform: [1.0e-05, 1.0]}
  fixed: {solver: adam, max_iter: 150, random_state: 0, scale: standard, tol: 0}
"""
OUTPUTS = ("best.yaml", "trials.csv", "answer.json")


class Searches:
    """A folder with data and parameters, and the stage search run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        features, classes = make_classification(600, 8, n_informative=6, random_state=0)
        columns = {f"x{i}": features[:, i] for i in range(8)}
        labels = np.array(["no", "yes"])[classes]
        table = pa.table({**columns, "label": pa.array(labels)})
        kinds = dataset.Columns("label", list(columns), [], "none")
        dataset_file.write(table, kinds, folder / "train.parquet")

    @contextmanager
    def start(
        self, name: str, max_iter: int = 150, **env: str
    ) -> Iterator["subprocess.Popen[str]"]:
        """Begin the stage; what it writes goes to a folder of this name, its fits too."""
        to = self.folder / name
        to.mkdir(exist_ok=True)
        text = PARAMS.replace("max_iter: 150", f"max_iter: {max_iter}")
        (to / "params.yaml").write_text(text, encoding="utf-8")
        files = {"params": to / "params.yaml", "train": self.folder / "train.parquet"}
        files |= {"names": self.folder / "names", "searched": to}
        files["names"].write_text("tuned\n", encoding="utf-8")
        words = [word for key, path in files.items() for word in (f"--{key}", str(path))]
        with started(
            [sys.executable, "-m", "stages.search", *words],
            cwd=ROOT,
            env=environment(**{"MLP_CACHE_DIR": str(to / "fits"), **env}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            yield process

    def run(self, name: str, code: int = 0, **env: str) -> str:
        """Run the stage to its end and return what it wrote to stderr."""
        with self.start(name, **env) as process:
            _, errors = process.communicate()
        assert process.returncode == code, errors
        return errors

    def result(self, name: str) -> list[bytes]:
        return [(self.folder / name / file).read_bytes() for file in OUTPUTS]

    def remembered(self, name: str) -> int:
        return len(list((self.folder / name / "fits").rglob("output.pkl")))

    def wait_for_fits(self, name: str, count: int, process: "subprocess.Popen[str]") -> None:
        while self.remembered(name) < count:
            assert process.poll() is None, process.communicate()
            time.sleep(0.02)
