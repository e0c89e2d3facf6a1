"""Types of columns: integers that float64 rounds stay exact, and what cannot be a feature is named."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from data_stages import EARLIER, parameters, run, write

from mlp.core import dataset_file

ROWS = 80
WIDE = [2**60 + i // 2 for i in range(ROWS)]  # 40 groups, of which float64 makes fewer
WIDER = [2**64 + i // 2 for i in range(ROWS)]  # no type of Arrow holds them
X, KIND = [f"{i % 7}.5" for i in range(ROWS)], ["ab"[i % 3 == 0] for i in range(ROWS)]


def as_csv(ids: list[Any]) -> str:
    return (
        "\n".join(["x,id,kind", *(f"{x},{n},{k}" for x, n, k in zip(X, ids, KIND, strict=True))])
        + "\n"
    )


def as_parquet(ids: pa.Array) -> pa.Table:
    return pa.table({"x": pa.array(map(float, X)), "id": ids, "kind": KIND})


def as_python(ids: list[Any], kind: str) -> str:
    return (
        "import pandas\ndef load():\n    return pandas.DataFrame({\n"
        f"        'x': {list(map(float, X))}, 'id': pandas.Series({ids}, dtype={kind!r}), 'kind': {KIND}}})\n"
    )


GROUPS: dict[str, Any] = {
    "int64 in CSV": as_csv(WIDE),
    "beyond int64 in CSV": as_csv(WIDER),
    "30 digits in CSV": as_csv([10**30 + i // 2 for i in range(ROWS)]),
    "negative in CSV": as_csv([-(2**62) - i // 2 for i in range(ROWS)]),
    "int64 in Parquet": as_parquet(pa.array(WIDE)),
    "uint64 in Parquet": as_parquet(pa.array([2**63 + n for n in range(40) for _ in "ab"], pa.uint64())),
    "decimal in Parquet": as_parquet(pa.array(map(Decimal, WIDER), pa.decimal128(38, 0))),
    "dictionary in Parquet": as_parquet(pa.array(WIDE).dictionary_encode()),
    "text in Parquet": as_parquet(pa.array(map(str, WIDER), pa.large_string())),
    "timestamps in Parquet": as_parquet(pa.array(WIDE, pa.timestamp("ns"))),
    "Int64 in Python": as_python(WIDE, "Int64"),
    "objects in Python": as_python(WIDER, "object"),
}  # fmt: skip


def source_of(content: Any) -> str:
    if isinstance(content, pa.Table):
        return "data.parquet"
    return "data.py" if content.startswith("import") else "data.csv"


@pytest.mark.parametrize("case", GROUPS)
def test_groups_of_wide_integers_stay_apart(case: str, tmp_path: Path) -> None:
    source = source_of(GROUPS[case])
    write(tmp_path, GROUPS[case], source)
    parameters(tmp_path, {"source": source, "drop": ["id"]}, {"group": "id"})
    run(tmp_path, "load", 0)
    run(tmp_path, "split", 0)
    parts = [
        set(dataset_file.read(tmp_path / f"{part}.parquet").groups) for part in ("train", "test")
    ]  # type: ignore[arg-type]
    assert len(parts[0]) + len(parts[1]) == len(parts[0] | parts[1]) == 40


SPLITS: dict[str, tuple[Any, str]] = {
    "gap in CSV": (as_csv([*WIDE[:-1], ""]), "column 'id', which split.group names, is empty in 1 row, first in row 79."),
    "gap among texts": (as_csv([f"p{n}" if n % 10 else "" for n in range(ROWS)]), "column 'id', which split.group names, is empty in 8 rows, first in row 0."),
    "blanks": (as_csv([f"p{n}" if n % 10 else "  " for n in range(ROWS)]), "column 'id', which split.group names, is empty in 8 rows, first in row 0."),
    "floats": (as_parquet(pa.array([float(n) for n in WIDE])), "column 'id', which split.group names, holds numbers beyond 2^53 as floats, which does not keep groups apart;"),
    "NaN": (as_parquet(pa.array([*map(float, range(ROWS - 1)), np.nan], from_pandas=False)), "column 'id', which split.group names, is empty in 1 row, first in row 79."),
}  # fmt: skip


@pytest.mark.parametrize("case", SPLITS)
def test_groups_that_cannot_be_told_are_refused(case: str, tmp_path: Path) -> None:
    content, sentence = SPLITS[case]
    write(tmp_path, content, source_of(content))
    parameters(tmp_path, {"source": source_of(content), "drop": ["id"]}, {"group": "id"})
    run(tmp_path, "load", 0)
    for name in ("train.parquet", "test.parquet", "data.json"):
        (tmp_path / name).write_bytes(EARLIER)
    assert run(tmp_path, "split", 1).startswith(f"error: {sentence}")
    for name in ("train.parquet", "test.parquet", "data.json"):
        assert (tmp_path / name).read_bytes() == EARLIER


HOLDS = "column 'id' should hold numbers or texts; it holds "
NOT_EXACT = "integers beyond 2^53 are not exact as float64, so add it to load.drop"
REFUSED: dict[str, tuple[Any, str]] = {
    "wide in CSV": (as_csv(WIDE), f"column 'id', row 2 holds {2**60 + 1}; {NOT_EXACT}"),
    "wider in CSV": (as_csv([5, *WIDER[1:]]), f"column 'id', row 2 holds {2**64 + 1}; {NOT_EXACT}"),
    "wide beside decimals": (as_csv(["0.5", *WIDE[1:]]), f"column 'id', row 2 holds {2**60 + 1}; {NOT_EXACT}"),
    "wide in Parquet": (as_parquet(pa.array(WIDE)), f"column 'id', row 2 holds {2**60 + 1}; {NOT_EXACT}"),
    "uint64": (as_parquet(pa.array([*[None] * 3, *[2**64 - 1] * 77], pa.uint64())), f"column 'id', row 3 holds {2**64 - 1}; {NOT_EXACT}"),
    "decimal": (as_parquet(pa.array(map(Decimal, WIDE), pa.decimal128(38, 0))), f"column 'id', row 2 holds {2**60 + 1}; {NOT_EXACT}"),
    "wide texts": (as_parquet(pa.array(map(str, WIDE))), f"column 'id' should hold numbers; '{2**60 + 1}' is beyond 2^53, so float64 would round it. Add it to load.texts"),
    "lists": (as_parquet(pa.array([[1]] * ROWS)), HOLDS + "list<"),
    "views of lists": (as_parquet(pa.array([[1]] * ROWS, pa.list_view(pa.int8()))), HOLDS + "list_view<"),
    "structs": (as_parquet(pa.array([{"a": 1}] * ROWS)), HOLDS + "struct<a: int64>"),
    "maps": (as_parquet(pa.array([[("a", 1)]] * ROWS, pa.map_(pa.string(), pa.int8()))), HOLDS + "map<"),
    "bytes": (as_parquet(pa.array([b"a", b"b"] * 40)), HOLDS + "binary"),
    "bytes of one length": (as_parquet(pa.array([b"ab", b"cd"] * 40, pa.binary(2))), HOLDS + "fixed_size_binary[2]"),
    "uuid": (as_parquet(pa.array([b"0" * 16, b"1" * 16] * 40, pa.uuid())), HOLDS + "extension<arrow.uuid>"),
    "periods": (pd.DataFrame({"x": range(9), "id": pd.period_range("2020", periods=9), "kind": list("abcabcabc")}), HOLDS + "extension<pandas.period>"),
    "times of day": (as_parquet(pa.array([dt.time(5), dt.time(6)] * 40)), "column 'id' holds times of day"),
    "durations": (as_parquet(pa.array([5, 6] * 40, pa.duration("s"))), "column 'id' holds durations, which are no numbers:"),
    "twice in Parquet": (pa.table([[1.5, 2] * 9, [1, 2] * 9, ["a", "b"] * 9], names=["x", "x", "kind"]), "data.parquet: column 'x' appears twice; every column should have its own name."),
    "zero byte": (as_csv(["a", "b\0", "c", "d"] * 20), "column 'id', row 1 holds a text with a zero byte, 'b\\x00'; remove it."),
    "zero byte far down": (as_csv(["a", "b"] * 39 + ["a", "b\0"]), "column 'id', row 79 holds a text with a zero byte, 'b\\x00'; remove it."),
    "control character in a label": (as_csv(list(range(ROWS))).replace(",b\n", ",b\x1b[2J\n"), "column 'kind', the target, row 0 holds a label with a control character, 'b\\x1b[2J'; remove it."),
    "control character in a name": (as_csv(list(range(ROWS))).replace("id", "i\x1bd"), "column 'i\\x1bd' has a control character in its name; remove it."),
    "zero byte in a label": (as_csv(list(range(ROWS))).replace(",b\n", ",b\0\n"), "column 'kind', the target, row 0 holds a text with a zero byte, 'b\\x00'; remove it."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path) -> None:
    content, sentence = REFUSED[case]
    if isinstance(content, pd.DataFrame):
        content = pa.Table.from_pandas(content)
    elif isinstance(content, str) and "zero" in case:  # the first KB is looked at before
        header, rest = content.split("\n", 1)
        content = f"{header},{'n' * 2000}\n" + "\n".join(
            f"{line},{i % 3}" for i, line in enumerate(rest.splitlines())
        )
    write(tmp_path, content, source_of(content))
    parameters(tmp_path, {"source": source_of(content), "categories": "onehot", "impute": "median"})
    (tmp_path / "dataset.parquet").write_bytes(EARLIER)
    stderr = run(tmp_path, "load", 1)
    assert stderr.startswith(f"error: {sentence}")
    assert stderr.count("\n") == 1
    assert (tmp_path / "dataset.parquet").read_bytes() == EARLIER


TAKEN: dict[str, tuple[pa.Array, list[float]]] = {
    "uint64": (pa.array([1, 2] * 40, pa.uint64()), [1, 2]),
    "uint8": (pa.array([1, 255] * 40, pa.uint8()), [1, 255]),
    "decimal": (pa.array([Decimal("1.25"), Decimal(-2)] * 40, pa.decimal128(9, 2)), [1.25, -2]),
    "decimal256": (pa.array([Decimal("1.25"), Decimal(-2)] * 40, pa.decimal256(60, 2)), [1.25, -2]),
    "bool": (pa.array([True, False] * 40), [1, 0]),
    "float16": (pa.array([1.5, -2], pa.float16()).take(pa.array([0, 1] * 40)), [1.5, -2]),
    "float32": (pa.array([1.5, -2] * 40, pa.float32()), [1.5, -2]),
    "numbers in a dictionary": (pa.array([1.5, -2] * 40).dictionary_encode(), [1.5, -2]),
    "2^53 and multiples": (pa.array([2**53, 2**60] * 40), [2.0**53, 2.0**60]),
}  # fmt: skip


@pytest.mark.parametrize("case", TAKEN)
def test_taken(case: str, tmp_path: Path) -> None:
    ids, expected = TAKEN[case]
    write(tmp_path, as_parquet(ids), "data.parquet")
    parameters(tmp_path, {"source": "data.parquet"})
    run(tmp_path, "load", 0)
    features = dataset_file.read(tmp_path / "dataset.parquet").features
    assert features[:2, 1].tolist() == expected  # type: ignore[index]


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string()), pa.dictionary(pa.int32(), pa.large_string())],
)  # fmt: skip
def test_texts_of_every_type(kind: pa.DataType, tmp_path: Path) -> None:
    ids, kinds = (
        [["red", "blue"][places(i) % 2] for i in range(ROWS)]
        for places in (int, lambda i: i * 7 // 5)
    )
    columns = [pa.array(texts) for texts in (ids, kinds)]
    is_coded = pa.types.is_dictionary(kind)
    columns = [(c.dictionary_encode() if is_coded else c).cast(kind) for c in columns]
    table = as_parquet(columns[0]).set_column(2, "kind", columns[1])
    write(tmp_path, table, "data.parquet")
    parameters(tmp_path, {"source": "data.parquet", "categories": "onehot"})
    run(tmp_path, "load", 0)
    rows = dataset_file.read(tmp_path / "dataset.parquet")
    assert rows.features["id"].tolist()[:2] == ["red", "blue"]  # type: ignore[call-overload]
    assert set(rows.target) == {"red", "blue"}


def test_a_dropped_column_may_have_any_type(tmp_path: Path) -> None:
    text = (
        "import pandas, pyarrow\ndef load():\n    n = 40\n    return pandas.DataFrame({'x': range(n), 'kind': list('ab') * 20,\n"
        "        'offset': [pandas.DateOffset(months=1)] * n, 'period': pandas.period_range('2020', periods=n),\n"
        "        'empty': [{}] * n, 'mixed': [1, 'a'] * 20, 'wide': [2**70] * n, 'span': [pandas.Timedelta(5)] * n})\n"
    )
    write(tmp_path, text, "data.py")
    drop = ["offset", "period", "empty", "mixed", "wide", "span"]
    parameters(tmp_path, {"source": "data.py", "drop": drop})
    run(tmp_path, "load", 0)
    assert set(drop) < set(pq.read_schema(tmp_path / "dataset.parquet").names)


@pytest.mark.parametrize("length", [2 << 20, 5 << 20])
def test_a_cell_longer_than_a_block_is_named(length: int, tmp_path: Path) -> None:
    ids = [str(i % 3) for i in range(ROWS)]
    ids[7] = "n" * length
    write(tmp_path, as_csv(ids), "data.csv")
    parameters(tmp_path, {"categories": "onehot"})
    assert run(tmp_path, "load", 1) == (
        f"error: data.csv, line 9: the row has {length + 4} characters, most of them in column 'id'; a "
        "row should have fewer than 1048576.\n"
    )
