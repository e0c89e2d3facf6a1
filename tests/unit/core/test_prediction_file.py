"""Tables of predictions are read as they were written, of labels and of numbers."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from mlp.core import prediction_file
from mlp.core.errors import InputError
from mlp.history import parsing

LABELS = b"row,actual,predicted,confidence,majority,group\n0,01,NA,0.5,1,007\n"
NUMBERS = b"row,actual,predicted,residual,group\n0,151,150.5,0.5,007\n1,75,,,7\n"


def test_labels_and_groups_stay_texts() -> None:
    table = prediction_file.parse(LABELS)
    assert table.drop(columns="confidence").to_dict("records") == [
        {"row": 0, "actual": "01", "predicted": "NA", "majority": "1", "group": "007"}
    ]


def test_numbers_are_floats_and_an_empty_field_is_nan() -> None:
    table = prediction_file.parse(NUMBERS)
    assert table["actual"].dtype == np.float64
    assert table["actual"].tolist() == [151, 75]
    assert np.isnan(table["predicted"][1])
    assert table["group"].tolist() == ["007", "7"]


def test_predictions_that_are_all_empty_are_nan() -> None:
    table = prediction_file.parse(b"row,actual,predicted,residual\n0,1,,\n")
    assert table["predicted"].dtype == np.float64
    assert np.isnan(table["predicted"]).all()


@pytest.mark.parametrize("column", ["actual", "predicted", "residual"])
def test_a_text_in_place_of_a_number_is_refused(column: str) -> None:
    header = "row,actual,predicted,residual"
    values = {"row": "0", "actual": "1", "predicted": "1", "residual": "0"} | {column: "b"}
    content = f"{header}\n{','.join(values.values())}\n".encode()
    with pytest.raises(InputError, match="here is not a table of predictions"):
        parsing.predictions(content, "here")


def test_a_text_in_place_of_a_row_score_is_refused() -> None:
    content = b"row,actual,rmse,mae,median_absolute_error,r2\n0,1,1,b,1,1\n"
    with pytest.raises(InputError, match="here is not a table of row scores"):
        parsing.repeats({}, content, ("there", "here"))


def test_all_rows_are_written_rounded_and_without_nan(tmp_path: Path) -> None:
    table = {
        "row": np.array([3, 5]),
        "actual": np.array(["NA", "01"], dtype=object),
        "confidence": np.array([1 / 3, np.nan]),
    }
    files = [tmp_path / name for name in ("a.parquet", "b.parquet", "c.parquet")]
    for file in files[:2]:
        prediction_file.write(table, file, 6)
    rows = pq.read_table(files[0]).to_pylist()
    assert rows == [
        {"row": 3, "actual": "NA", "confidence": 0.333333},
        {"row": 5, "actual": "01", "confidence": None},
    ]
    assert files[0].read_bytes() == files[1].read_bytes()
    prediction_file.write({**table, "row": np.array([3, 6])}, files[2], 6)
    assert files[0].read_bytes() != files[2].read_bytes()  # the negative control
