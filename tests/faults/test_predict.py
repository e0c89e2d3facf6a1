"""`mlp predict` gives the model's own probabilities, or one sentence and no partial output."""

import gzip
import io
import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from predicting import SECTION, folder_of, trained
from project import ROOT, Project, on_terminal
from samples import mixed, numeric

from mlp.core import progress
from mlp.core.dataset import Columns, Dataset
from mlp.model import export, saved
from mlp.predict import answers, csv_rows, parquet_rows, predictions
from mlp.training.fit import fit

TABLE = mixed(300).features.replace({"u": {"": None}, "v": {"": None}})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model of numbers and texts with gaps, and one of numbers without."""
    folder = tmp_path_factory.mktemp("models")
    trained(folder, mixed(300))
    numbers = mixed(300, impute="none")
    values = numbers.features[["a", "b", "c"]].to_numpy()
    columns = Columns("label", ["a", "b", "c"], [], "none")
    trained(folder, replace(numeric(values, numbers.target), columns=columns), "mlp")
    trained(folder, mixed(300, impute="none"), "linear")
    return folder_of(folder).path


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    for name in ("dvc.yaml", "params.yaml"):
        (tmp_path / name).write_bytes((made / name).read_bytes())
    (tmp_path / "data").symlink_to(made / "data")
    TABLE.to_csv(tmp_path / "new.csv", index=False)
    return Project(tmp_path)


def read(text: str | Path) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text) if isinstance(text, str) else text)


def expected(project: Project) -> pd.DataFrame:
    labels, probabilities = saved.load(project.path / "data/models/tuned/model.onnx").predict(
        mixed(300).features
    )
    table = pd.DataFrame(probabilities.round(6), columns=["probability_no", "probability_yes"])
    table.insert(0, "predicted", labels)
    table.insert(0, "row", range(300))
    return table


def test_predictions_are_the_models(project: Project) -> None:
    done = project.mlp("predict", "new.csv")
    pd.testing.assert_frame_equal(read(done.stdout), expected(project), check_dtype=False)
    assert done.stderr == ""


def test_every_kind_of_file_gives_the_same_predictions(project: Project) -> None:
    wanted = project.mlp("predict", "new.csv").stdout
    folder = project.path
    TABLE.to_parquet(folder / "new.parquet")
    (folder / "new.csv.gz").write_bytes(gzip.compress((folder / "new.csv").read_bytes()))
    reordered = TABLE[["v", "c", "u", "b", "a"]].assign(label="yes", note="x")
    reordered.to_csv(folder / "other.csv", index=False, sep=";", decimal=",", encoding="utf-16")
    assert project.mlp("predict", "new.parquet").stdout == wanted
    assert project.mlp("predict", "new.csv.gz").stdout == wanted
    options = ["--delimiter", ";", "--decimal", ",", "--encoding", "utf-16"]
    done = project.mlp("predict", "other.csv", *options)
    assert done.stdout == wanted
    assert done.stderr == "warning: the model does not use these columns: note.\n"


def test_stdin_and_pipes_are_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = project.mlp("predict", "new.csv").stdout
    text = (project.path / "new.csv").read_bytes()
    for content in (text, gzip.compress(text)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert project.mlp("predict", "-", "-o", "-").stdout == wanted
    os.mkfifo(project.path / "pipe")
    writer = threading.Thread(target=lambda: (project.path / "pipe").write_bytes(text))
    writer.start()
    assert project.mlp("predict", "pipe").stdout == wanted
    writer.join()
    assert not (project.path / "-").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "stdin is empty."),
        (b"PAR1", "stdin is a Parquet file, which is not read in order: name the file."),
        (b"<html>", "stdin is a web page"),
        (b"\0" * 2000, "stdin holds zero bytes"),
        (b"a,b,c,u,v\n1,2,3,x\n", "stdin, line 2: there are 4 fields, but 5 in the header."),
        (b"a,b,c,u,v\n1,2,3,x,y\n1,k,3,x,y\n", "stdin, row 1: column 'b' should hold a number; it holds 'k'."),
        (gzip.compress(b"a,b,c,u,v\n1,2,3,x,y\n", mtime=0)[:-9], "stdin is cut off or damaged"),
    ],
)  # fmt: skip
def test_stdin_is_refused(
    content: bytes, sentence: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    done = project.mlp("predict", "-", code=1)
    assert done.stdout == ""
    assert done.stderr.startswith(f"error: {sentence}")
    assert done.stderr.count("\n") == 1


def test_a_fault_is_named_by_its_row_far_into_a_file(project: Project) -> None:
    """Rows are numbered across chunks, which are parsed in threads."""
    text = TABLE.fillna({"u": "x", "v": "x"}).to_csv(index=False)
    head, *lines = text.splitlines()
    wrong = [*lines * 400, "1,2,k,x,y"]
    (project.path / "new.csv").write_text("\n".join([head, *wrong]), encoding="utf-8")
    done = project.mlp("predict", "new.csv", "-o", "out.csv", code=1)
    assert done.stderr == (
        "error: new.csv, row 120000: column 'c' should hold a number; it holds 'k'.\n"
    )
    (project.path / "new.csv").write_text("\n".join([head, *wrong[:-1], "1,2"]), encoding="utf-8")
    done = project.mlp("predict", "new.csv", "-o", "out.csv", code=1)
    assert done.stderr == "error: new.csv, line 120002: there are 2 fields, but 5 in the header.\n"


def test_columns_are_carried_along_as_written(project: Project) -> None:
    table = TABLE.assign(id=[f"{i:05}" for i in range(300)], note="=1+1", count=-3)
    table.loc[0, "note"] = 'a, "b"\nc'
    table.to_csv(project.path / "new.csv", index=False)
    table.to_parquet(project.path / "new.parquet")
    words = ["--columns", "id,note", "--columns", "count,a"]
    done = project.mlp("predict", "new.csv", *words)
    assert done.stderr == ""  # they are used
    given = pd.read_csv(io.StringIO(done.stdout), dtype=str, keep_default_na=False)
    assert list(given)[:6] == ["row", "id", "note", "count", "a", "predicted"]
    assert given["id"].tolist() == table["id"].tolist()
    assert given["note"].tolist() == ['a, "b"\nc', *["'=1+1"] * 299]
    assert given["count"].tolist() == ["-3"] * 300
    source = pd.read_csv(project.path / "new.csv", dtype=str, keep_default_na=False)
    assert given["a"].tolist() == source["a"].tolist()
    assert project.mlp("predict", "new.parquet", *words).stdout == done.stdout
    raw = project.mlp("predict", "new.csv", *words, "--raw-text").stdout
    assert raw == done.stdout.replace("'=1+1", "=1+1")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ("B", "new.csv: there is no column 'B'; did you mean 'b'?"),
        ("a,x", "new.csv: there is no column 'x'; the columns are 'a', 'b', 'c' and 2 more."),
        ("a,a", "--columns: the output would have the column 'a' twice."),
    ],
)
def test_columns_that_cannot_be_carried(columns: str, sentence: str, project: Project) -> None:
    done = project.mlp("predict", "new.csv", "--columns", columns, code=1)
    assert (done.stdout, done.stderr) == ("", f"error: {sentence}\n")


def test_labels_that_begin_like_a_formula(project: Project) -> None:
    rows = mixed(300)
    labels = np.where(rows.target == "yes", "=SUM(A1)", "-1").astype(object)
    export.export(fit(SECTION, replace(rows, target=labels)), project.path / "formula.onnx")
    words = ["new.csv", "--model", "formula.onnx"]
    table = read(project.mlp("predict", *words).stdout)
    assert list(table) == ["row", "predicted", "probability_-1", "probability_=SUM(A1)"]
    assert set(table["predicted"]) == {"-1", "'=SUM(A1)"}
    table = read(project.mlp("predict", *words, "--raw-text").stdout)
    assert set(table["predicted"]) == {"-1", "=SUM(A1)"}


@pytest.mark.parametrize(
    ("columns", "words", "sentence"),
    [
        ({"a": [[1.0]]}, [], "new.parquet, column 'a' should hold numbers; it holds list<"),
        ({"u": [["x"]]}, [], "new.parquet, column 'u' should hold texts; it holds list<"),
        ({"v": [{"k": "x"}]}, [], "new.parquet, column 'v' should hold texts; it holds struct<"),
        ({"v": [b"\xff"]}, [], "new.parquet, column 'v' should hold texts; it holds binary"),
        ({"v": pa.array([b"\xff"]).view(pa.string())}, [], "new.parquet, row 0: column 'v' holds a text that is not encoded as UTF-8"),
        ({"d": pa.array([b"\xff"]).view(pa.string())}, ["--columns", "d"], "new.parquet, row 0: column 'd' holds a text that"),
        ({"v": pa.array([b"\xff"]).view(pa.string()).dictionary_encode()}, [], "new.parquet, row 0: column 'v' holds a text that"),
        ({"a": [datetime(2026, 1, 1, tzinfo=UTC)]}, [], "new.parquet, column 'a' should hold numbers; it holds timestamp["),
        ({"a": pa.array([b"0" * 16], pa.uuid())}, [], "new.parquet, column 'a' should hold numbers; it holds extension<arrow.uuid>"),
        ({"d": [[1]]}, ["--columns", "d"], "new.parquet: column 'd' holds list<"),
    ],
)  # fmt: skip
def test_parquet_is_refused(
    columns: dict[str, Any], words: list[str], sentence: str, project: Project
) -> None:
    whole = {"a": [1.0], "b": [1.0], "c": [1.0], "u": ["x"], "v": ["x"]} | columns
    pq.write_table(pa.table(whole), project.path / "new.parquet")
    done = project.mlp("predict", "new.parquet", *words, code=1)
    assert done.stdout == ""
    assert done.stderr.startswith(f"error: {sentence}")
    assert done.stderr.count("\n") == 1


def test_a_name_twice_in_parquet_is_refused(project: Project) -> None:
    table = pa.table([[1.0], [1.0], [1.0], ["x"], ["x"], [2.0]], names=[*"abcuv", "a"])
    pq.write_table(table, project.path / "new.parquet")
    done = project.mlp("predict", "new.parquet", code=1)
    assert done.stderr == (
        "error: new.parquet: column 'a' appears twice; every column should have its own name.\n"
    )


def test_types_of_parquet_that_are_numbers_and_texts(project: Project) -> None:
    texts = pa.array(["red", "blue"])
    wanted = None
    for numbers, words in [
        (pa.array([1.5, 2.0]), texts),
        (pa.array([1.5, 2.0]).dictionary_encode(), texts.dictionary_encode()),
        (pa.array([Decimal("1.5"), Decimal(2)]), texts.cast(pa.large_string())),
        (pa.array(np.array([1.5, 2], np.float16)), texts),
        (pa.array([1.5, 2.0], pa.float32()), texts.cast(pa.string_view())),
    ]:
        columns = [numbers, numbers, numbers, words, words]
        pq.write_table(pa.table(columns, names=[*"abcuv"]), project.path / "new.parquet")
        given = project.mlp("predict", "new.parquet").stdout
        wanted = wanted or given
        assert given == wanted, (numbers.type, words.type)


def test_a_reader_that_stops_early_gets_no_word(project: Project) -> None:
    head, *lines = (project.path / "new.csv").read_text(encoding="utf-8").splitlines()
    text = "\n".join([head, *lines * 1000])
    (project.path / "new.csv").write_text(text, encoding="utf-8")
    done = project.run("bash", "-c", "mlp predict new.csv | head -1; echo ${PIPESTATUS[0]}")
    first, code = done.stdout.splitlines()
    assert (first, code) == ("row,predicted,probability_no,probability_yes", "141")
    assert done.stderr == ""


def numbers(project: Project, unit: float = 1.0) -> Dataset:
    """Train and save a network that predicts numbers, as number.onnx; return its training rows."""
    features = mixed(300, impute="none").features[["a", "b", "c"]].to_numpy()
    target = unit * (features @ np.array([1.0, 2.0, 3.0]) + 10)
    rows = replace(numeric(features, target), columns=Columns("y", ["a", "b", "c"], [], "none"))
    export.export(fit(SECTION | {"scale_target": "standard"}, rows), project.path / "number.onnx")
    pd.DataFrame(features, columns=["a", "b", "c"]).to_csv(project.path / "new.csv", index=False)
    return rows


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_numbers_are_written_with_the_digits_of_their_unit(project: Project, unit: float) -> None:
    rows = numbers(project, unit)
    done = project.mlp("predict", "new.csv", "--model", "number.onnx")
    expected = saved.load(project.path / "number.onnx").predict(rows.features)
    table = read(done.stdout)
    assert list(table) == ["row", "predicted"]
    assert table["row"].tolist() == list(range(300))
    assert table["predicted"].to_numpy() == pytest.approx(expected, rel=1e-4)
    assert done.stderr == ""


def test_no_rows_give_the_header_alone_for_numbers_too(project: Project) -> None:
    numbers(project)
    (project.path / "new.csv").write_text("a,b,c\n", encoding="utf-8")
    done = project.mlp("predict", "new.csv", "--model", "number.onnx")
    assert done.stdout == "row,predicted\n"


def test_rows_unlike_those_of_the_training_get_a_warning_for_numbers_too(project: Project) -> None:
    numbers(project)
    table = pd.read_csv(project.path / "new.csv")
    table.assign(a=1e6, y=0, note="x").to_csv(project.path / "new.csv", index=False)
    done = project.mlp("predict", "new.csv", "--model", "number.onnx")
    extra, outside = done.stderr.splitlines()
    assert extra == "warning: the model does not use these columns: note."  # y is the target
    assert outside.startswith(
        "warning: values lie outside the range of the training rows: a in 300 rows (-"
    )
    table.loc[7, "b"] = None
    table.to_csv(project.path / "new.csv", index=False)
    done = project.mlp("predict", "new.csv", "--model", "number.onnx", code=1)
    assert done.stdout == ""
    assert done.stderr == (
        "error: new.csv, row 7: column 'b' is empty, but the model was trained without gaps.\n"
    )


def test_a_column_without_a_name_is_named(project: Project) -> None:
    TABLE.to_csv(project.path / "new.csv")  # pandas writes the index first, without a name
    done = project.mlp("predict", "new.csv")
    assert done.stderr == ("warning: the model does not use these columns: '' (without a name).\n")


def test_the_format_is_read_from_params_yaml(project: Project) -> None:
    wanted = project.mlp("predict", "new.csv").stdout
    TABLE.to_csv(project.path / "new.csv", index=False, sep=";")
    project.put("load.delimiter", ";")
    assert project.mlp("predict", "new.csv").stdout == wanted


def test_blanks_among_numbers_are_gaps_as_they_are_for_load(project: Project) -> None:
    table = TABLE.astype({"a": object})
    signs = {"sep": ";", "decimal": ",", "na_rep": "NA"}
    options = ["--delimiter", ";", "--decimal", ","]
    for row, text in ((3, "NA"), (9, ""), (12, " 2,5")):
        table.loc[row, "a"] = text
    table["a"] = table["a"].astype(str).str.replace(".", ",")
    table.to_csv(project.path / "new.csv", index=False, **signs)
    wanted = project.mlp("predict", "new.csv", *options).stdout
    table.loc[[3, 9], "a"] = ["     ", "\t"]
    table.to_csv(project.path / "new.csv", index=False, **signs)
    assert project.mlp("predict", "new.csv", *options).stdout == wanted
    table.loc[12, "a"] = "1.050"
    table.to_csv(project.path / "new.csv", index=False, **signs)
    done = project.mlp("predict", "new.csv", *options, code=1)
    assert "column 'a' should hold a number; it holds " in done.stderr


def test_an_output_is_written_whole_or_not_at_all(project: Project) -> None:
    wanted = project.mlp("predict", "new.csv").stdout
    out = project.path / "out.csv"
    done = project.mlp("predict", "new.csv", "--output", "out.csv")
    assert (done.stdout, out.read_text(encoding="utf-8")) == ("", wanted)
    TABLE.assign(a="word").to_csv(project.path / "wrong.csv", index=False)
    project.mlp("predict", "wrong.csv", "-o", "out.csv", code=1)
    assert out.read_text(encoding="utf-8") == wanted
    names = {path.name for path in project.path.iterdir()}
    assert names == {"data", "dvc.yaml", "params.yaml", "new.csv", "wrong.csv", "out.csv"}


def test_the_sizes_of_batches_change_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = project.mlp("predict", "new.csv").stdout
    TABLE.to_parquet(project.path / "new.parquet")
    monkeypatch.setattr(csv_rows, "BATCH_BYTES", 100)
    monkeypatch.setattr(answers, "ROWS", 5)
    monkeypatch.setattr(parquet_rows, "BATCH_ROWS", 7)
    monkeypatch.setattr(progress, "EVERY", -1)
    done = project.mlp("predict", "new.csv")
    assert done.stdout == whole
    assert project.mlp("predict", "new.parquet").stdout == whole
    monkeypatch.setattr(predictions, "THREADS", 1)
    assert project.mlp("predict", "new.csv").stdout == whole  # nor does the number of threads
    lines = done.stderr.splitlines()
    assert len(lines) > 1  # one a batch of the CSV file
    assert lines[-1] == "300 rows predicted; 100%, about 0 s left"


def test_no_rows_give_the_header_alone(project: Project) -> None:
    (project.path / "new.csv").write_text("a,b,c,u,v\n", encoding="utf-8")
    TABLE.head(0).to_parquet(project.path / "new.parquet")
    for name in ("new.csv", "new.parquet"):
        output = project.mlp("predict", name).stdout
        assert output == "row,predicted,probability_no,probability_yes\n"


def test_values_unlike_those_of_the_training_get_a_warning(project: Project) -> None:
    table = TABLE.copy()
    table.loc[:4, "u"] = "purple"
    table.loc[:9, "c"] = 1e6
    table.to_csv(project.path / "new.csv", index=False)
    done = project.mlp("predict", "new.csv")
    unknown, outside = done.stderr.splitlines()
    assert unknown == "warning: texts that no training row had count as no category: u in 5 rows."
    assert outside.startswith(
        "warning: values lie outside the range of the training rows: c in 10 rows (-"
    )
    # As for scikit-learn: none of the categories.
    pipeline = fit(SECTION, mixed(300)).pipeline
    given = mixed(300).features
    given.loc[:4, "u"] = "purple"
    given.loc[:9, "c"] = 1e6
    wanted = pipeline.predict_proba(given)[:, 1]
    assert read(done.stdout)["probability_yes"].tolist() == pytest.approx(wanted, abs=1e-6)


def test_booleans_are_numbers(project: Project) -> None:
    values = TABLE[["a", "b", "c"]].fillna(0)
    values.assign(a=values["a"] > 0).to_csv(project.path / "new.csv", index=False)
    with_bools = project.mlp("predict", "new.csv", "--model", "mlp").stdout
    values.assign(a=(values["a"] > 0).astype(int)).to_csv(project.path / "new.csv", index=False)
    assert project.mlp("predict", "new.csv", "--model", "mlp").stdout == with_bools


def gap(name: str) -> pd.DataFrame:
    table = mixed(300, impute="none").features
    return table.assign(**{name: table[name].where(table.index != 7, None)})


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        (TABLE.drop(columns="b"), [], "new.csv: there is no column 'b'; the columns are 'a', 'c', 'u' and 1 more."),
        (TABLE.rename(columns={"b": "B "}), [], "new.csv: there is no column 'b'; did you mean 'B '?"),
        (TABLE.assign(a="word"), [], "new.csv, row 0: column 'a' should hold a number; it holds 'word'."),
        (TABLE.assign(a=TABLE["a"].astype(object).where(TABLE.index != 5, "x")), [], "new.csv, row 5: column 'a' should hold a number; it holds 'x'."),
        (TABLE.assign(a=177.25).to_csv(index=False, sep=";", decimal=","), ["--delimiter", ";"], "new.csv, row 0: column 'a' should hold a number; it holds '177,25', written with a decimal comma: set --decimal to a comma."),
        (TABLE.assign(a="1.5").to_csv(index=False, sep=";", decimal=","), ["--delimiter", ";", "--decimal", ","], "new.csv, row 0: column 'a' should hold a number; it holds '1.5', written with a decimal point: set --decimal to a point."),
        (TABLE.assign(a="5 kg"), [], "new.csv, row 0: column 'a' should hold a number; it holds '5 kg', written with a unit: write 5 for 5 kg."),
        (TABLE.to_csv(index=False, sep=";"), [], "new.csv has one column, 'a;b;c;u;v'; if ';' separates its fields, set --delimiter."),
        (TABLE.to_csv(index=False).encode("utf-16"), [], "new.csv is encoded as UTF-16: set --encoding to utf-16, or save it as UTF-8."),
        ("a,b,c,u,v\n1,2,3,x,\u00c1\n".encode(), ["--encoding", "cp1252"], "new.csv, line 2: this is not cp1252 text; set --encoding, for example to utf-8."),
        (TABLE.assign(a=-np.inf), [], "new.csv, row 0: column 'a' should lie within 1e+150 of 0."),
        (TABLE.assign(a=1e200), [], "new.csv, row 0: column 'a' should lie within 1e+150 of 0."),
        (gap("b"), ["--model", "linear"], "new.csv, row 7: column 'b' is empty, but the model was trained without gaps."),
        (gap("v"), ["--model", "linear"], "new.csv, row 7: column 'v' is empty, but the model was trained without gaps."),
        ("", [], "new.csv is empty."),
        ("a,b,c,u,v\n1,2,3,x\n", [], "new.csv, line 2: there are 4 fields, but 5 in the header."),
        ('a,b,c,u,v\n1,2,3,x,"y\n', [], 'new.csv, line 2: a quote (") begins here and is never closed.'),
        (b"a,b,c,u,v\n1,2,3,x,\xe9\n", [], "new.csv, line 2: this is not utf-8 text; set --encoding, for example to latin-1 or cp1252, or save the file as UTF-8."),
        (b"PAR1", [], "new.csv is a Parquet file: its name should end in .parquet."),
        (TABLE, ["--model", "none"], "'none' is not a network of params.yaml or an ONNX file."),
        (TABLE, ["--model", "cut.onnx"], "cut.onnx should be an ONNX file that the stage train wrote"),
        (TABLE, ["--model", "text.onnx"], "text.onnx should be an ONNX file that the stage train wrote"),
        (TABLE, ["--output", "new.csv"], "new.csv is the file to predict; name another."),
        (TABLE, ["--output", "mine.onnx", "--model", "mine.onnx"], "mine.onnx is the model; name another."),
        (TABLE, ["--output", "no/out.csv"], "no/out.csv should be a file in an existing folder."),
        (TABLE, ["--delimiter", "ab"], 'params.yaml and the options: load.delimiter is "ab"; it should be one ASCII character'),
        (TABLE, ["--encoding", "klingon"], 'params.yaml and the options: load.encoding is "klingon"; it should be a text encoding'),
    ],
)  # fmt: skip
def test_refused(content: Any, words: list[str], sentence: str, project: Project) -> None:
    path = project.path / "new.csv"
    if isinstance(content, pd.DataFrame):
        content.to_csv(path, index=False)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (project.path / "text.onnx").write_text("no model", encoding="utf-8")
    whole = (project.path / "data/models/tuned/model.onnx").read_bytes()
    (project.path / "mine.onnx").write_bytes(whole)
    (project.path / "cut.onnx").write_bytes(whole[: len(whole) // 2])
    done = project.mlp("predict", "new.csv", *words, code=1)
    assert done.stdout == ""
    assert done.stderr.replace(f"{project.path}/", "").startswith(f"error: {sentence}")
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_a_table_is_refused(project: Project) -> None:
    (project.path / "new.txt").write_text("a\n", encoding="utf-8")
    done = project.mlp("predict", "new.txt", code=1)
    assert "new.txt should be a file that ends in .csv, .csv.gz or .parquet." in done.stderr
    assert "No such file" in project.mlp("predict", "none.csv", code=1).stderr
    TABLE.assign(a="word").to_parquet(project.path / "new.parquet")
    done = project.mlp("predict", "new.parquet", code=1)
    assert "column 'a' should hold numbers; it holds" in done.stderr


PEAK = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "commands", "predict", *sys.argv[1:]], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kilobytes only on Linux")
def test_memory_does_not_grow_with_the_file(project: Project) -> None:
    """Eight times the rows are 70 MB more text, and several times that if held at once."""
    head, *lines = (project.path / "new.csv").read_text(encoding="utf-8").splitlines()
    peaks = []
    for times in (500, 4000):
        text = "\n".join([head, *(lines * times)]) + "\n"
        (project.path / "new.csv").write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", PEAK, "new.csv", "-o", "out.csv"]
        env = project.env | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        done = subprocess.run(
            command, cwd=project.path, env=env, capture_output=True, text=True, check=True
        )
        peaks.append(int(done.stdout) * 1024)
    assert (project.path / "new.csv").stat().st_size > 70e6
    assert peaks[1] - peaks[0] < 50e6, peaks
    assert len(read(project.path / "out.csv")) == 1_200_000


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal")
def test_progress_is_a_bar_on_a_terminal(project: Project) -> None:
    command = [sys.executable, "-m", "commands", "predict", "new.csv", "-o", "out.csv"]
    shown = on_terminal(command, project.path, PYTHONPATH=str(ROOT))
    assert "300 rows predicted" in shown
    assert "━" in shown


def test_class_weights_are_noted_once(project: Project) -> None:
    model = project.path / "weighted.onnx"
    section = SECTION | {"class_weight": {"yes": 3.0}}
    export.export(fit(section, mixed(300)), model)
    TABLE.to_csv(project.path / "new.csv", index=False)
    done = project.mlp("predict", "new.csv", "--model", "weighted.onnx")
    note = (
        "note: It was trained with class_weight, so its probabilities are not calibrated to the "
        "shares of the classes."
    )
    assert done.stderr.splitlines().count(note) == 1
    plain = project.mlp("predict", "new.csv")
    assert "calibrated" not in plain.stderr
