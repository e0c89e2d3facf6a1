"""A comparison of many rows says that git stores a sample of them."""

import json

import pytest

from mlp.compare import sampled
from mlp.history.results import Results


def side(content: str | None) -> Results:
    def read(path: str) -> bytes:
        if content is None:
            raise FileNotFoundError(path)
        return content.encode()

    return Results("here", read)


def test_a_sample_is_said() -> None:
    many = side(json.dumps({"rows": 1_000_000, "test_rows": 250_000}))
    (test,), (oof,) = (list(sampled.notes(many, evidence)) for evidence in ("test", "oof"))
    assert "a sample of 10000 of the 250000 test rows" in test
    assert "a sample of 10000 of the 1000000 out-of-fold rows" in oof


@pytest.mark.parametrize(
    "content", [json.dumps({"rows": 13_000, "test_rows": 10_000}), "{}", "[]", "{", None]
)
def test_nothing_is_said_where_all_rows_are_stored_or_nothing_is_known(content: str | None) -> None:
    assert not list(sampled.notes(side(content), "test"))
