"""Any CSV text becomes a dataset or is refused in a sentence."""

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from samples import load

from mlp.core import dataset, dataset_file
from mlp.core.errors import InputError
from mlp.data import profile, source

FIELDS = st.sampled_from(
    ["", "0", "1", "-2.5", "1e5", "1e400", "nan", "NA", "inf", "true", "a", "b", "é", " ", "2026-01-31", "$5", "1,5", '"', "a\nb", "0x1F", "1_000", "٣", "31/01/2026", "1.2.26 10:30", "10:30"]
) | st.text(max_size=4)  # fmt: skip

DECLARED = st.fixed_dictionaries(
    {},
    optional={
        "order": st.just({"y": ["a", "b", "1"]}),
        "dates": st.sampled_from([{"x": ["year", "hour"]}, {"x": ["hour"]}]),
        "date_formats": st.sampled_from([{"x": "%d/%m/%Y"}, {"z": "%d.%m.%y %H:%M"}]),
    },
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Return a table as CSV, sometimes with a fault."""
    width = draw(st.integers(1, 4))
    names = draw(
        st.lists(
            st.sampled_from(["x", "y", "z", "Unnamed: 0", "", "é", "X "]),
            min_size=width,
            max_size=width,
        )
    )
    rows = draw(st.lists(st.lists(FIELDS, min_size=width + 1, max_size=width + 1), max_size=12))
    labels = st.sampled_from(["a", "b", "NA", "", "A", "1", "1.5"])
    lines = [[*row[:width], draw(labels)] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter=draw(st.sampled_from(",;")), lineterminator="\n").writerows(
        [[*names, "kind"], *lines]
    )
    text = out.getvalue()
    cut = draw(st.integers(0, len(text)) | st.none())
    return text if cut is None else text[:cut] + draw(st.text(max_size=2)) + text[cut:]  # fmt: skip


def read(folder: Path, content: bytes, **changes: Any) -> tuple[Any, ...] | None:
    """Return the dataset and schema that the stage load makes of a file, or None if it refuses it."""
    path = folder / "data.csv"
    path.write_bytes(content)
    params = load(**changes)
    sentences = ""
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            table, columns, schema = profile.dataset(source.read(params), params)
    except InputError as error:
        sentences = str(error)
    if sentences:
        assert all(line.endswith((".", "?")) for line in sentences.splitlines())
        return None
    dataset_file.write(table, columns, folder / "dataset.parquet")
    return dataset_file.read(folder / "dataset.parquet"), schema


SETTINGS = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SETTINGS
@given(text=tables(), onehot=st.booleans(), impute=st.booleans(), declared=DECLARED)
@example(text="x,kind\n0,a\n0,b\n", onehot=False, impute=False, declared={})
@example(text="x,kind\n1e400,a\n0,b\n", onehot=False, impute=False, declared={})
def test_any_table(
    text: str,
    onehot: bool,  # noqa: FBT001 - drawn by name
    impute: bool,  # noqa: FBT001 - drawn by name
    declared: dict[str, Any],
    tmp_path: Path,
) -> None:
    changes = declared | {
        "categories": "onehot" if onehot else "none",
        "impute": "median" if impute else "none",
    }
    result = read(tmp_path, text.encode("utf-8", "surrogatepass"), **changes)
    if result is None:
        return
    rows, schema = result
    assert schema["rows"] == len(rows.target) == sum(schema["labels"].values()) > 1
    assert len(set(rows.target)) == len(schema["labels"]) >= 2
    assert "" not in schema["labels"]
    numbers = dataset.split_kinds(rows.features, len(rows.columns.numbers))[0]
    assert not np.isinf(numbers).any()
    assert impute or not np.isnan(numbers).any()
    assert onehot or not rows.columns.texts


@SETTINGS
@given(
    content=st.binary(max_size=200)
    | st.text(st.sampled_from('ab,;"\n\r\t1.'), max_size=60).map(str.encode)
)
def test_any_bytes(content: bytes, tmp_path: Path) -> None:
    read(tmp_path, content)


@SETTINGS
@given(
    rows=st.lists(
        st.tuples(st.floats(-1e9, 1e9), st.sampled_from(["a", "b"])), min_size=3, max_size=20
    )
)
def test_numbers_and_labels_come_back(rows: list[tuple[float, str]], tmp_path: Path) -> None:
    """Numbers are read as Python writes them, to the last bit."""
    text = "x,y,kind\n" + "".join(f"{x!r},{i},{label}\n" for i, (x, label) in enumerate(rows))
    result = read(tmp_path, text.encode())
    if len({label for _, label in rows}) < 2:
        assert result is None
        return
    assert result is not None
    taken = result[0]
    if "x" in taken.columns.numbers:
        assert taken.features[:, taken.columns.numbers.index("x")].tolist() == [x for x, _ in rows]
    else:
        assert len({x for x, _ in rows}) == 1
    assert taken.target.tolist() == [label for _, label in rows]
