"""Rows and labels: their name, and whether two revisions are of one table."""

import json
import re
from typing import Any

import pandas as pd
import pytest

from mlp.compare import matching
from mlp.history.results import Results


def table(labels: str, first: int = 0) -> pd.DataFrame:
    rows = range(first, first + len(labels))
    return pd.DataFrame({"row": rows, "actual": list(labels), "predicted": "a"})


def test_equal_rows_and_labels_have_one_name() -> None:
    name = matching.digest(table("abab"))
    assert re.fullmatch("data-[0-9a-f]{12}", name)
    assert matching.digest(table("abab").assign(predicted="b")) == name
    others = [table("abaa"), table("aba"), table("abab", first=1), table("abab")[::-1]]
    assert name not in {matching.digest(other) for other in others}


def results(data: Any) -> Results:
    """Return results that hold metrics/data.json alone."""

    def read(path: str) -> bytes:
        assert path == "metrics/data.json"
        if data is None:
            raise FileNotFoundError(path)
        return (data if isinstance(data, str) else json.dumps(data)).encode()

    return Results("here", read)


@pytest.mark.parametrize(
    ("before", "after", "is_other"),
    [
        ({"means": {"x": 0, "y": 1}}, {"means": {"u": 0, "v": 1}}, True),
        ({"means": {"x": 0, "y": 1}}, {"means": {"x": 0, "z": 1}}, False),
        ({"means": {"x": 0}}, {"means": {}}, False),  # texts alone: nothing is known of them
        ({"means": {"x": 0}}, None, False),
        ({"means": {"x": 0}}, "no JSON", False),
        ([], {"means": {"x": 0}}, False),
    ],
)
def test_other_columns_are_other_data(before: Any, after: Any, *, is_other: bool) -> None:
    """Labels agree where both tables are sorted by them, so the columns must tell."""
    old, new = table("aabb"), table("aabbb")
    found = matching.of_results(results(before), old, results(after), new)
    assert found is not None
    assert found.is_other_data == is_other
    assert found.why.startswith("the data are others" if is_other else "the rows differ (4 before")
    assert matching.of_results(results(before), old, results(after), old) is None
