"""Results of threads come in order, and so do errors."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from mlp.core.errors import InputError
from mlp.predict.ordered import AHEAD, ordered


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def slow_if_even(item: int) -> int:
    time.sleep(0.002 if item % 2 == 0 else 0)
    return item


def test_results_come_in_order(pool: ThreadPoolExecutor) -> None:
    assert list(ordered(pool, slow_if_even, range(20))) == list(range(20))


def test_few_items_are_taken_before_their_results_are(pool: ThreadPoolExecutor) -> None:
    taken: list[int] = []
    items = (taken.append(i) or i for i in range(100))
    results = ordered(pool, slow_if_even, items)
    assert next(results) == 0
    assert len(taken) == AHEAD + 1


def test_an_error_of_the_items_comes_after_the_results_before_it(pool: ThreadPoolExecutor) -> None:
    def items() -> Iterator[int]:
        yield from range(2)
        raise InputError("no more")

    results = ordered(pool, slow_if_even, items())
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(InputError, match="no more"):
        next(results)


def test_of_two_errors_the_first_counts(pool: ThreadPoolExecutor) -> None:
    def fail(item: int) -> int:
        time.sleep(0.01 if item == 1 else 0)
        if item:
            raise InputError(f"item {item}")
        return item

    results = ordered(pool, fail, range(5))
    assert next(results) == 0
    with pytest.raises(InputError, match="item 1"):
        next(results)
