"""Files: equal content gives equal bytes, and NaN is never written."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mlp.core import files, json_file


def test_csv_rounds_and_leaves_out_what_is_not_finite(tmp_path: Path) -> None:
    table = pd.DataFrame({"n": [1, 2, 3], "x": [1 / 3, np.nan, np.inf]})
    files.write_csv(table, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"n,x\n1,0.333333\n2,\n3,\n"


def test_a_history_of_one_epoch_comes_back(tmp_path: Path) -> None:
    content = "iteration,loss,validation_score\n7,0.25,\n"
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    history = files.read_history(tmp_path / "a.csv")
    assert (history["iteration"].tolist(), history["loss"].tolist()) == ([7], [0.25])
    assert np.isnan(history["validation_score"]).tolist() == [True]
    files.write_csv(history, tmp_path / "b.csv", 2)
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == content


def test_labels_stay_as_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("class,recall\nNA,0.5\n01,\nnull,1\n", encoding="utf-8")
    table = files.read_csv(tmp_path / "a.csv", ["class"])
    assert table["class"].tolist() == ["NA", "01", "null"]
    assert table["recall"].isna().tolist() == [False, True, False]


def test_rounded() -> None:
    given = {"a": {"b": 0.11555555555555555, "c": math.nan, "d": math.inf}, "e": True, "f": 3}
    assert json_file.rounded(given) == {
        "a": {"b": 0.115556, "c": None, "d": None},
        "e": True,
        "f": 3,
    }


def test_json_keeps_order_and_refuses_nan(tmp_path: Path) -> None:
    json_file.write_json({"b": 1, "a": "ä"}, tmp_path / "a.json")
    assert (tmp_path / "a.json").read_bytes() == '{\n  "b": 1,\n  "a": "ä"\n}\n'.encode()
    assert list(json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))) == ["b", "a"]
    with pytest.raises(ValueError, match="JSON"):
        json_file.write_json({"a": math.nan}, tmp_path / "a.json")
