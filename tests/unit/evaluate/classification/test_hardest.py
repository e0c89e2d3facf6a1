"""The hardest class is chosen by the data, which the tests against it take into account."""

import math

import numpy as np

from mlp.evaluate.classification import hardest
from mlp.evaluate.statistics.exact import fisher


def classes(right: list[int], rows: list[int], **more: list[float]) -> dict[str, np.ndarray]:
    names = np.array([chr(ord("a") + i) for i in range(len(rows))], dtype=object)
    support = np.array(rows)
    columns = {name: np.array(values) for name, values in more.items()}
    return {"class": names, "support": support, "recall": np.array(right) / support, **columns}


def test_p_values_by_hand() -> None:
    """Three classes make three pairs: the smaller p value times 3, the other times 2."""
    found = hardest.counted(classes([30, 38, 40], [40, 40, 40]))
    assert [one.label for one in found] == ["a", "b", "c"]
    easy, middle = fisher((30, 40), (40, 40)), fisher((30, 38), (40, 40))
    assert [one.p for one in found] == [1.0, max(3 * easy, 2 * middle), 3 * easy]


def test_of_equal_classes_none_is_easier_beyond_doubt() -> None:
    """In at most 5 % (and three standard errors) of 600 samples, for 3 and for 10 classes."""
    rng = np.random.default_rng(0)
    for number, rows, recall in [(3, 45, 0.8), (10, 45, 0.8), (10, 40, 0.5)]:
        named = 0
        for _ in range(600):
            right = rng.binomial(rows, recall, number)
            found = hardest.counted(classes(right.tolist(), [rows] * number))
            named += any(not one.tied for one in found[1:])
        assert named / 600 <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 600)


def test_grouped_rows_count_as_the_rows_that_they_are_worth() -> None:
    """20 of 40 against 39 of 40 is clear; as 5 rows each it is not, and counts stay those of rows."""
    clear, unclear = (
        hardest.counted(classes([20, 39], [40, 40], effective=[n, n])) for n in (40.0, 5.0)
    )
    assert not clear[1].tied
    assert unclear[1].tied
    assert unclear[1].p == fisher((2, 5), (5, 5))
    assert (unclear[1].rows, unclear[1].right) == (40, 39)
