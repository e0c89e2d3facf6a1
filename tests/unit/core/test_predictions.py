"""The confusion matrix as a table of pairs."""

import numpy as np
import pytest

from mlp.core import predictions


def test_pairs_by_hand() -> None:
    actual, said = (np.array(list(text), dtype=object) for text in ("aabbb", "abbbb"))
    counts = predictions.confusion(actual, said, ["a", "b", "c"])
    found = predictions.pairs(counts, ["a", "b", "c"])
    rows = list(zip(*(column.tolist() for column in found.values()), strict=True))
    assert list(found) == ["actual", "predicted", "rows"]
    assert rows == [("a", "a", 1), ("a", "b", 1), ("b", "b", 3)]


def test_of_very_many_pairs_the_commonest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(predictions, "MOST_PAIRS", 2)
    found = predictions.pairs(np.array([[1, 5], [0, 2]]), ["a", "b"])
    assert found["rows"].tolist() == [5, 2]
    assert found["actual"].tolist() == ["a", "b"]
