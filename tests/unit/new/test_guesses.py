"""What a file that nobody described says of itself."""

import gzip
from pathlib import Path

import pyarrow as pa
import pytest

from mlp.core.errors import InputError
from mlp.new import csv_guess, task_guess


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a,b\n1,2\n", {}),
        (b"\xef\xbb\xbfa,b\n1.5,2\n", {}),
        (b"a;b\n1,5;2\n", {"delimiter": ";", "decimal": ","}),
        (b"a;b\n1.5;2,5\n", {"delimiter": ";"}),
        (b"a;b\n1.050;2,5\n", {"delimiter": ";", "decimal": ","}),
        (b"a;b\n1.050,5;1.050\n", {"delimiter": ";", "decimal": ","}),
        (b"a;b\n16.06.2019;2,5\n", {"delimiter": ";", "decimal": ","}),
        (b"a;b\n1,050;2.5\n", {"delimiter": ";"}),
        (b"a;b\n1,050.5;1,050\n", {"delimiter": ";"}),
        (b"a;b\n1,050;1.050\n", {"delimiter": ";"}),
        (b"a;b\n1,050;2\n", {"delimiter": ";", "decimal": ","}),
        (b"a\tb\n1\t2\n", {"delimiter": "\t"}),
        (b'"a;b","c"\n1,2\n', {}),
        ("größe,b\n1,2\n".encode("cp1252"), {"encoding": "cp1252"}),
        ("größe,b\n1,2\n".encode("utf-16"), {"encoding": "utf-16"}),
        (b"a\n1\n", {}),
    ],
)
def test_how_it_is_written(tmp_path: Path, content: bytes, found: dict[str, str]) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    (tmp_path / "x.csv.gz").write_bytes(gzip.compress(content))
    assert csv_guess.guess(tmp_path / "x.csv") == found
    assert csv_guess.guess(tmp_path / "x.csv.gz") == found


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04" + b"x" * 99, "a zip archive or an Excel file"),
        (b"<html>", "is a web page"),
        (b"a,b\n\0\0", "holds zero bytes"),
    ],
)
def test_what_is_no_csv_file(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(InputError, match=sentence):
        csv_guess.guess(tmp_path / "x.csv")


@pytest.mark.parametrize(
    ("values", "task", "reason"),
    [
        (["a", "b"], "classification", "holds no numbers"),
        ([True, False], "classification", "holds no numbers"),
        ([0, 1] * 10, "classification", "holds 2 distinct whole numbers in 20 rows"),
        ([0.0, 1.0] * 10, "classification", "holds 2 distinct whole numbers in 20 rows"),
        ([1, 2, 3] * 3, "regression", "holds 3 distinct whole numbers in 9 rows"),
        (list(range(21)) * 99, "regression", "holds 21 distinct whole numbers in 2079 rows"),
        ([1.5, 2.0], "regression", "holds numbers with decimals"),
        ([1, None], "regression", "holds 1 distinct whole number in 2 rows"),
    ],
)
def test_the_task(values: list[object], task: str, reason: str) -> None:
    assert task_guess.guess(pa.chunked_array([values])) == (task, reason)
