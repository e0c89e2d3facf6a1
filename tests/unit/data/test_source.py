"""Each kind of data source gives a table, or gets a sentence."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mlp.core.errors import InputError
from mlp.data import frame as frames
from mlp.data import python_file


def test_a_data_frame_becomes_a_table_without_its_index() -> None:
    frame = pd.DataFrame(
        {"kind": [1, 2, 1], "x": [True, None, False], 3: ["a", "b", None]}, [9, 9, 9]
    )
    table = frames.as_table(frame)
    assert table.column_names == ["kind", "x", "3"]
    assert table.to_pydict() == {"kind": [1, 2, 1], "x": [True, None, False], "3": ["a", "b", None]}


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([1, "1", "b"], "1, '1'"),
        ([1j, 2j], r"\(?1j\)?, \(?2j\)?"),
        ([2**70, 1], "1180591620717411303424, 1"),
    ],
)
def test_values_of_several_kinds_are_refused(values: list[object], shown: str) -> None:
    with pytest.raises(
        InputError,
        match=rf"column 'y' should hold values of one kind, numbers or texts; it holds .*{shown}",
    ):
        frames.as_table(pd.DataFrame({"y": pd.Series(values, dtype=object)}))


def test_a_dropped_column_may_hold_anything() -> None:
    frame = pd.DataFrame({"y": pd.Series([1, "a", {2}], dtype=object), "x": [1, 2, 3]})
    assert frames.as_table(frame, ["y"])["y"].to_pylist() == ["1", "a", "{2}"]


def test_a_table_without_columns_is_refused() -> None:
    with pytest.raises(InputError, match="has no rows or no columns"):
        frames.as_table(pd.DataFrame())


def test_a_python_file_gives_its_table(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("import pandas\ndef load():\n    return pandas.DataFrame({'x': [1]})\n")
    assert python_file.loaded(path)["x"].tolist() == [1]


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
        python_file.loaded(tmp_path / "mine.py")


def test_sparse_and_short_floats_are_numbers() -> None:
    frame = pd.DataFrame(
        {"s": pd.arrays.SparseArray([0, 1, 2]), "h": np.array([0.5, 1, 2], np.float16)}
    )
    assert frames.as_table(frame).to_pydict() == {"s": [0, 1, 2], "h": [0.5, 1, 2]}


ENDS = {
    "os._exit(0)": "with exit code 0",
    "os._exit(7)": "with exit code 7",
    "ctypes.CDLL(None).exit(0)": "with exit code 0",
    "os.execv('/bin/true', ['true'])": "with exit code 0",
    "os.kill(os.getpid(), 9)": "by the signal SIGKILL",
}


@pytest.mark.skipif(os.name == "nt", reason="some of the ways to end a process are POSIX's")
@pytest.mark.parametrize("end", ENDS)
def test_a_python_file_that_ends_its_process_is_refused(end: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(f"import ctypes, os\ndef load():\n    {end}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        python_file.read(path, [], [])
    assert str(caught.value) == (
        f"{path} ended the process {ENDS[end]}; load() should return a DataFrame."
    )


def test_a_python_file_in_its_process_gives_a_table_or_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    text = "import pandas\nprint('hello')\ndef load():\n    return pandas.DataFrame({'x': [1, '-'], 'y': [{}, 1]})\n"
    path.write_text(text, encoding="utf-8")
    assert python_file.read(path, ["y"], ["-"]).to_pydict() == {"x": [1, None], "y": ["{}", "1"]}
    with pytest.raises(InputError, match="column 'y' should hold values of one kind"):
        python_file.read(path, [], ["-"])
