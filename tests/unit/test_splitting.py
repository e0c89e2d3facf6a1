"""The split is that of the notebook, disjoint and exhaustive."""

import pandas as pd
import pytest
from sklearn.model_selection import train_test_split

from mlp.command import InputError
from mlp.splitting import train_test


def dataset(rows: int) -> pd.DataFrame:
    table = pd.DataFrame({"x": range(rows), "label": ["a", "b"] * (rows // 2)})
    return table.rename_axis(index="row")


def test_disjoint_and_exhaustive() -> None:
    train, test = train_test(dataset(100), 0.25, seed=0)
    assert len(test) == 25
    assert sorted([*train.index, *test.index]) == list(range(100))


def test_the_train_rows_are_scikit_learns_in_its_order() -> None:
    expected, _ = train_test_split(range(100), random_state=0)
    assert train_test(dataset(100), 0.25, seed=0)[0].index.tolist() == list(expected)


def test_test_rows_are_in_row_order() -> None:
    test = train_test(dataset(100), 0.25, seed=0)[1]
    assert test.index.is_monotonic_increasing


def test_a_seed_decides() -> None:
    first, same, other = (train_test(dataset(100), 0.5, seed)[1] for seed in (0, 0, 1))
    assert first.equals(same)
    assert not first.equals(other)


@pytest.mark.parametrize(("rows", "share"), [(2, 0.9), (2, 0.5)])
def test_a_split_that_leaves_too_little_is_refused(rows: int, share: float) -> None:
    with pytest.raises(InputError, match=rf"split.test_size is {share}"):
        train_test(dataset(rows), share, seed=0)
