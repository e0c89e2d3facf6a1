"""The split is the notebook's, disjoint and exhaustive, and keeps groups and times together."""

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

from mlp.core.dataset import Columns
from mlp.core.dataset_file import GROUP, ROW
from mlp.core.errors import InputError
from mlp.data.params import Split
from mlp.data.splits import splitting

COLUMNS = Columns("label", ["x"], [], "none")
SECTION = {"test_size": 0.25, "seed": 0, "stratify": False, "group": None, "time": None}
DAYS = np.datetime64("2026-05-15") - np.arange(100)


def table(rows: int, **columns: Any) -> pa.Table:
    labels = ["a", "b"] * (rows // 2)
    return pa.table({"x": [float(i) for i in range(rows)], "label": labels, **columns})


def split(rows: int | pa.Table, **changes: Any) -> tuple[list[int], list[int]]:
    whole = table(rows) if isinstance(rows, int) else rows
    params = Split.model_validate(SECTION | changes)
    train, test = splitting.positions(whole, COLUMNS, params)
    return train.tolist(), test.tolist()


@pytest.mark.parametrize("way", [{}, {"stratify": True}, {"group": "who"}, {"time": "who"}])
def test_disjoint_and_exhaustive(way: dict[str, Any]) -> None:
    train, test = split(table(100, who=[i // 5 for i in range(100)]), **way)
    assert sorted([*train, *test]) == list(range(100))
    assert len(test) == 25


def test_the_train_rows_are_scikit_learns_in_its_order() -> None:
    expected, _ = train_test_split(range(100), random_state=0)
    assert split(100)[0] == list(expected)


def test_test_rows_are_in_row_order() -> None:
    assert split(100)[1] == sorted(split(100)[1])


def test_a_seed_decides() -> None:
    first, same, other = (split(100, test_size=0.5, seed=seed) for seed in (0, 0, 1))
    assert first == same
    assert first != other


@pytest.mark.parametrize(("rows", "share"), [(2, 0.9), (2, 0.5)])
def test_a_split_that_leaves_too_little_is_refused(rows: int, share: float) -> None:
    with pytest.raises(InputError, match=rf"split.test_size is {share}"):
        split(rows, test_size=share)


def test_stratified_parts_have_their_share_of_every_class() -> None:
    labels = ["rare" if i % 20 == 0 else "common" for i in range(200)]
    whole = table(200).set_column(1, "label", pa.array(labels))
    for seed in range(5):
        test = split(whole, test_size=0.2, stratify=True, seed=seed)[1]
        assert sum(labels[row] == "rare" for row in test) == 2  # a fifth of ten


def test_a_group_is_in_one_part() -> None:
    groups = [f"patient {i // 5}" for i in range(100)]
    train, test = split(table(100, who=groups), group="who", test_size=0.25)
    assert len(test) == 25  # a quarter of 20 groups of 5 rows
    assert not {groups[row] for row in train} & {groups[row] for row in test}
    train, test = split(table(100, who=groups))
    assert {groups[row] for row in train} & {groups[row] for row in test}


@pytest.mark.parametrize(
    "times",
    [
        list(range(100, 0, -1)),
        [0.5 - i for i in range(100)],
        np.datetime64("2026-01-01") - np.arange(100),
        np.datetime64("2026-01-01T10:00:00") - np.arange(100),
        pa.array(DAYS).cast(pa.timestamp("ns", "Asia/Tokyo")),
        pa.array(DAYS).cast(pa.date64()),
        [str(day) for day in DAYS],
        pa.array([f"{day}T10:00:00Z" for day in DAYS], pa.large_string()),
        pa.array([str(day) for day in DAYS]).dictionary_encode(),
        pa.array(range(100, 0, -1), pa.uint64()),
        pa.array(range(100, 0, -1)).cast(pa.decimal128(30, 2)),
        2**60 - np.arange(100),
    ],
)
def test_the_newest_rows_are_the_test_rows(times: Any) -> None:
    """Time runs backwards here, so these are the first rows."""
    train, test = split(table(100, when=times), time="when")
    assert (train, test) == (list(range(25, 100)), list(range(25)))


@pytest.mark.parametrize(
    "times",
    [
        [float("nan") if i in {3, 97} else i / 7 for i in range(100)],
        [None if i in {3, 97} else i for i in range(100)],
        ["" if i in {3, 97} else str(day) for i, day in enumerate(DAYS)],
        [" NA " if i in {3, 97} else str(day) for i, day in enumerate(DAYS)],
        [None if i in {3, 97} else day for i, day in enumerate(DAYS.tolist())],
    ],
)
def test_rows_without_a_time_are_counted_and_the_first_is_named(times: Any) -> None:
    sentence = "column 'when', which split.time names, is empty in 2 rows, first in row 3."
    with pytest.raises(InputError, match=re.escape(sentence)):
        split(table(100, when=times), time="when")


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ([f"{day:%d/%m/%Y}" for day in DAYS.tolist()], "split.time: column 'when', row 0 holds '15/05/2026'; it should be a date such as 2026-01-31 or 2026-01-31T10:30. If its dates are written %d/%m/%Y, set load.date_formats to {when: \"%d/%m/%Y\"}."),
        ([*map(str, DAYS[:99]), "later"], "split.time: column 'when', row 99 holds 'later'; it should be a date such as 2026-01-31 or 2026-01-31T10:30."),
        (["2026-02-30"] * 100, "split.time: column 'when', row 0 holds '2026-02-30'; it should be a date"),
        ([True, False] * 50, "column 'when', which split.time names, should hold numbers or times such as 2026-01-31 or 2026-01-31 10:00:00; it holds 'True'."),
        (["2026-01-31"] * 100, "split.time: no row of column 'when' is earlier than 2026-01-31"),
        ([None] * 100, "column 'when', which split.time names, is empty in 100 rows, first in row 0."),
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused(times: Any, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        split(table(100, when=times), time="when")
    assert str(caught.value).startswith(sentence)


def test_rows_of_the_same_time_stay_together() -> None:
    """Of the times 0, 0, 0, 0, 1, 1, 1, 1, half begins at the first 1, and a share of 0.3 within the 1s."""
    for share in (0.5, 0.3):
        assert split(table(8, day=[0] * 4 + [1] * 4), time="day", test_size=share)[1] == [
            4,
            5,
            6,
            7,
        ]


def test_a_part_holds_features_labels_row_numbers_and_groups() -> None:
    whole = table(6, who=[1, 1, 2, 2, 3, 3], note=["n"] * 6)
    part = splitting.part(whole, COLUMNS, "who", np.array([4, 0]))
    assert part.to_pydict() == {"x": [4, 0], "label": ["a", "a"], ROW: [4, 0], GROUP: ["3", "1"]}
    assert splitting.part(whole, COLUMNS, None, np.array([1])).column_names == ["x", "label", ROW]


def test_the_report_counts_rows_and_duplicates() -> None:
    whole = pa.table({"x": [1.0, 2.0, 1.0, 1.0], "label": ["a", "b", "b", "a"]})
    params = Split.model_validate(SECTION)
    report = splitting.report(whole, COLUMNS, params, np.array([0, 1]), np.array([2, 3]))
    # Of rows 2 and 3, row 3 equals row 0; row 2 has its features, but another label.
    assert report["duplicates_across"] == 1
    assert (report["train_rows"], report["test_rows"]) == (2, 2)


def test_a_split_by_time_shows_how_a_network_ages() -> None:
    """The boundary between the labels moves with the days: newer rows are harder than rows of all days."""
    rng = np.random.default_rng(0)
    days, x = np.arange(400), rng.uniform(-2, 2, 400)
    labels = np.where(x > days / 400, "a", "b")
    whole = pa.table({"x": x, "label": labels, "when": days})
    accuracy = {}
    for time in (None, "when"):
        train, test = split(whole, time=time)
        fitted = LogisticRegression().fit(x[train, None], labels[train])
        accuracy[time] = fitted.score(x[test, None], labels[test])
    assert accuracy["when"] < accuracy[None] - 0.03
