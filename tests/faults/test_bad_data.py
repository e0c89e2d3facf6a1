"""Data that are wrong or odd, through the real command line of the stages load and split.

REFUSED: exit code 1, one sentence, earlier results untouched. WARNED: exit code 0, the sentence once
on stderr and in the report of the stage. TAKEN: read as the same table.
"""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from data_stages import EARLIER, parameters, run, write

from mlp.core import dataset_file

ROWS = [f"{i % 7}.5,{i % 5},{'ab'[i % 3 == 0]}" for i in range(35)]  # no two have the same features
GOOD = "\n".join(["x,y,kind", *ROWS]) + "\n"


def column(name: str, value: str, row: int = 3) -> str:
    """Return the good table with another column, whose value is different in one row."""
    lines = [f"{line},{i % 4}" for i, line in enumerate(ROWS)]
    lines[row] = lines[row].rsplit(",", 1)[0] + f",{value}"
    return "\n".join([f"x,y,kind,{name}", *lines]) + "\n"


def every(name: str, values: list[str]) -> str:
    """Return the good table with another column, which repeats these values."""
    lines = [f"{line},{values[i % len(values)]}" for i, line in enumerate(ROWS)]
    return "\n".join([f"x,y,kind,{name}", *lines]) + "\n"


def labelled(labels: list[str]) -> str:
    return "\n".join(["x,kind", *[f"{i % 9}.25,{label}" for i, label in enumerate(labels)]]) + "\n"


def in_latin(frame: pd.DataFrame) -> bytes:
    """Return a Parquet file with a label in Latin-1, as writers that check nothing leave it."""
    labels = [b"caf\xe9" if row == 2 else label.encode() for row, label in enumerate(frame["kind"])]
    table = pa.table({"x": frame["x"], "kind": pa.array(labels).view(pa.string())})
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


FRAME = pd.read_csv(io.StringIO(GOOD))
PARQUET = {"source": "data.parquet"}
ONEHOT = {"categories": "onehot"}
COMMA = {"delimiter": ";", "decimal": ",", "impute": "median"}
GERMAN = every("z", ["758", "1.050", "2.529"]).replace(",", ";").replace(".5;", ",5;")

REFUSED: dict[str, tuple[Any, dict[str, Any], str]] = {
    # files
    "empty": ("", {}, "data.csv is empty."),
    "blank": ("\n\n", {}, "data.csv should begin with a line that names the columns."),
    "header only": ("x,y,kind\n", {}, "data.csv holds a header but no rows."),
    "Parquet named .csv": (FRAME.to_parquet(), {}, "data.csv is a Parquet file: its name should end in .parquet."),
    "CSV named .parquet": (GOOD, PARQUET, "data.parquet is not a Parquet file."),
    "Parquet cut off": (FRAME.to_parquet()[:300], PARQUET, "data.parquet is cut off or damaged: "),
    "Parquet in Latin-1": (in_latin(FRAME), PARQUET, "data.parquet, row 2: column 'kind' holds a text that is not encoded as UTF-8, as Parquet asks; write the file again"),
    "gzip named .csv": (gzip.compress(GOOD.encode(), mtime=0), {}, "data.csv is compressed by gzip: its name should end in .gz."),
    "CSV named .csv.gz": (GOOD, {"source": "data.csv.gz"}, "data.csv.gz is not compressed by gzip."),
    "gzip cut off": (gzip.compress(GOOD.encode() * 9, mtime=0)[:90], {"source": "data.csv.gz"}, "data.csv.gz is cut off or damaged"),
    "Excel": (b"PK\x03\x04" + b"\0" * 50, {}, "data.csv is a zip archive or an Excel file: save the table as CSV."),
    "error page": ("<!DOCTYPE html>\n<html>404</html>", {}, "data.csv is a web page"),
    "git-lfs pointer": ("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", {}, "data.csv is a git-lfs pointer: `git lfs pull` fetches the data."),
    "binary": (b"x,y\n\0\1\2", {}, "data.csv holds zero bytes, which text never does; it should"),
    "semicolon": (GOOD.replace(",", ";"), {}, "data.csv has one column, 'x;y;kind'; if ';' separates its fields, set load.delimiter."),
    "tab": (GOOD.replace(",", "\t"), {}, "if '\\t' separates its fields, set load.delimiter."),
    "trailing comma": (GOOD.replace("\n", ",\n").replace("kind,", "kind"), {}, "data.csv, line 2: there are 4 fields, but 3 in the header; the last is empty: remove the delimiter"),
    "row too long": (GOOD.replace("2.5,2,", "2.5,2,2,", 1), {}, "data.csv, line 4: there are 4 fields, but 3 in the header."),
    "row too short": (GOOD.replace("2.5,2,", "2.5,", 1), {}, "data.csv, line 4: there are 2 fields, but 3 in the header."),
    "unterminated quote": (GOOD.replace("2.5,2,", '2.5,2,"', 1), {}, 'data.csv, line 4: a quote (") begins here and is never closed.'),
    "UTF-16": (GOOD.encode("utf-16"), {}, "data.csv is encoded as UTF-16: set load.encoding to utf-16, or save it as UTF-8."),
    "latin-1": (GOOD.replace("2.5,2,a", "2.5,2,é", 1).encode("latin-1"), {}, "data.csv, line 4: this is not utf-8 text; set load.encoding, for example to latin-1"),
    "latin-1 header": (GOOD.replace("y", "é", 1).encode("latin-1"), {}, "data.csv, line 1: this is not utf-8 text"),
    # columns
    "no target": (GOOD.replace("kind", "kinds"), {}, "load.target: there is no column 'kind'; did you mean 'kinds'?"),
    "target with a space": (GOOD.replace("kind", "kind "), {}, "load.target: there is no column 'kind'; did you mean 'kind '?"),
    "dropped column missing": (GOOD, {"drop": ["z", "X"]}, "load.drop: there is no column 'z'; the columns are 'x', 'y', 'kind'."),
    "twice": (GOOD.replace("y", "x", 1), {}, "data.csv: column 'x' appears twice; every column should have its own name."),
    "no name twice": (GOOD.replace("x,y", ",", 1), {}, "data.csv: column '' appears twice; every column should have its own name."),
    "no name": (GOOD.replace("y", "", 1), {}, "a column has no name and does not number the rows; name it."),
    "all missing": (every("z", [""]), {}, "column 'z' holds no values; add it to load.drop."),
    "text": (every("z", ["red", "blue"]), {}, "column 'z' should hold numbers; it holds 'red', 'blue'. Set load.categories to onehot, or add the column to load.drop."),
    "missing": (column("z", ""), {}, "values are missing in 'z' (1 row); set load.impute to median"),
    "missing text": (every("z", ["red", "", "blue"]), ONEHOT, "values are missing in 'z' (12 rows); set load.impute"),
    "infinite": (column("z", "-inf"), {}, "column 'z', row 3 holds -inf; a feature should lie within 1e+150 of 0."),
    "huge": (column("z", "1e300"), {}, "column 'z', row 3 holds 1e+300"),
    "huge for float32": (column("z", "1e30"), {"dtype": "float32"}, "column 'z', row 3 holds 1e+30; a feature should lie within 1e+15 of 0."),
    "thousands": (every("z", ['"1,234"', '"12,345,678"']), ONEHOT, "column 'z' should hold numbers; '1,234' in row 0 is written with commas between thousands: write 1234 for 1,234."),
    "currency": (every("z", ["$5", "$6.50"]), ONEHOT, "'$5' in row 0 is written with a currency: write 5 for $5."),
    "per cent": (every("z", ["6%", "7%"]), ONEHOT, "'6%' in row 0 is written with a percent sign: write 6 for 6%."),
    "decimal comma": (every("z", ["0,5", "1,25"]).replace(",", ";").replace("0;5", "0,5").replace("1;25", "1,25"), ONEHOT | {"delimiter": ";"}, "'0,5' in row 0 is written with a decimal comma: set load.decimal to a comma."),
    "German thousands": (GERMAN, COMMA, "'1.050' in row 1 is written with points between thousands: write 1234 for 1.234. Add it"),
    "German thousands and a gap": (GERMAN + "9,5;1;b;\n", COMMA, "'1.050' in row 1 is written with points between thousands: write 1234 for 1.234. Add it"),
    "decimal points among commas": (GERMAN.replace("1.050", "1.5"), COMMA, "'1.5' in row 1 is written with a decimal point: set load.decimal to a point; "),
    "spaces between thousands": (every("z", ["1 234", "12 345 678"]), ONEHOT, "'1 234' in row 0 is written with spaces: write 1234 for 1 234."),
    "dash for minus": (every("z", ["\u22125", "6"]), ONEHOT, "'\u22125' in row 0 is written with a dash for the minus sign: write -5."),
    "dash for a gap": (every("z", ["5", "-", "6"]), ONEHOT, "column 'z' should hold numbers; it holds '-' in 12 rows, first in row 1: set load.missing: ['-']."),
    "no header": ("1,1,a\n" * 9, {}, "data.csv: column '1' appears twice; every column should have its own name. Is the first line data? It should name"),
    "periods": ("import pandas\ndef load():\n    return pandas.DataFrame({'x': pandas.period_range('2020', periods=9), 'kind': list('abcabcabc')})\n", {"source": "data.py"}, "column 'x' should hold numbers or texts; it holds extension<pandas.period"),
    "no rows in Python": ("import pandas\ndef load():\n    return pandas.DataFrame({'x': [], 'kind': []})\n", {"source": "data.py"}, "the source's table has no rows or no columns."),
    "no rows in Parquet": (FRAME.head(0), PARQUET, "the table has no rows."),
    "almost numbers": (column("z", "?", 20), ONEHOT, "column 'z' should hold numbers; it holds '?' in row 20: set load.missing: ['?']. Add it to load.texts if it holds categories, or to load.drop."),
    "wide texts": ("\n".join(["x,kind,z", *[f"{i % 5},{'ab'[i % 2]},name {i // 2}" for i in range(24000)]]), ONEHOT, "one-hot encoding makes 12000 inputs of 1 column of text, above the limit of 10000: 'z' 12000; set load.max_categories, for example to 100, or add columns to load.drop."),
    "unique text": ("\n".join(["x,kind,z", *[f"{i % 5},{'ab'[i % 2]},name {i}" for i in range(30)]]), ONEHOT, "column 'z' holds a different text in every row ('name 0', 'name 1', 'name 2'), which says nothing about other rows; add it to load.drop."),
    "dates": (every("z", ["2026-01-31", "2026-02-28"]), {}, "column 'z' holds dates, such as 2026-01-31; set load.dates to {z: [year, month, day, weekday]} to make features of it, or add it to load.drop (split.time can still name it)."),
    "lists": (pa.table({"x": [[1], [2, 3]] * 20, "kind": ["a", "b"] * 20}), PARQUET, "column 'x' should hold numbers or texts; it holds list"),
    "only constants": (labelled(["a", "b"] * 9), {"drop": ["x"]}, "there are no features: no column is left besides 'kind'."),
    "numbers as text": (FRAME.assign(x=FRAME["x"].astype(str)), PARQUET | ONEHOT, "column 'x' should hold numbers; '0.5' is a number stored as text: store it as a number."),
    # labels and rows
    "missing label": (GOOD.replace("2.5,2,a", "2.5,2,", 1), {}, "column 'kind', the target, is empty in 1 row, first in row 2; every row should have a label."),
    "regression": (labelled([f"{i}.75" for i in range(30)]), {}, "column 'kind', the target, holds 30 distinct numbers, from 0.75 to 29.75, which looks like regression; set load.task to regression to predict numbers."),
    "one class": (labelled(["a"] * 9), {}, "column 'kind', the target, holds only the class 'a'; it should hold two classes or more."),
    "one row": (labelled(["a"]), {}, "column 'kind', the target, holds only the class 'a'"),
    "a class a row": (labelled(["a", "b", "c"]), {}, "column 'kind', the target, holds a different label in each of 3 rows; it should hold classes."),
    "picture": (GOOD, {"image_shape": [2, 2]}, "load.image_shape is 2 x 2 = 4 pixels, but there are 2 numeric features; set it to null if"),
    "picture of text": (every("z", ["red", "blue"]), ONEHOT | {"image_shape": [1, 2]}, "load.image_shape is set, but column 'z' holds text, which is not a pixel;"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path) -> None:
    content, load, sentence = REFUSED[case]
    write(tmp_path, content, load.get("source", "data.csv"))
    parameters(tmp_path, load)
    for name in ("dataset.parquet", "schema.json"):
        (tmp_path / name).write_bytes(EARLIER)
    stderr = run(tmp_path, "load", 1)
    assert stderr.startswith(f"error: {sentence}") or f"; {sentence}" in stderr
    assert stderr.count("\n") == 1
    for name in ("dataset.parquet", "schema.json"):
        assert (tmp_path / name).read_bytes() == EARLIER


@pytest.mark.parametrize(("count", "last"), [(6, "1 more column"), (8, "3 more columns")])
def test_five_columns_get_a_sentence_each_and_the_rest_are_counted(
    count: int, last: str, tmp_path: Path
) -> None:
    words = pd.DataFrame({f"word{i}": ["a", "b"] * 9 for i in range(count)})
    write(tmp_path, words.assign(kind=["x", "y"] * 9).to_csv(index=False), "data.csv")
    parameters(tmp_path, {})
    *sentences, rest = run(tmp_path, "load", 1).splitlines()
    assert [sentence.split("'")[1] for sentence in sentences] == [f"word{i}" for i in range(5)]
    assert rest == f"error: {last} cannot be used either."


def test_several_unused_columns_share_a_warning(tmp_path: Path) -> None:
    constants = FRAME.assign(a=1, b=2, c=3, d=4)
    write(tmp_path, constants, "data.parquet")
    parameters(tmp_path, PARQUET)
    assert run(tmp_path, "load", 0) == (
        "warning: columns 'a', 'b', 'c' and 1 more are not used as features (constant).\n"
    )


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    parameters(tmp_path, {})
    assert run(tmp_path, "load", 1) == "error: data.csv: No such file or directory.\n"
    (tmp_path / "data.csv").mkdir()
    assert run(tmp_path, "load", 1) == "error: data.csv is a folder; it should be a file.\n"


def test_a_file_larger_than_memory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "data.csv")
    parameters(tmp_path, {})
    stderr = run(tmp_path, "load", 1, MLP_MEMORY_BUDGET="100")
    assert stderr.startswith(
        "error: data.csv is 0.0 GB, but only 0.0 GB of memory are free; use a sample"
    )
    run(tmp_path, "load", 0, MLP_MEMORY_BUDGET="1000000")
    stderr = run(tmp_path, "load", 1, MLP_MEMORY_BUDGET="4GB")
    assert stderr == "error: MLP_MEMORY_BUDGET is '4GB'; it should be a number of bytes.\n"


def test_a_row_may_be_wider_than_arrows_block(tmp_path: Path) -> None:
    """A row of 4,000 numbers of 750 digits is longer than two blocks."""
    rng = np.random.default_rng(0)
    names = ",".join(f"g{i}" for i in range(4_000))
    lines = [
        ",".join(f"{x:.750f}" for x in rng.random(4_000)) + f",{'ab'[i % 2]}" for i in range(4)
    ]
    write(tmp_path, "\n".join([f"{names},kind", *lines]) + "\n", "data.csv")
    parameters(tmp_path, {})
    assert run(tmp_path, "load", 0) == ""
    assert dataset_file.read(tmp_path / "dataset.parquet").features.shape == (4, 4_000)


def test_a_link_to_a_file_outside_the_project_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "outside.csv")
    project = tmp_path / "project"
    project.mkdir()
    (project / "data.csv").symlink_to(tmp_path / "outside.csv")
    parameters(project, {})
    stderr = "error: load.source: data.csv is a link to a file outside the project; copy the file into it.\n"
    assert run(project, "load", 1) == stderr
    (project / "data.csv.dvc").touch()  # DVC's own links lead into its cache
    run(project, "load", 0)


TAKEN: dict[str, tuple[Any, dict[str, Any]]] = {
    "byte order mark": ("\ufeff" + GOOD, {}),
    "CRLF and blank last lines": (GOOD.replace("\n", "\r\n") + "\r\n\r\n", {}),
    "gzip": (gzip.compress(GOOD.encode(), mtime=0), {"source": "data.csv.gz"}),
    "semicolon": (GOOD.replace(",", ";"), {"delimiter": ";"}),
    "tab": (GOOD.replace(",", "\t"), {"delimiter": "\t"}),
    "decimal comma": (GOOD.replace(",", ";").replace(".5", ",5"), {"delimiter": ";", "decimal": ","}),
    "UTF-16": (GOOD.encode("utf-16"), {"encoding": "utf-16"}),
    "latin-1": (GOOD.encode("latin-1"), {"encoding": "latin-1"}),
    "quotes": (GOOD.replace("2.5,2,", '"2.5","2",'), {}),
    "parquet": (FRAME, PARQUET),
    "nullable integers": (FRAME.astype({"y": "Int64"}), PARQUET),
    "categorical": (FRAME.astype({"kind": "category"}), PARQUET),
    "source in Python": ("import pandas\ndef load():\n    return pandas.read_csv('../good.csv')\n", {"source": "data.py"}),
}  # fmt: skip


@pytest.mark.parametrize("case", TAKEN)
def test_taken_as_the_same_table(case: str, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    write(tmp_path, GOOD, "good.csv")
    content, load = TAKEN[case]
    write(folder, content, load.get("source", "data.csv"))
    parameters(folder, load)
    assert run(folder, "load", 0) == ""
    loaded = dataset_file.read(folder / "dataset.parquet")
    assert np.array_equal(loaded.features, FRAME[["x", "y"]].to_numpy(float))
    assert loaded.target.tolist() == FRAME["kind"].tolist()
    assert loaded.columns.features == ["x", "y"]


def test_booleans_are_numbers_and_labels_stay_as_written(tmp_path: Path) -> None:
    labels = ["NA", "None", "01", "null", "1", "nan"] * 4
    write(tmp_path, every("flag", ["true", "False"]).replace(",a,", ",NA,"), "data.csv")
    parameters(tmp_path, {})
    run(tmp_path, "load", 0)
    loaded = dataset_file.read(tmp_path / "dataset.parquet")
    assert loaded.features[:4, 2].tolist() == [1, 0, 1, 0]
    assert set(loaded.target) == {"NA", "b"}
    write(tmp_path, labelled(labels), "data.csv")
    run(tmp_path, "load", 0)
    assert dataset_file.read(tmp_path / "dataset.parquet").target.tolist() == labels


WARNED: dict[str, tuple[Any, dict[str, Any], str, str]] = {
    "row numbers": ("\n".join([",x,kind", *[f"{i},{i % 5},{'ab'[i % 3 == 0]}" for i in range(30)]]), {}, "row_numbers", "column '' is not used as a feature (row numbers)."),
    "Unnamed: 0": ("\n".join(["Unnamed: 0,x,kind", *[f"{i},{i % 5},{'ab'[i % 3 == 0]}" for i in range(30)]]), {}, "row_numbers", "column 'Unnamed: 0' is not used as a feature (row numbers)."),
    "named row numbers": ("\n".join(["Id,x,kind", *[f"{i + 1},{i % 5},{'ab'[i % 3 == 0]}" for i in range(30)]]), {}, "counts_rows", "column 'Id' numbers the rows in their order; add it to load.drop unless the order of the rows says something."),
    "pandas' index": (FRAME.set_index(pd.Index([9, 3, *range(20, 53)])), PARQUET, "pandas_index", "column '__index_level_0__' is not used as a feature (index stored by pandas)."),
    "constants": (every("z", ["7"]), {}, "constant_columns", "column 'z' is not used as a feature (constant)."),
    "dates as numbers": (every("z", ["20260131", "20251224", "20260301"]), {}, "dates_as_numbers", "the numbers of 'z' look like dates, such as 20251224; to make features of them, set load.dates, and load.date_formats to \"%Y%m%d\"."),
    "leak": (every("z", ["1", "0", "0"]), {}, "leak", "leak? 'z' alone predicts 'kind' in every row"),
    "leak by ranges": ("\n".join(["x,kind,z", *[f"{i % 7},{'ab'[i >= 20]},{i}.5" for i in range(40)]]), {}, "leak", "leak? 'z' alone"),
    "leak of text": (every("z", ["so", "no", "no"]), ONEHOT, "leak", "leak? 'z' alone"),
    "labels alike": (labelled(["a", "b", "A", "b "] * 8), {}, "labels_alike", "labels of 'kind' look alike and count as different classes: 'A' and 'a'; 'b' and 'b '."),
    "labels of other Unicode": (labelled(["\u00e9", "e\u0301", "b", "b\u200b"] * 8), {}, "labels_alike", "labels of 'kind' look alike and count as different classes: 'b' and 'b\\u200b'; 'e\\u0301' and '\\xe9'."),
    "labels of equal numbers": (labelled(["1", "1.0", "2", "3"] * 8), {}, "labels_alike", "labels of 'kind' look alike and count as different classes: '1' and '1.0'."),
    "amounts": (labelled([f"{i // 3}" for i in range(90)]), {}, "many_numbers", "the labels of 'kind' are 30 distinct whole numbers, from 0 to 29, with 3.0 rows each on average; if they are amounts, set load.task to regression."),
    "contradictions": ("x,kind\n" + "1,a\n1,b\n2,a\n3,b\n" * 5, {}, "contradictions", "10 of 20 rows (50.0%) have the same features as another row but a different label; no network can be right on all of them."),
    "many categories": ("\n".join(["x,kind,z", *[f"{i % 7},{'ab'[i % 3 == 0]},word {i // 2}" for i in range(3000)]]), ONEHOT, "many_categories", "'z' has 1500 categories; each is an input of the network. load.max_categories makes rare ones share an input."),
    "many categories with a limit": ("\n".join(["x,kind,z", *[f"{i % 7},{'ab'[i % 3 == 0]},word {i // 2}" for i in range(3000)]]), ONEHOT | {"max_categories": 1200}, "many_categories", "'z' has 1200 categories"),
}  # fmt: skip


@pytest.mark.parametrize("case", WARNED)
def test_warned(case: str, tmp_path: Path) -> None:
    content, load, code, sentence = WARNED[case]
    write(tmp_path, content, load.get("source", "data.csv"))
    parameters(tmp_path, load)
    stderr = run(tmp_path, "load", 0)
    assert stderr.count(f"warning: {sentence}") == 1
    schema = json.loads((tmp_path / "schema.json").read_text(encoding="utf-8"))
    assert schema["warnings"][code].startswith(sentence)


def test_a_table_with_nothing_odd_gets_no_warning(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "data.csv")
    parameters(tmp_path, {})
    assert run(tmp_path, "load", 0) == ""
    assert json.loads((tmp_path / "schema.json").read_text(encoding="utf-8"))["warnings"] == {}
    rng = np.random.default_rng(0)
    noise = pd.DataFrame({"x": rng.normal(size=50), "kind": rng.choice(["a", "b"], 50)})
    write(tmp_path, noise, "data.parquet")
    parameters(tmp_path, PARQUET)
    assert run(tmp_path, "load", 0) == ""


SPLITS: dict[str, tuple[str, dict[str, Any], str]] = {
    "group missing": (GOOD, {"group": "z"}, "split.group: there is no column 'z'; the columns are 'x', 'y', 'kind'."),
    "group of lists": ("import pandas\ndef load():\n    return pandas.DataFrame({'x': range(9), 'g': [[i] for i in range(9)], 'kind': list('abcabcabc')})\n", {"group": "g"}, "split.group: the column should hold texts, numbers or times; it holds list"),
    "time missing": (GOOD, {"time": "X"}, "split.time: there is no column 'X'; did you mean 'x'?"),
    "one group": (every("g", ["1"]), {"group": "g"}, "column 'g', which split.group names, holds only one group; it should hold several."),
    "time of text": (every("g", ["mon", "tue"]), {"time": "g"}, "split.time: column 'g', row 0 holds 'mon'; it should be a date such as 2026-01-31 or 2026-01-31T10:30."),
    "group with gaps": (column("g", ""), {"group": "g"}, "column 'g', which split.group names, is empty in 1 row, first in row 3."),
    "time of floats with gaps": (every("g", ["0.5", "", "1.5"]), {"time": "g"}, "column 'g', which split.time names, is empty in 12 rows, first in row 1."),
    "time with NaN": ("import pandas\ndef load():\n    return pandas.DataFrame({'x': range(9), 'g': pandas.array([float('nan'), 1.5, 2] * 3, dtype='float64').to_numpy(), 'kind': list('abcabcabc')})\n", {"time": "g"}, "column 'g', which split.time names, is empty in 3 rows, first in row 0."),
    "time in another format": (every("g", ["31/01/2026", "01/02/2026"]), {"time": "g"}, "split.time: column 'g', row 0 holds '31/01/2026'; it should be a date such as 2026-01-31 or 2026-01-31T10:30. If its dates are written %d/%m/%Y, set load.date_formats to {g: \"%d/%m/%Y\"}."),
    "one time": (every("g", ["5"]), {"time": "g"}, "split.time: no row of column 'g' is earlier than 5, where a test split of test_size 0.25 begins, so none is left"),
    "one member": (labelled(["a", "b"] * 9 + ["c"]), {"stratify": True}, "split.stratify is true, but class 'c' has only one row; each part needs one."),
    "too small": (labelled(["a"] * 8 + ["b"]), {"test_size": 0.8}, "split.test_size is 0.8: the train split holds only one class."),
    "few rows to stratify": (labelled(["a", "b", "c"] * 2), {"stratify": True, "test_size": 0.2}, "split.test_size is 0.2 of 6 rows: "),
}  # fmt: skip


@pytest.mark.parametrize("case", SPLITS)
def test_an_impossible_split_is_refused(case: str, tmp_path: Path) -> None:
    content, split, sentence = SPLITS[case]
    drop = ["g"] if "g" in (split.get("group"), split.get("time")) else []
    source = "data.py" if content.startswith("import") else "data.csv"
    write(tmp_path, content, source)
    parameters(tmp_path, {"drop": drop, "source": source}, split)
    run(tmp_path, "load", 0)
    for name in ("train.parquet", "test.parquet", "data.json"):
        (tmp_path / name).write_bytes(EARLIER)
    stderr = run(tmp_path, "split", 1)
    assert stderr.startswith(f"error: {sentence}")
    assert stderr.count("\n") == 1
    for name in ("train.parquet", "test.parquet", "data.json"):
        assert (tmp_path / name).read_bytes() == EARLIER


@pytest.mark.parametrize(
    ("content", "split", "code", "sentence"),
    [
        (GOOD + "\n".join(ROWS[:20]), {}, "duplicates_across", "of the test split equal a row of the train split, so scores are too optimistic"),
        (labelled(["a", "b"] * 20 + ["c"]), {"seed": 0}, "absent_from_test", "the test split has no row of class 'c', and the train split has; split.stratify gives each part"),
        (labelled(["a", "b"] * 20 + ["c"]), {"seed": 4}, "absent_from_train", "the train split has no row of class 'c', and the test split has; split.stratify gives each part"),
        ("x,z,kind\n" + "\n".join(f"{i},{'rare' if i > 37 else 'common'},{'ab'[i % 2]}" for i in range(40)), {"time": "x"}, "unknown_texts", "test rows hold texts that no train row holds, so no network learns them: 'z' in 2 rows ('rare')."),
        (GOOD, {"group": "x"}, "group_is_feature", "column 'x', which split.group names, is also a feature; add it to load.drop"),
    ],
)  # fmt: skip
def test_an_odd_split_gets_a_warning(
    content: str, split: dict[str, Any], code: str, sentence: str, tmp_path: Path
) -> None:
    write(tmp_path, content, "data.csv")
    parameters(tmp_path, ONEHOT, split)
    run(tmp_path, "load", 0)
    assert run(tmp_path, "split", 0).count(sentence) == 1
    report = json.loads((tmp_path / "data.json").read_text(encoding="utf-8"))
    assert sentence in report["warnings"][code]
