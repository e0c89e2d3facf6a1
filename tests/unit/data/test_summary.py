"""The data summarised as metrics."""

import pyarrow as pa
from samples import load

from mlp.data import profile, summary
from mlp.report import provenance

TABLE = pa.table(
    {
        "x": [1.0, 2.0, None, 1.0],
        "word": ["u", None, "v", "u"],
        "same": [7, 7, 7, 7],
        "note": ["n", "n", "m", "m"],
        "kind": ["a", "b", "b", "a"],
    }
)


def test_the_summary_holds_what_load_and_split_report() -> None:
    params = load(impute="mean", categories="onehot", drop=["note"])
    _, columns, schema = profile.dataset(TABLE, params)
    assert (columns.numbers, columns.texts) == (["x"], ["word"])
    split = {"train_rows": 3, "test_rows": 1, "duplicates_across": 1, "warnings": {"w": "Split."}}
    assert summary.summary(schema, split, {"test_size": 0.25}) == {
        "source": "data.csv",
        "target": "kind",
        "image_shape": None,
        "dtype": "float64",
        "impute": "mean",
        "split": {"test_size": 0.25},
        "rows": 4,
        "train_rows": 3,
        "test_rows": 1,
        "numbers": 1,
        "texts": 1,
        "dropped": 2,
        "duplicate_rows": 1,  # row 3 is row 0
        "contradicting_rows": 0,
        "duplicates_across": 1,
        "labels": {"a": 2, "b": 2},
        "missing": {"x": 1, "word": 1},
        "means": {"x": 1.33333333333},  # (1 + 2 + 1) / 3, to 12 digits
        "warnings": {
            "constant_columns": "column 'same' is not used as a feature (constant).",
            "w": "Split.",
        },
    }


def test_a_limit_of_categories_is_told_where_there_are_texts() -> None:
    params = load(impute="mean", categories="onehot", drop=["note"], max_categories=2)
    split = {"train_rows": 3, "test_rows": 1, "duplicates_across": 1, "warnings": {}}
    _, columns, schema = profile.dataset(TABLE, params)
    assert columns.max_categories == schema["max_categories"] == 2
    ways = {"test_size": 0.25, "group": None, "time": None, "stratify": True}
    data = summary.summary(schema, split, ways)
    assert data["max_categories"] == 2
    expected = "1 number, float64; 1 text, one-hot encoded; at most 2 inputs of a text; gaps"
    assert dict(provenance.inputs(data))["features"].startswith(expected)
    numbers = load(impute="mean", drop=["note", "word"], max_categories=2)
    _, columns, schema = profile.dataset(TABLE, numbers)
    assert columns.max_categories is None
    assert "max_categories" not in schema


def test_the_schema_has_ranges_and_categories() -> None:
    params = load(impute="mean", categories="onehot", drop=["note"])
    schema = profile.dataset(TABLE, params)[2]
    assert schema["numbers"] == {"x": {"min": 1.0, "max": 2.0, "mean": 1.33333333333, "missing": 1}}
    assert schema["texts"] == {
        "word": {"categories": 2, "commonest": {"u": 2, "v": 1}, "missing": 1}
    }
    assert schema["dropped"] == {"note": "load.drop", "same": "constant"}
