"""Targets of a regression that are wrong or odd, through the real command line of load and split."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from data_stages import EARLIER, parameters, run, write

from mlp.core import dataset_file

TASK = {"task": "regression", "target": "price"}
PARQUET = {"source": "data.parquet"}
FIRST = "column 'price', the target, "
NUMBERS = FIRST + "should hold numbers, since load.task is regression; it "
CLASSES = "; set load.task to classification to predict classes."


def priced(prices: list[Any]) -> str:
    """Return a table of these prices."""
    lines = [f"{i % 9}.25,{i % 4},{price}" for i, price in enumerate(prices)]
    return "\n".join(["x,y,price", *lines]) + "\n"


def typed(prices: Any) -> pa.Table:
    return pa.table({"x": [i % 9 + 0.25 for i in range(len(prices))], "price": prices})


GOOD = [f"{i * i % 37}.5" for i in range(30)]
REFUSED: dict[str, tuple[Any, dict[str, Any], str]] = {
    "text": (priced(["low", "high", "mid"] * 9), {}, NUMBERS + "holds 'low', 'high', 'mid'" + CLASSES),
    "text in one row": (priced([*GOOD[:8], "unknown", *GOOD[9:]]), {}, FIRST + "should hold numbers; it holds 'unknown' in row 8: every row should have a number."),
    "currency": (priced(["$5", "$7", "$11"] * 9), {}, FIRST + "should hold numbers; '$5' in row 0 is written with a currency: write 5 for $5."),
    "decimal comma": ("x;price\n" + "1;2,5\n2;3,5\n3;7,5\n" * 5, {"delimiter": ";"}, FIRST + "should hold numbers; '2,5' in row 0 is written with a decimal comma: set load.decimal to a comma."),
    "thousands": ("x;price\n" + "1;2,5\n2;1.050\n3;7,5\n" * 5, {"delimiter": ";", "decimal": ","}, FIRST + "should hold numbers; '1.050' in row 1 is written with points between thousands: write 1234 for 1.234."),
    "empty": (priced([*GOOD[:5], "", "", *GOOD[7:]]), {}, FIRST + "is empty or NaN in 2 rows, first in row 5; every row should have a number."),
    "NaN": (priced([*GOOD[:5], "NaN", *GOOD[6:]]), {}, FIRST + "is empty or NaN in 1 row, first in row 5;"),
    "NaN in Parquet": (typed([1.5, float("nan"), 2.5, 3.5] * 5), PARQUET, FIRST + "is empty or NaN in 5 rows, first in row 1;"),
    "all empty": (typed(pa.nulls(9)), PARQUET, NUMBERS + "is empty."),
    "infinite": (priced([*GOOD[:7], "inf", *GOOD[8:]]), {}, FIRST + "row 7 holds inf; a number to predict should be finite and lie within 1e+150 of 0."),
    "minus infinite": (priced([*GOOD[:7], "-inf", *GOOD[8:]]), {}, FIRST + "row 7 holds -inf;"),
    "1e300": (priced([*GOOD[:7], "1e300", *GOOD[8:]]), {}, FIRST + "row 7 holds 1e+300;"),
    "above 2^53": (priced([*range(9), 2**53 + 1]), {}, FIRST + "row 9 holds 9007199254740993; integers beyond 2^53 are not exact as float64, so subtract what they have in common, or divide them."),
    "constant": (priced([3] * 20), {}, FIRST + "holds 3 in every row; there is nothing to predict."),
    "two values": (priced([0, 1] * 20), {}, FIRST + "holds only the numbers 0 and 1, which look like classes" + CLASSES),
    "true and false": (priced(["true", "false"] * 20), {}, NUMBERS + "holds true and false" + CLASSES),
    "dates": (priced(["2026-01-31", "2026-02-28", "2026-03-31"] * 5), {}, NUMBERS + "holds dates or times; store a number, such as days from a first day."),
    "lists": (typed([[1], [2, 3]] * 5), PARQUET, NUMBERS + "holds list"),
    "no rows": (typed(pa.array([], pa.float64())), PARQUET, "the table has no rows."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path) -> None:
    content, load, sentence = REFUSED[case]
    write(tmp_path, content, load.get("source", "data.csv"))
    parameters(tmp_path, TASK | load)
    for name in ("dataset.parquet", "schema.json"):
        (tmp_path / name).write_bytes(EARLIER)
    stderr = run(tmp_path, "load", 1)
    assert stderr.startswith(f"error: {sentence}")
    assert stderr.count("\n") == 1
    for name in ("dataset.parquet", "schema.json"):
        assert (tmp_path / name).read_bytes() == EARLIER


def test_numbers_that_look_like_regression_name_the_other_task(tmp_path: Path) -> None:
    write(tmp_path, priced([f"{i}.75" for i in range(30)]), "data.csv")
    parameters(tmp_path, TASK | {"task": "classification"})
    assert "set load.task to regression to predict numbers." in run(tmp_path, "load", 1)


TAKEN: dict[str, tuple[Any, dict[str, Any], list[float]]] = {
    "integers": (priced([3, 1, 2] * 5), {}, [3, 1, 2] * 5),
    "decimals": (priced(["1.5", "-2", "1e3"] * 5), {}, [1.5, -2, 1000] * 5),
    "2^53": (priced([2**53, -(2**53), 1] * 3), {}, [2.0**53, -(2.0**53), 1] * 3),
    "decimal comma": ("x;price\n" + "1;2,5\n2;3,5\n3;7,5\n" * 5, {"delimiter": ";", "decimal": ","}, [2.5, 3.5, 7.5] * 5),
    "decimals of Arrow": (typed(pa.array([1, 2, 4] * 5).cast(pa.decimal128(21, 2))), PARQUET, [1, 2, 4] * 5),
    "categories": (typed(pa.array([1.5, 2.5, 4.5] * 5).dictionary_encode()), PARQUET, [1.5, 2.5, 4.5] * 5),
    "single precision": (priced(["0.1", "0.2", "0.3"] * 5), {"dtype": "float32"}, [0.1, 0.2, 0.3] * 5),
}  # fmt: skip


@pytest.mark.parametrize("case", TAKEN)
def test_taken(case: str, tmp_path: Path) -> None:
    content, load, expected = TAKEN[case]
    write(tmp_path, content, load.get("source", "data.csv"))
    parameters(tmp_path, TASK | load)
    run(tmp_path, "load", 0)
    loaded = dataset_file.read(tmp_path / "dataset.parquet")
    assert loaded.task == "regression"
    assert loaded.target.dtype == np.float64
    assert loaded.target.tolist() == expected
    values = json.loads((tmp_path / "schema.json").read_text())["target_values"]
    assert [values["low"], values["high"]] == pytest.approx([min(expected), max(expected)])
    assert values["distinct"] == len(set(expected))


NOISE = np.random.default_rng(0).normal(size=120)
WARNED: dict[str, tuple[dict[str, Any], str]] = {
    "few_values": ({"x": NOISE, "price": [1, 2, 3, 4] * 30}, "'price' holds 4 distinct whole numbers; if they name classes, set load.task to classification."),
    "leak": ({"x": NOISE, "euros": 2 * NOISE + 1, "price": NOISE + 3}, "leak? 'price' is a straight line of 'x', 'euros' in every row; add it to load.drop if it is not known at the time of prediction."),
}  # fmt: skip


@pytest.mark.parametrize("code", WARNED)
def test_warned(code: str, tmp_path: Path) -> None:
    columns, sentence = WARNED[code]
    write(tmp_path, pd.DataFrame(columns), "data.parquet")
    parameters(tmp_path, TASK | PARQUET)
    assert run(tmp_path, "load", 0) == f"warning: {sentence}\n"
    assert json.loads((tmp_path / "schema.json").read_text())["warnings"] == {code: sentence}


def test_repeated_measurements_are_no_oddity(tmp_path: Path) -> None:
    """Rows with the same features and another number are noise, which a regression averages."""
    write(tmp_path, pd.DataFrame({"x": [1.5, 2.5] * 20, "price": NOISE[:40]}), "data.parquet")
    parameters(tmp_path, TASK | PARQUET)
    assert run(tmp_path, "load", 0) == ""


def test_stratify_gives_each_part_its_share_of_every_tenth(tmp_path: Path) -> None:
    prices = np.exp(3 * np.random.default_rng(1).normal(size=400))
    write(tmp_path, pd.DataFrame({"x": np.arange(400) % 7, "price": prices}), "data.parquet")
    parameters(tmp_path, TASK | PARQUET, {"stratify": True})
    run(tmp_path, "load", 0)
    run(tmp_path, "split", 0)
    test = dataset_file.read(tmp_path / "test.parquet").target
    edges = np.quantile(prices, np.arange(1, 10) / 10)
    counts = np.bincount(np.searchsorted(edges, test, side="right"), minlength=10)
    assert counts.tolist() == [10] * 10  # a quarter of 40 each
    parameters(tmp_path, TASK | PARQUET)
    run(tmp_path, "split", 0)
    drawn = dataset_file.read(tmp_path / "test.parquet").target
    assert np.bincount(np.searchsorted(edges, drawn, side="right")).tolist() != [10] * 10


def test_a_time_split_beyond_the_range_is_said(tmp_path: Path) -> None:
    rising = pd.DataFrame(
        {"x": np.arange(80) % 7, "day": np.arange(80), "price": np.arange(80) ** 2}
    )
    write(tmp_path, rising, "data.parquet")
    parameters(tmp_path, TASK | PARQUET | {"drop": ["day"]}, {"time": "day"})
    run(tmp_path, "load", 0)
    stderr = run(tmp_path, "split", 0)
    assert "the target lies outside the range of the train split in 20 of 20 test rows;" in stderr


def test_a_train_split_of_one_number_is_refused(tmp_path: Path) -> None:
    prices = [7.0] * 60 + [1.0, 2.0, 3.0]
    table = pd.DataFrame({"x": np.arange(63) % 5, "day": np.arange(63), "price": prices})
    write(tmp_path, table, "data.parquet")
    parameters(tmp_path, TASK | PARQUET | {"drop": ["day"]}, {"time": "day", "test_size": 0.04})
    run(tmp_path, "load", 0)
    stderr = run(tmp_path, "split", 1)
    assert stderr == (
        "error: split.test_size is 0.04: the train split holds the same number in every row.\n"
    )
