"""A dataset is read as it was written, and equal tables give equal bytes."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from project import ROOT

from mlp.core import dataset, dataset_file
from mlp.core.dataset import Columns
from mlp.core.errors import InputError

TABLE = pa.table(
    {
        "y": [3.0, None],
        "word": ["a", None],
        "x": [1.0, 2.0],
        "note": ["n", "n"],
        "label": ["01", "NA"],
        dataset_file.ROW: [7, 3],
    }
)
MIXED = Columns("label", ["y", "x"], ["word"], "median")


def test_numbers_come_back(tmp_path: Path) -> None:
    dataset_file.write(TABLE, Columns("label", ["x"], [], "none"), tmp_path / "a.parquet")
    loaded = dataset_file.read(tmp_path / "a.parquet")
    assert isinstance(loaded.features, np.ndarray)
    assert loaded.features.tolist() == [[1], [2]]
    assert loaded.target.tolist() == ["01", "NA"]
    assert loaded.rows.tolist() == [7, 3]
    assert loaded.groups is None
    assert loaded.dtype == np.float64


def test_numbers_and_labels_take_no_import_of_pandas(tmp_path: Path) -> None:
    """A column's ``to_numpy`` would import it."""
    dataset_file.write(TABLE, Columns("label", ["y", "x"], [], "none"), tmp_path / "a.parquet")
    code = (
        "import pathlib, sys\n"
        "from mlp.core import dataset_file\n"
        "print(dataset_file.read(pathlib.Path(sys.argv[1])).features.tolist(), 'pandas' in sys.modules)"
    )
    argv = [sys.executable, "-c", code, tmp_path / "a.parquet"]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[[3.0, 1.0], [nan, 2.0]] False\n"


def test_texts_come_back_after_the_numbers(tmp_path: Path) -> None:
    dataset_file.write(TABLE, MIXED, tmp_path / "a.parquet")
    loaded = dataset_file.read(tmp_path / "a.parquet", group="note")
    assert isinstance(loaded.features, pd.DataFrame)
    assert list(loaded.features.columns) == ["y", "x", "word"]
    assert loaded.features["word"].tolist() == ["a", ""]
    assert np.isnan(loaded.features["y"][1])
    assert loaded.groups is not None
    assert loaded.groups.tolist() == ["n", "n"]
    assert loaded.columns == MIXED
    assert loaded.take(np.array([1])).rows.tolist() == [3]
    numbers, texts = dataset.split_kinds(loaded.features, 2)
    assert (numbers.shape, texts.tolist()) == ((2, 2), [["a"], [""]])


@pytest.mark.parametrize("cells", [1, 6, 9, 1 << 20])
def test_the_matrix_is_the_same_in_any_number_of_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: int
) -> None:
    columns = {name: [float(10 * row + i) for row in range(21)] for i, name in enumerate("abc")}
    columns["b"][4] = columns["c"][20] = None  # type: ignore[call-overload]
    table = pa.table(columns | {"label": ["n"] * 21})
    dataset_file.write(table, Columns("label", list("abc"), [], "mean"), tmp_path / "a.parquet")
    monkeypatch.setattr(dataset_file, "CELLS", cells)
    numbers = dataset_file.read(tmp_path / "a.parquet").features
    wanted = np.array([10 * row + np.arange(3.0) for row in range(21)])
    wanted[4, 1] = wanted[20, 2] = np.nan
    np.testing.assert_array_equal(numbers, wanted)


def test_float32_stays(tmp_path: Path) -> None:
    single = TABLE.set_column(2, "x", TABLE["x"].cast(pa.float32()))
    dataset_file.write(single, Columns("label", ["x"], ["word"], "none"), tmp_path / "a.parquet")
    assert dataset_file.read(tmp_path / "a.parquet").dtype == np.float32


def test_equal_tables_give_equal_bytes_and_others_do_not(tmp_path: Path) -> None:
    for name, impute in (("a", "none"), ("b", "none"), ("c", "mean")):
        dataset_file.write(TABLE, Columns("label", ["x"], [], impute), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_a_foreign_file_and_a_missing_group_are_refused(tmp_path: Path) -> None:
    TABLE.to_pandas().to_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputError, match="should be a file that the stage load or split wrote"):
        dataset_file.read(tmp_path / "a.parquet")
    dataset_file.write(TABLE, MIXED, tmp_path / "b.parquet")
    with pytest.raises(InputError, match=r"split\.group: there is no column 'who' in"):
        dataset_file.read(tmp_path / "b.parquet", group="who")


def test_many_columns_of_text_give_no_warning(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    names = [f"text {i}" for i in range(150)]
    table = pa.table({name: [name, "", None] for name in names} | {"label": ["a", "b", "a"]})
    dataset_file.write(table, Columns("label", [], names, "none"), tmp_path / "a.parquet")
    features = dataset_file.read(tmp_path / "a.parquet").features
    assert features.to_numpy().T.tolist() == [[name, "", ""] for name in names]
    assert set(features.dtypes) == {np.dtype(object)}
    assert not recwarn.list
