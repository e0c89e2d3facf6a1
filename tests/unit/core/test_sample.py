"""Rows that git stores are drawn alike for every network, and are all rows where there are few."""

import numpy as np

from mlp.core import sample


def test_few_rows_are_all_kept() -> None:
    table = {"row": np.arange(100), "actual": np.array(["a"] * 100, dtype=object)}
    assert sample.of(table)["row"].tolist() == list(range(100))


def test_many_rows_are_sampled_alike_and_in_order() -> None:
    first, second = (sample.positions(sample.MOST_ROWS + extra) for extra in (5, 5))
    assert len(first) == sample.MOST_ROWS
    assert first.tolist() == sorted(set(first.tolist())) == second.tolist()
    few = sample.positions(1000, 100)
    assert few.mean() == np.clip(few.mean(), 400, 600)  # from all of the table
    assert few.tolist() != sample.positions(1001, 100).tolist()  # the negative control
