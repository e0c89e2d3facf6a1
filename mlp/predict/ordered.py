"""Map a function over items in threads, with the results in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

from mlp.core.errors import InputError

AHEAD = 3  # items in work at once: few, for memory, and the same on every machine

Item = TypeVar("Item")
Result = TypeVar("Result")


def ordered(
    pool: Executor, function: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result]:
    """Yield ``function(item)`` for each item, in order.

    At most `AHEAD` results wait. An InputError of the items themselves comes after the results of
    the items before it, so it does not depend on the number of threads.
    """
    waiting: deque[Future[Result]] = deque()
    errors: list[InputError] = []
    try:
        for item in _until_error(items, errors):
            waiting.append(pool.submit(function, item))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
    for error in errors:
        raise error


def _until_error(items: Iterable[Item], errors: list[InputError]) -> Iterator[Item]:
    try:
        yield from items
    except InputError as error:
        errors.append(error)
