"""What a data source may give, and the sentence that it gets otherwise."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mlp import source
from mlp.command import InputError

GOOD = pd.DataFrame({"x": [1, 2, 3], "y": [0.5, 1.5, 2.5], "kind": ["a", "b", "a"]})


def test_a_dataset_has_the_label_last_as_text_and_numbered_rows() -> None:
    table = pd.DataFrame({"kind": [1, 2, 1], "x": [True, False, True]}, index=[9, 9, 9])
    dataset = source.to_dataset(table, "kind")
    assert list(dataset.columns) == ["x", "kind"]
    assert dataset["kind"].tolist() == ["1", "2", "1"]
    assert dataset["x"].tolist() == [1.0, 0.0, 1.0]
    assert dataset["x"].dtype == np.float64
    assert dataset.index.tolist() == [0, 1, 2]
    assert dataset.index.name == "row"
    assert table.columns.tolist() == ["kind", "x"]  # the given table is left alone


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (GOOD.rename(columns={"kind": "kinds"}), "there is no column kind; there is kinds"),
        (GOOD.set_axis(["x", "x", "kind"], axis="columns"), "column x stands twice"),
        (
            GOOD.assign(y=["1", "2", "$5"]),
            "column y should hold numbers; it holds '1', '2', '\\$5'",
        ),
        (GOOD.assign(y=[1j, 2j, 3j]), "column y should hold numbers"),
        (GOOD.assign(y=pd.to_datetime(["2020"] * 3)), "column y should hold numbers"),
        (GOOD.assign(y=[1.0, np.nan, np.inf]), "column y .*; 2 do not, first row 1, 2"),
        (GOOD.assign(kind=["a", None, "b"]), "column kind .* label in every row; 1 do not"),
        (GOOD.assign(kind="a"), "column kind should hold two classes or more"),
        (GOOD[["kind"]], "there should be kind and a feature column; there is kind"),
        (GOOD[[]], "there should be kind and a feature column; there is none"),
        (GOOD.assign(kind=[1, "1", "b"]), "column kind holds labels that are the same as text"),
        (GOOD.head(0), "column kind should hold two classes or more"),
    ],
)
def test_refused(table: pd.DataFrame, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        source.to_dataset(table, "kind")


def test_image_shape() -> None:
    source.check_image(6, None)
    source.check_image(6, [2, 3])
    with pytest.raises(InputError, match=r"load.image_shape is 8 x 8 = 64 pixels; there are 6"):
        source.check_image(6, [8, 8])


def test_a_python_file_gives_its_table(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("import pandas\ndef load():\n    return pandas.DataFrame({'x': [1]})\n")
    assert source.from_python(path)["x"].tolist() == [1]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x = 1\n", r"mine\.py should define load\(\)"),
        ("load = 3\n", r"mine\.py: TypeError: 'int' object is not callable"),
        ("def load():\n    pass\n", r"mine\.py should define load\(\), which returns a DataFrame"),
        (
            "def load():\n    return [1]\n",
            r"mine\.py: load\(\) should return a DataFrame, not list",
        ),
        ("def load():\n    a = 1\n    return a / 0\n", r"mine\.py, line 3: ZeroDivisionError"),
        ("import nothing_of_the_kind\n", r"mine\.py, line 1: ModuleNotFoundError"),
        ("def load():\n    raise SystemExit(3)\n", r"mine\.py, line 2: SystemExit: 3"),
        ("def load(:\n", r"mine\.py: SyntaxError"),
    ],
)
def test_a_python_file_that_is_wrong_is_refused(text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=sentence):
        source.from_python(tmp_path / "mine.py")
