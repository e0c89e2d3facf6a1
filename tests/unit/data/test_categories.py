"""Columns of text become at most so many inputs."""

import pyarrow as pa
import pytest

from mlp.core.errors import InputError
from mlp.data import categories


def texts(**counts: int) -> dict[str, pa.ChunkedArray]:
    """Return columns by name, each with so many categories."""
    rows = max(counts.values())
    return {
        name: pa.chunked_array([[f"{name} {i % count}" for i in range(rows)]])
        for name, count in counts.items()
    }


def refusal(most: int | None, **counts: int) -> str:
    with pytest.raises(InputError) as error:
        categories.check(texts(**counts), most)
    return str(error.value)


def test_up_to_ten_thousand_inputs_are_taken() -> None:
    categories.check({}, None)
    categories.check(texts(a=9_000, b=1_000), None)
    categories.check(texts(a=9_000, b=9_000), 5_000)


def test_a_gap_is_a_category() -> None:
    rows = {"a": pa.chunked_array([[*map(str, range(10_000)), None]])}
    with pytest.raises(InputError, match="makes 10001 inputs of 1 column of text"):
        categories.check(rows, None)


def test_a_refusal_names_the_count_the_widest_columns_and_the_ways_out() -> None:
    assert refusal(None, a=2, b=11_000, c=3_000, d=40, e=3) == (
        "one-hot encoding makes 14045 inputs of 5 columns of text, above the limit of 10000: "
        "'b' 11000, 'c' 3000, 'd' 40 and 2 more; set load.max_categories, for example to 100, or "
        "add columns to load.drop."
    )
    sentence = refusal(6_000, a=9_000, b=9_000)
    assert "makes 12000 inputs of 2 columns" in sentence
    assert "for example to 100, or" in sentence


def test_the_suggestion_is_enough() -> None:
    """200 columns may have 50 inputs each; of 6,000 columns, two each are too many."""
    many = dict.fromkeys((f"c{i}" for i in range(200)), 101)
    assert "for example to 50, or" in refusal(None, **many)
    categories.check(texts(**many), 50)
    assert refusal(2, **dict.fromkeys((f"c{i}" for i in range(6_000)), 3)).endswith(
        "'c2' 2 and 5997 more; add columns to load.drop."
    )


def test_a_wide_column_gets_a_warning() -> None:
    ((code, sentence),) = categories.warnings(texts(a=1_001, b=1_000), None)
    assert code == "many_categories"
    assert sentence == (
        "'a' has 1001 categories; each is an input of the network. load.max_categories makes rare "
        "ones share an input."
    )
    assert list(categories.warnings(texts(a=2_000), 1_000)) == []
