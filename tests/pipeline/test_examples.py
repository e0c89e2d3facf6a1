"""The examples' files are those of their sources, and the documented Python source works."""

import hashlib
import re
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from project import ROOT
from sklearn.datasets import load_diabetes, load_wine

from mlp.check import params
from mlp.data import frame, python_file

# Of palmerpenguins/data/penguins.csv in the package palmerpenguins 0.1.6.
PENGUINS = "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93"


def test_wine_is_scikit_learns() -> None:
    wine = load_wine(as_frame=True)
    expected = wine.data.assign(cultivar=wine.target)
    pd.testing.assert_frame_equal(pd.read_csv(ROOT / "examples/wine.csv"), expected)


def test_diabetes_is_scikit_learns() -> None:
    diabetes = load_diabetes(as_frame=True, scaled=False)
    expected = diabetes.data.assign(progression=diabetes.target)
    written = pd.read_csv(ROOT / "examples/diabetes.csv")
    pd.testing.assert_frame_equal(written, expected, check_dtype=False)


def test_the_parameters_of_the_regression_are_valid() -> None:
    found = params.read(ROOT / "examples/diabetes.yaml")
    assert found.load.task == "regression"


def test_penguins_are_the_packages() -> None:
    content = (ROOT / "examples/penguins.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == PENGUINS


def test_the_source_that_asks_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(
        r"^```python\n(.*?)^```$",
        (ROOT / "docs/own-data.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    with sqlite3.connect("data/shop.db") as connection:
        rows = pd.DataFrame(
            {"id": [2, 1], "age": [30, 40], "city": ["A", "B"], "bought": ["y", "n"]}
        )
        rows.to_sql("customers", connection, index=False)
    (tmp_path / "mine.py").write_text(code, encoding="utf-8")
    table = frame.as_table(python_file.loaded(Path("mine.py")))
    assert table.to_pydict() == {"age": [40, 30], "city": ["B", "A"], "bought": ["n", "y"]}
