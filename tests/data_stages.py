"""Run the stages load and split on files that a test writes."""

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from project import stage

from mlp.core import params_file

LOAD = {
    "source": "data.csv", "task": "classification", "target": "kind", "drop": [], "categories": "none", "impute": "none",
    "dtype": "float64", "delimiter": ",", "decimal": ".", "encoding": "utf-8",
}  # fmt: skip
SPLIT = {"test_size": 0.25, "seed": 0, "stratify": False, "group": None, "time": None}
COMMANDS = {
    "load": "--params params.yaml --dataset dataset.parquet --schema schema.json",
    "split": "--params params.yaml --names names --dataset dataset.parquet --schema schema.json "
    "--train train.parquet --test test.parquet --metrics data.json",
}
EARLIER = b"an earlier result\n"


def run(folder: Path, name: str, code: int, **env: str) -> str:
    """Run a stage as DVC does, check its exit code, and return its stderr."""
    done = stage(folder, name, *COMMANDS[name].split(), **env)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, done.stderr
    return done.stderr


def write(folder: Path, content: str | bytes | pd.DataFrame | pa.Table, name: str) -> None:
    path = folder / name
    if isinstance(content, pd.DataFrame):
        content = pa.Table.from_pandas(content)
    if isinstance(content, pa.Table):
        pq.write_table(content, path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def parameters(
    folder: Path, load: dict[str, Any], split: dict[str, Any] | None = None, **folds: int
) -> None:
    """Write params.yaml, and that no network is searched unless ``cv`` is given."""
    content = {"load": LOAD | load, "split": SPLIT | (split or {})}
    content |= {"search": {"cv": folds.get("cv", 2)}, "crossval": {"folds": folds.get("folds", 2)}}
    content["networks"] = {"tuned": "data/search/best.yaml" if "cv" in folds else "params.yaml"}
    params_file.write(folder / "params.yaml", content)
    (folder / "names").write_text("tuned\n" if "cv" in folds else "")
