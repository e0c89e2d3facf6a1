"""What load.missing declares is a gap for load and for predict, from a source of any kind."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from data_stages import EARLIER, parameters, run, write
from project import ROOT, Project

from mlp.core import dataset_file, params_file
from mlp.core.dataset import Dataset
from mlp.model import export, saved
from mlp.training.fit import fit

MISSING = {"missing": ["N/A", "-", -999], "impute": "median", "categories": "onehot"}
ROWS = 40
WEIGHTS = ["-" if i % 7 == 0 else "N/A" if i % 7 == 1 else f"{i % 9}.5" for i in range(ROWS)]
COUNTS = [-999 if i % 5 == 0 else i % 4 for i in range(ROWS)]
COLORS = [["red", "-", "blue"][i % 3] for i in range(ROWS)]
KINDS = [["a", "NA", "b"][i * 7 // 5 % 3] for i in range(ROWS)]
HEADER = "weight,count,color,kind"


def as_csv(space: str = "") -> str:
    rows = zip(WEIGHTS, COUNTS, COLORS, KINDS, strict=True)
    return "\n".join([HEADER, *(f"{w},{space}{c},{space}{o},{k}" for w, c, o, k in rows)]) + "\n"


def as_table() -> pa.Table:
    return pa.table({"weight": WEIGHTS, "count": COUNTS, "color": COLORS, "kind": KINDS})


AS_PYTHON = (
    "import pandas\ndef load():\n    table = pandas.read_csv('data.csv', keep_default_na=False)\n"
    "    table['weight'] = [w if w in ('-', 'N/A') else float(w) for w in table['weight']]\n"
    "    return table\n"
)


def loaded(folder: Path, source: str, **changes: Any) -> Dataset:
    parameters(folder, {"source": source, **MISSING, **changes})
    run(folder, "load", 0)
    return dataset_file.read(folder / "dataset.parquet")


def test_sources_of_every_kind_give_the_same(tmp_path: Path) -> None:
    write(tmp_path, as_csv(), "data.csv")
    write(tmp_path, as_table(), "data.parquet")
    write(tmp_path, AS_PYTHON, "data.py")
    first = loaded(tmp_path, "data.csv")
    numbers = first.features[["weight", "count"]].to_numpy()  # type: ignore[call-overload]  # a frame
    assert np.isnan(numbers[:, 0]).tolist() == [w in {"-", "N/A"} for w in WEIGHTS]
    assert np.isnan(numbers[:, 1]).tolist() == [c == -999 for c in COUNTS]
    assert set(first.features["color"]) == {"red", "blue", ""}  # type: ignore[call-overload]
    assert set(first.target) == {"a", "NA", "b"}  # a label is as written
    schema = json.loads((tmp_path / "schema.json").read_text())
    assert schema["missing_texts"] == ["N/A", "-", "-999"]
    for source in ("data.parquet", "data.py"):
        other = loaded(tmp_path, source)
        pd.testing.assert_frame_equal(other.features, first.features)  # type: ignore[arg-type]
        assert other.target.tolist() == first.target.tolist()
    write(tmp_path, as_csv(" "), "spaced.csv")
    spaced = loaded(tmp_path, "spaced.csv")
    assert np.array_equal(spaced.features.iloc[:, :2], numbers, equal_nan=True)  # type: ignore[union-attr]


@pytest.mark.parametrize("blank", ['""', " ", "  ", "     ", "\xa0"])
def test_a_field_of_spaces_is_empty(blank: str, tmp_path: Path) -> None:
    rows = [f"{i % 7},{blank},b" if i % 5 else f"{blank},red,a" for i in range(ROWS)]
    write(tmp_path, "\n".join(["x,color,kind", *rows]) + "\n", "data.csv")
    frame = loaded(tmp_path, "data.csv", missing=[]).features
    assert np.isnan(frame["x"]).sum() == ROWS // 5  # type: ignore[call-overload]  # a frame
    assert set(frame["color"]) == {"red", ""}  # type: ignore[call-overload]


def test_without_it_the_sentence_can_be_pasted(tmp_path: Path) -> None:
    write(tmp_path, as_csv(), "data.csv")
    parameters(tmp_path, {"categories": "onehot", "impute": "median"})
    assert run(tmp_path, "load", 1) == (
        "error: column 'weight' should hold numbers; it holds '-', 'N/A' in 12 rows, first in row 0: "
        "set load.missing: ['-', N/A]. Add it to load.texts if it holds categories, or to load.drop.\n"
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"missing": ["NA", "-", "N/A"]}, "column 'kind', the target, is empty in 13 rows, first in row 1; every row should have a label."),
        ({"impute": "none"}, "values are missing in 'weight' (12 rows), 'count' (8 rows), 'color' (13 rows); set load.impute"),
        ({"missing": ["red", "blue", "-", "N/A"]}, "column 'color' holds no values; add it to load.drop."),
    ],
)  # fmt: skip
def test_refused(changes: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    for name, content in {"data.csv": as_csv(), "data.parquet": as_table()}.items():
        write(tmp_path, content, name)
        parameters(tmp_path, {"source": name, **MISSING, **changes})
        (tmp_path / "dataset.parquet").write_bytes(EARLIER)
        assert run(tmp_path, "load", 1).startswith(f"error: {sentence}")
        assert (tmp_path / "dataset.parquet").read_bytes() == EARLIER


def test_numbers_that_are_names_stay_text(tmp_path: Path) -> None:
    zips = [["01234", "90210", "00501"][i % 3] for i in range(ROWS)]
    frame = pd.DataFrame({"x": np.arange(ROWS) % 7, "zip": zips, "kind": KINDS})
    write(tmp_path, frame.to_csv(index=False), "data.csv")
    write(tmp_path, frame, "data.parquet")
    for source in ("data.csv", "data.parquet"):
        rows = loaded(tmp_path, source, texts=["zip"])
        assert rows.columns.texts == ["zip"]
        assert rows.features["zip"].tolist() == zips  # type: ignore[call-overload]
    write(tmp_path, frame.assign(zip=frame["zip"].astype(int)), "data.parquet")
    numbers = loaded(tmp_path, "data.parquet", texts=["zip"])
    assert numbers.features["zip"].tolist() == [str(int(z)) for z in zips]  # type: ignore[call-overload]
    write(tmp_path, frame.assign(zip=["-", *zips[1:]]), "data.parquet")
    parameters(tmp_path, {"source": "data.parquet", **MISSING})
    assert "'90210' is a number stored as text" in run(tmp_path, "load", 1)
    parameters(tmp_path, {"texts": ["zap"]})
    assert run(tmp_path, "load", 1) == (
        "error: load.texts: there is no column 'zap'; did you mean 'zip'?\n"
    )


def test_predict_reads_gaps_as_load_does(tmp_path: Path) -> None:
    write(tmp_path, as_csv(), "data.csv")
    write(tmp_path, as_table(), "data.parquet")
    rows = loaded(tmp_path, "data.csv")
    path = tmp_path / "data/models/tuned/model.onnx"
    path.parent.mkdir(parents=True)
    section = {"hidden_layer_sizes": [4], "scale": "standard", "random_state": 0, "max_iter": 9}
    export.export(fit(section, rows), path)
    committed = params_file.parse(ROOT / "params.yaml")
    kept = {name: committed[name] for name in ("load", "networks", "gate")}
    params_file.write(tmp_path / "params.yaml", kept)
    (tmp_path / "dvc.yaml").touch()
    project = Project(tmp_path)
    answers = [project.mlp("predict", name).stdout for name in ("data.csv", "data.parquet")]
    assert answers[0] == answers[1]
    labels = saved.load(path).predict(rows.features)[0]
    assert [line.split(",")[1] for line in answers[0].splitlines()[1:]] == labels.tolist()
    assert len(set(labels)) > 1
