"""Which columns a new project leaves out, and why."""

from typing import Any

import pyarrow as pa
import pytest

from mlp.core.errors import InputError
from mlp.data.params import Load
from mlp.new import decisions

ROWS = 20
CUSTOMER = "the groups of split.group in 'customer'"
TABLE = {
    "customer": [row // 3 for row in range(ROWS)],
    "id": [f"V{row}" for row in range(ROWS)],
    "x": [row * row % 7 for row in range(ROWS)],
    "kind": ["a", "b"] * (ROWS // 2),
}
LOAD = {
    "source": "x.csv",
    "task": "classification",
    "target": "kind",
    "drop": [],
    "categories": "none",
    "impute": "none",
    "dtype": "float64",
    "delimiter": ",",
    "decimal": ".",
    "encoding": "utf-8",
}


def decided(
    columns: dict[str, list[Any]], parting: dict[str, str] | None = None, **given: Any
) -> dict[str, tuple[Any, str]]:
    params = Load(**{**LOAD, **given})
    found = decisions.of_columns(pa.table(columns), params, set(given), parting or {})
    return {key: (value, reason) for key, value, reason in found}


def test_a_column_to_split_by_is_left_out() -> None:
    found = decided(TABLE, {"group": "customer"})
    reason = f"{CUSTOMER}, a different text in every row in 'id'"
    assert found["drop"] == (["customer", "id"], reason)
    found = decided(TABLE, {"time": "customer"})
    assert found["drop"][1].startswith("the times of split.time in 'customer'")


def test_a_column_to_split_by_that_is_described_or_does_not_exist_is_no_decision() -> None:
    assert decided(TABLE, {"group": "customer"}, texts=["customer"])["drop"][0] == ["id"]
    assert decided(TABLE, {"group": "patient"})["drop"][0] == ["id"]
    assert decided(TABLE, {"group": "kind"})["drop"][0] == ["id"]


def test_what_somebody_drops_comes_with_what_must_be_dropped() -> None:
    found = decided(TABLE, {"group": "customer"}, drop=["customer"])
    assert found["drop"] == (["customer", "id"], "a different text in every row in 'id'")
    assert "drop" not in decided(TABLE, {"group": "customer"}, drop=["id", "customer"])


def test_an_empty_list_drops_nothing() -> None:
    with pytest.raises(InputError, match="column 'id' holds a different text in every row"):
        decided(TABLE, {"group": "customer"}, drop=[])


@pytest.mark.parametrize("first", [0, 1])
def test_row_numbers_are_left_out(first: int) -> None:
    numbers = list(range(first, first + ROWS))
    assert decided({"Id": numbers, **TABLE})["drop"] == (
        ["Id", "id"],
        "row numbers in 'Id', a different text in every row in 'id'",
    )
    shuffled = [*numbers[5:], *numbers[:5]]
    assert decided({"Id": shuffled, **TABLE})["drop"][0] == ["id"]
    assert decided({"Id": [n + 2 for n in numbers], **TABLE})["drop"][0] == ["id"]
    assert decided({"Id": [*numbers[:-1], None], **TABLE})["drop"][0] == ["id"]


def test_row_numbers_that_are_all_there_is_are_kept() -> None:
    assert decided({"x": list(range(ROWS)), "kind": TABLE["kind"]}) == {}
